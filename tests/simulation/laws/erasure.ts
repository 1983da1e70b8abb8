import type { QueuedPhoto, ShownRecord, ToHandBack } from '../../../src/lib/data/database';
import { machine } from '../machine/machine';
import { LawBroken } from '../scene';
import type { Tablet } from '../tablet';
import { query } from './office';
import { standOf, type Stand } from './places';

/** What was erased is gone at the office and on every tablet, but for unsent work on it, which its author gives up. */
export function checkErased(tablets: readonly Tablet[]): void {
  const erased = new Set(query<{ id: string }>('SELECT record_id AS id FROM erased')!.map(({ id }) => id));
  checkOffice(erased);
  const holders = query<{ account: string }>('SELECT DISTINCT account FROM account_grant')!;
  for (const tablet of tablets)
    for (const database of tablet.store.names()) {
      const rows = <Row>(table: string) => tablet.store.rows<Row>(database, table);
      // Who takes part no more is told nothing: its own work stays a fortnight (step 10).
      const isTold = holders.some(({ account }) => database === `xunge-${account}`);
      const isAccepted = ({ places }: Stand) => isTold && places[0] === 'accepted';
      const held: Record<string, (readonly string[])[]> = {
        records: rows<ShownRecord>('records').map(({ id }) => [id]),
        bases: rows<{ id: string }>('bases').map(({ id }) => [id]),
        photos: rows<QueuedPhoto>('photos')
          .filter(({ state }) => isTold && state === 'stored')
          .map(({ recordId }) => [recordId]),
        toHandBack: rows<ToHandBack>('toHandBack').map(({ recordIds }) => recordIds),
        outbox: standOf(tablet, database)
          .filter(isAccepted)
          .map(({ row }) => row.recordIds)
      };
      for (const [table, lists] of Object.entries(held))
        for (const ids of lists)
          if (ids.every((id) => erased.has(id)))
            throw new LawBroken(
              'what was erased is gone',
              `${tablet.name} has …${ids[0]!.slice(-4)} in its ${table}`
            );
    }
}

function checkOffice(erased: ReadonlySet<string>): void {
  // A handover names its items by their ids alone, which say nothing of anybody.
  const bodies = query<{ body: string }>(
    `SELECT CASE WHEN kind = 'shift-handed-over' AND body <> '' THEN body ->> '$.facts.recordId' ELSE body END AS body
     FROM change UNION ALL SELECT id FROM record`
  )!;
  const photos = query<{ id: string; record_id: string; community: string }>(
    'SELECT id, record_id, community FROM photo'
  )!;
  for (const id of erased)
    if (bodies.some(({ body }) => body.includes(id)) || photos.some((photo) => photo.record_id === id))
      throw new LawBroken('what was erased is gone', `the office has …${id.slice(-4)}`);
  const known = new Set(photos.map((photo) => photo.id));
  for (const community of new Set(photos.map((photo) => photo.community)))
    for (const file of machine().serverDisk.list(`data/photos/${community}`))
      if (!known.has(file.slice(0, 36)))
        throw new LawBroken('what was erased is gone', `the picture ${file} is there`);
}
