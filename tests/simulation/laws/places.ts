import type {
  OutboxChange,
  QueuedPhoto,
  ReceiptRun,
  Setting,
  ShownRecord,
  Trouble
} from '../../../src/lib/data/database';
import type { Draft } from '../../../src/lib/data/draft';
import { laterField } from '../newer-server';
import { LawBroken } from '../scene';
import type { Tablet } from '../tablet';
import type { OfficeWatch } from './office';

export type Place = 'outbox' | 'accepted' | Trouble['status'];

export interface Stand {
  row: OutboxChange;
  places: Place[];
  receivedAt?: string;
}

/** Where each change that lies on a tablet stands, straight from the disk. */
export function standOf(tablet: Tablet, database: string): Stand[] {
  const rows = <Row>(table: string) => tablet.store.rows<Row>(database, table);
  const settledThrough = (rows<Setting>('settings').find(({ key }) => key === 'settledThrough')?.value ??
    0) as number;
  const troubles = new Map(rows<Trouble>('troubles').map((trouble) => [trouble.order, trouble.status]));
  const receipts = rows<ReceiptRun>('receipts');
  return rows<OutboxChange>('outbox').map((row) => {
    const status = troubles.get(row.order);
    const runs = receipts.filter(({ from, to }) => from <= row.order && row.order <= to);
    const places: Place[] = [
      ...(status ? [status] : row.order > settledThrough ? ['outbox' as const] : []),
      ...runs.map(() => 'accepted' as const)
    ];
    return { row, places, receivedAt: runs[0]?.receivedAt };
  });
}

/** Every change is in one place, and what was called saved is there. Only of a tablet on which nothing is being written. */
export function checkTablet(tablet: Tablet, office: OfficeWatch): void {
  for (const database of tablet.store.names()) {
    const stand = standOf(tablet, database);
    for (const { row, places } of stand)
      if (places.length !== 1)
        throw new LawBroken(
          'every change is in exactly one place',
          `${tablet.name}: ${row.order} (${kindOf(row)}) is in [${places.join()}]`
        );
    checkTold(tablet, database, stand, office);
    checkPhotos(tablet, database, office);
    checkDrafts(tablet, database);
    checkLaterFields(tablet, database);
    checkOverlay(tablet, database, stand, office);
  }
}

function checkTold(tablet: Tablet, database: string, stand: readonly Stand[], office: OfficeWatch): void {
  const bodies = new Map(stand.map(({ row }) => [row.id, row.body]));
  for (const [id, body] of tablet.ledger.changesOf(database)) {
    const found = bodies.get(id);
    // What the office has may go after a fortnight.
    if (found === undefined && office.wasInLog(id)) continue;
    if (found !== body)
      throw new LawBroken(
        'what was called saved is there',
        `${tablet.name}: …${id.slice(-4)} (${kindOf({ body })}) is ${found === undefined ? 'gone' : 'changed'}`
      );
  }
}

function checkPhotos(tablet: Tablet, database: string, office: OfficeWatch): void {
  const rows = <Row>(table: string) => tablet.store.rows<Row>(database, table);
  const photos = new Map(rows<QueuedPhoto>('photos').map((photo) => [photo.id as string, photo]));
  const withBytes = new Set(
    ['pictures', 'originals'].flatMap((table) =>
      rows<{ photoId: string }>(table).map(({ photoId }) => photoId)
    )
  );
  for (const [id, recordId] of tablet.ledger.photosOf(database)) {
    // Step 12: its pictures go with a record.
    if (office.wasErased(recordId)) continue;
    const state = photos.get(id)?.state;
    if (state === undefined || (state !== 'stored' && !withBytes.has(id)))
      throw new LawBroken(
        'a picture stays until the office has it',
        `${tablet.name}: …${id.slice(-4)} is ${state ?? 'gone'}`
      );
  }
}

function checkDrafts(tablet: Tablet, database: string): void {
  const drafts = new Set(tablet.store.rows<Draft>(database, 'drafts').map(({ id }) => id));
  for (const id of tablet.ledger.draftsOf(database))
    if (!drafts.has(id))
      throw new LawBroken(
        'a form stays until it is saved or thrown away',
        `${tablet.name}: …${id.slice(-4)}`
      );
}

/** What nobody has answered yet lies over the record it was said of. Of what is always lawful there. */
function checkOverlay(tablet: Tablet, database: string, stand: readonly Stand[], office: OfficeWatch): void {
  const shown = new Map(
    tablet.store.rows<ShownRecord>(database, 'records').map(({ id, record }) => [id, JSON.stringify(record)])
  );
  for (const { row, places } of stand) {
    if (settled.includes(places[0]!) || !['comment-added', 'follow-up-noted'].includes(kindOf(row))) continue;
    if (office.wasErased(row.recordIds[0]!)) continue;
    if (!shown.get(row.recordIds[0]!)?.includes(row.id))
      throw new LawBroken(
        'a pull never overwrites unsent work',
        `${tablet.name}: ${row.order} (${kindOf(row)}) is ${places[0]} and does not show`
      );
  }
}

const settled: readonly Place[] = ['accepted', 'refused', 'conflict', 'withdrawn'];

/** A field this build has never heard of stays, whatever is laid over the record. */
function checkLaterFields(tablet: Tablet, database: string): void {
  const toldMore = tablet.ledger.toldMoreOf(database);
  for (const { id, record } of tablet.store.rows<ShownRecord>(database, 'records')) {
    if (laterField in record) toldMore.add(id);
    else if (toldMore.has(id))
      throw new LawBroken('unknown fields survive', `${tablet.name}: ${record.kind} …${id.slice(-4)}`);
  }
}

export function kindOf({ body }: Pick<OutboxChange, 'body'>): string {
  return (JSON.parse(body) as { kind: string }).kind;
}
