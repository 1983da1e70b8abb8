import type { Transaction } from 'kysely';
import type { CommunityRules, Settled } from '../domain/change';
import type { Change, FactsOf } from '../domain/changes';
import type { Actor } from '../domain/grant';
import type { AccountId, ChangeId, DeviceId, RecordId } from '../domain/ids';
import { instantToDay, type Instant } from '../domain/instant';
import { makesRecord, parseChange, touchedBy } from '../domain/judge';
import { visibilityOf, type AnyRecord } from '../domain/record';
import type { Reference } from '../domain/reference';
import type { Receipt } from '../protocol/receipt';
import type { Arrived } from './arrived';
import type { ChangeRow, Database, OutcomeRow, PhotoRow, TouchRow } from './database/schema';
import {
  loadCaseCount,
  loadKnownChanges,
  loadOutcomes,
  saveCaseCount,
  saveChanges,
  saveHead,
  saveOriginals,
  type KnownChange
} from './records/changes';
import { listErased } from './records/erased';
import { declaredPhoto, markCarried, savePhotos } from './records/photos';
import { loadRecords, saveRecords } from './records/records';
import { scrub } from './records/scrub';
import { settledText } from './seal';

export interface Sender {
  actor: Actor | 'server';
  /** The tablet or browser the changes come from: it is not told of them again. */
  device: DeviceId;
  /** An officer who hands in what `actor` wrote (step 14). */
  carrier?: Actor;
}

/** What one transaction of a community knows, and what it is about to write. Judging works on it alone. */
export interface Batch {
  transaction: Transaction<Database>;
  sender: Sender;
  reference: Reference;
  rules: CommunityRules;
  now: Instant;
  community: string;
  communityName: string;
  head: number;
  year: number;
  /** Case numbers given in this year, before and by this transaction. */
  casesBefore: number;
  casesOpened: number;
  /** What the changes touch, and what the cases among it are about. */
  recordsById: Map<RecordId, AnyRecord>;
  known: Map<string, KnownChange>;
  outcomes: OutcomeRow[];
  erased: Set<RecordId>;
  writtenAt: Map<RecordId, number>;
  changeRows: ChangeRow[];
  touchRows: TouchRow[];
  outcomeRows: OutcomeRow[];
  photoRows: PhotoRow[];
  /** To take the place of what was retold. */
  originals: Pick<ChangeRow, 'id' | 'sha256' | 'body'>[];
  /** Declared before: their bytes may come with the one who hands the declaration in again. */
  carriedPhotoIds: string[];
  /** Voices of records that were blanked: their bytes are to go. */
  silenced: PhotoRow[];
}

type Opening = Pick<
  Batch,
  'transaction' | 'sender' | 'reference' | 'rules' | 'now' | 'community' | 'communityName' | 'head'
>;

export async function openBatch(opening: Opening, run: readonly Arrived[]): Promise<Batch> {
  const { transaction, community, now } = opening;
  const year = Number(instantToDay(now).slice(0, 4));
  const changeIds = run.map((one) => one.change.id);
  const recordIds = [...new Set(run.flatMap((one) => touchedBy(one.change)))];
  const recordsById = await loadRecords(transaction, community, recordIds);
  const subjectIds = [...recordsById.values()].flatMap((one) => (one.kind === 'case' ? [one.subjectId] : []));
  const missing = subjectIds.filter((id) => !recordsById.has(id));
  return {
    ...opening,
    year,
    casesBefore: await loadCaseCount(transaction, community, year),
    casesOpened: 0,
    recordsById: new Map([...recordsById, ...(await loadRecords(transaction, community, missing))]),
    known: await loadKnownChanges(transaction, community, changeIds),
    outcomes: await loadOutcomes(transaction, community, changeIds, recordIds),
    erased: await listErased(transaction, community, recordIds),
    writtenAt: new Map(),
    changeRows: [],
    touchRows: [],
    outcomeRows: [],
    photoRows: [],
    originals: [],
    carriedPhotoIds: [],
    silenced: []
  };
}

/**
 * Enters an accepted change and the records it left behind; returns its sequence number. `earlier`: what is otherwise
 * with a change of the store's earlier life (step 11).
 */
