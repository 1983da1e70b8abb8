import Dexie, { type EntityTable, type Table } from 'dexie';
import type { FieldConflict, Settled } from '../domain/change';
import type { HistoryEntry } from '../domain/history';
import type { AccountId, ChangeId, PhotoId, RecordId } from '../domain/ids';
import type { Day, Instant } from '../domain/instant';
import type { Exif } from '../domain/photo';
import type { AnyRecord, RecordKind } from '../domain/record';
import type { Reference } from '../domain/reference';
import type { Refusal } from '../domain/refusal';
import type { Draft } from './draft';
import type { StoreKey } from './vault/seal';
import { sealedTables } from './vault/sealed-tables';

/** By which 今天 finds what it speaks of, without reading every record. */
export type Tag = 'needs-detail' | 'rejected' | 'promised' | 'handled' | 'unread' | `closed-${Day}`;

/** A record as the screens show it: the office's version with the unsent changes laid over it. */
export interface ShownRecord {
  id: RecordId;
  kind: RecordKind;
  at: Instant;
  tags: Tag[];
  record: AnyRecord;
  /** What the office told of it, but for the change that made it. */
  history: HistoryEntry[];
}

/** A change for ever as the bytes made here. `order` is this tablet's own counter, never a clock. */
export interface OutboxChange {
  order: number;
  id: ChangeId;
  recordIds: RecordId[];
  body: string;
  sha256: string;
}

/** Orders `from` to `to` were accepted: sequences run on from `sequence`. One row for a whole run (step 7). */
export interface ReceiptRun {
  from: number;
  to: number;
  sequence: number;
  receivedAt: Instant;
  seals: string[];
  /** What the office set, by order. */
  settled?: Record<number, Omit<Settled, 'receivedAt'>>;
  /** What else a newer office said of it: told again as it came (step 11). */
  more?: Record<string, unknown>;
}

/** A change the office did not take, or not yet: the exceptions to the runs. */
export interface Trouble {
  order: number;
  changeId: ChangeId;
  recordIds: RecordId[];
  status: 'refused' | 'conflict' | 'deferred' | 'depends-on' | 'upgrade-needed' | 'set-aside' | 'withdrawn';
  refusal?: Refusal;
  conflict?: FieldConflict[];
  dependsOn?: ChangeId;
  /** Failed tries of this change alone; at three it is set aside and tried daily. */
  failures: number;
  tryAgainAt?: Instant;
}

/** A picture or voice note on its way. The bytes lie apart, so that lists stay light. */
export interface QueuedPhoto {
  id: PhotoId;
  recordId: RecordId;
  medium: 'photo' | 'voice';
  /**
   * raw: the camera's bytes only. ready: processed, hashed. refused: by the office, or it cannot be sent.
   * withdrawn: given up by the person. stored: the office has it.
   */
  state: 'raw' | 'ready' | 'refused' | 'withdrawn' | 'stored';
  /** Whether the change that declares it is written; until then it belongs to a draft. */
  declared: boolean;
  stage: 'before' | 'after';
  source: 'camera' | 'album' | 'file';
  mime: string;
  bytes: number;
  sha256?: string;
  originalSha256?: string;
  takenAt?: Instant;
  seconds?: number;
  width?: number;
  height?: number;
  previewable: boolean;
  exif?: Exif;
  thumbnailSent: boolean;
  /** When the office confirmed the whole of it. */
  storedAt?: Instant;
  /** How often the office failed on it while it served others, and when it is tried again. */
  failures?: number;
  tryAgainAt?: Instant;
  /** How often its processing was begun: one that kills the page each time is kept as it is instead. */
  tries?: number;
  refusal?: Refusal;
}

/** The office's version of a record that carries unsent changes. */
interface Base {
  id: RecordId;
  record: AnyRecord;
  /** It left the account's scope: it goes once the unsent work on it is settled. */
  left?: boolean;
}

interface Bytes {
  photoId: PhotoId;
  bytes: ArrayBuffer;
}

/** What is to be handed back to a restored office, as the line that travels (step 11). */
export interface ToHandBack {
  id: number;
  community: string;
  recordIds: RecordId[];
  line: string;
  /** It waits for what somebody else holds, or the office failed on it. */
  tryAgainAt?: Instant;
}

export interface Setting {
  key: string;
  value: unknown;
}

export const storeNameOf = (account: AccountId): string => `xunge-${account}`;

/**
 * One database per account, sealed with its key: another worker's sign-in on this tablet opens another one.
 * A version that was once released is never edited; none may drop `outbox`, `photos` or the bytes.
 */
export class TabletDatabase extends Dexie {
  outbox!: Table<OutboxChange, number, Omit<OutboxChange, 'order'>>;
  receipts!: EntityTable<ReceiptRun, 'from'>;
  troubles!: EntityTable<Trouble, 'order'>;
  records!: EntityTable<ShownRecord, 'id'>;
  bases!: EntityTable<Base, 'id'>;
  photos!: EntityTable<QueuedPhoto, 'id'>;
  pictures!: Table<Bytes, PhotoId>;
  thumbnails!: Table<Bytes, PhotoId>;
  /** The camera's own bytes in pieces of at most 4 MB, until the processed picture replaces them. */
  originals!: Table<Bytes & { piece: number }, [PhotoId, number]>;
  drafts!: EntityTable<Draft, 'id'>;
  reference!: EntityTable<Reference, 'community'>;
  settings!: EntityTable<Setting, 'key'>;
  toHandBack!: Table<ToHandBack, number, Omit<ToHandBack, 'id'>>;

  readonly account: AccountId;

  constructor(account: AccountId, key: StoreKey, name = storeNameOf(account)) {
    super(name, { chromeTransactionDurability: 'strict' });
    this.account = account;
    this.use(sealedTables(key));
    this.version(1).stores({
      outbox: '++order, id, *recordIds',
      receipts: 'from',
      troubles: 'order',
      records: 'id, [kind+at], *tags',
      bases: 'id',
      photos: 'id, recordId, state',
      pictures: 'photoId',
      thumbnails: 'photoId',
      originals: '[photoId+piece]',
      drafts: 'id',
      reference: 'community',
      settings: 'key'
    });
    this.version(2).stores({ toHandBack: '++id, community, *recordIds' });
  }
}