export function enter(
  batch: Batch,
  one: Arrived,
  before: ReadonlyMap<RecordId, AnyRecord>,
  after: AnyRecord[],
  settled: Settled,
  earlier: Partial<ChangeRow> = {}
) {
  const { change, sha256, body } = one;
  const sequence = ++batch.head;
  const version = after[0]!.version;
  if (settled.caseNumber) batch.casesOpened++;
  for (const record of after) {
    batch.recordsById.set(record.id, record);
    batch.writtenAt.set(record.id, sequence);
    batch.touchRows.push(touchRow(batch.community, sequence, record, before.get(record.id)));
  }
  const { community, now } = batch;
  const { id, kind, author, at } = change;
  const { device, carrier } = batch.sender;
  const carried_by = carrier?.account ?? null;
  const row = {
    community,
    sequence,
    id,
    kind,
    author,
    device,
    at,
    received_at: now,
    sha256,
    version,
    body,
    carried_by,
    settled: settledText(settled) || null,
    earlier_sequence: null,
    is_retold: 0,
    ...earlier
  };
  batch.changeRows.push(row);
  // Two copies of one change in one request are one change.
  batch.known.set(id, row);
  const photo = declaredPhoto(change);
  if (photo) batch.photoRows.push({ ...photo, carried_by });
  return row;
}

/**
 * The very bytes of a change of which the log only had what a tablet told (step 11); false where they say anything else.
 * Of an erased record nothing is left to compare with.
 */
export function adopt(batch: Batch, { change, sha256, body }: Arrived): boolean {
  const known = batch.known.get(change.id)!;
  if (!known.is_retold || known.body === '' || !isToldAs(known.body, change)) return false;
  batch.known.set(change.id, { ...known, sha256, body, is_retold: 0 });
  batch.originals.push({ id: change.id, sha256, body });
  return true;
}

function isToldAs(body: string, change: Change): boolean {
  const told = parseChange(JSON.parse(body));
  const said = ({ kind, author, at, facts }: Change) => JSON.stringify([kind, author, at, facts]);
  return 'change' in told && said(told.change) === said(change);
}

/** Remembers a refusal or conflict: a late copy of the change must not be accepted after all. */
export function enterOutcome(batch: Batch, one: Arrived, receipt: Receipt): void {
  const [recordId] = touchedBy(one.change);
  const creates = makesRecord(one.change);
  const row = {
    community: batch.community,
    change_id: one.change.id,
    record_id: recordId!,
    author: one.change.author,
    creates: creates ? 1 : 0,
    sha256: one.sha256,
    receipt: JSON.stringify(receipt),
    received_at: batch.now
  };
  batch.outcomeRows.push(row);
  batch.outcomes.push(row);
}

/**
 * The refused change of this author that would have made this record, if there is one: in the store, or among those nobody
 * could read. Another's is nothing to wait for: its author alone decides what becomes of it.
 */
export function unmadeBy(
  batch: Batch,
  id: RecordId,
  author: AccountId,
  unreadBy: ReadonlyMap<RecordId, ChangeId>
): ChangeId | undefined {
  if (batch.recordsById.has(id)) return undefined;
  const row = batch.outcomes.find(
    (outcome) => outcome.creates === 1 && outcome.record_id === id && (outcome.author ?? author) === author
  );
  return (row?.change_id as ChangeId | undefined) ?? unreadBy.get(id);
}

function factsOfBlanking(body: string): FactsOf<'personal-blanked'> {
  return (JSON.parse(body) as Change<'personal-blanked'>).facts;
}

export async function saveBatch(batch: Batch): Promise<void> {
  const { transaction, community, year, casesBefore, casesOpened } = batch;
  await saveChanges(transaction, batch.changeRows, batch.touchRows, batch.outcomeRows);
  const records = [...batch.writtenAt].map(([id, sequence]) => ({
    record: batch.recordsById.get(id)!,
    sequence
  }));
  await saveRecords(transaction, records, batch.now);
  await savePhotos(transaction, batch.photoRows);
  await saveOriginals(transaction, community, batch.originals);
  await markCarried(transaction, community, batch.carriedPhotoIds, batch.sender.carrier?.account);
  for (const { kind, body } of batch.changeRows)
    if (kind === 'personal-blanked')
      batch.silenced.push(...(await scrub(transaction, community, factsOfBlanking(body))));
  if (batch.changeRows.length) await saveHead(transaction, community, batch.head);
  if (casesOpened) await saveCaseCount(transaction, community, year, casesBefore + casesOpened);
}

/** That this change of the log wrote the record, and who could see it before where that is others. */
export function touchRow(
  community: string,
  sequence: number,
  record: AnyRecord,
  before: AnyRecord | undefined
): TouchRow {
  const keysBefore = before && JSON.stringify(visibilityOf(before));
  const moved = keysBefore !== undefined && keysBefore !== JSON.stringify(visibilityOf(record));
  return {
    community,
    sequence,
    record_id: record.id,
    creates: before ? 0 : 1,
    before_keys: moved ? keysBefore : null,
    is_rebuilt: 0
  };
}
