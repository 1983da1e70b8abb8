import { officeViewFor } from '../../support/views';
import type { AnyRecord } from '../../../src/lib/domain/record';
import { firstRecordKinds } from '../../../src/lib/protocol/wire-record';
import type { Store } from '../../../src/lib/server/store';
import type { OlderTablet } from '../older-tablet';
import { LawBroken } from '../scene';
import type { World } from '../world';
import { query } from './office';

/**
 * What an earlier protocol was promised: each change comes to an end, what was accepted is in the log byte for byte, and
 * what the account may see has been read, as new as the office has it. Where the office was put back from a backup or the
 * grants changed, a protocol that knew nothing of either is promised less.
 */
export async function checkOlder({ office, moved }: World, older: OlderTablet, store: Store): Promise<void> {
  const { made, name, person, records, unsent } = older;
  if (unsent.length) throw new LawBroken('every change comes to an end', `${name}: ${unsent[0]!.status}`);
  const log = new Map(
    query<{ id: string; body: string }>('SELECT id, body FROM change')!.map(({ id, body }) => [id, body])
  );
  for (const { id, body, recordId, status } of made) {
    const isGone = office.wasErased(recordId) || office.wasRestored;
    const logged = log.get(id);
    if (logged !== (status === 'accepted' ? body : undefined) && !isGone)
      throw new LawBroken('the office holds just what it accepted', `${name}: …${id.slice(-4)} is ${status}`);
  }
  if (office.wasRestored || moved.has(person)) return;
  const visible = await officeViewFor(store, person, new Date().toISOString());
  // Of kinds it cannot store it must never hear.
  const known = Object.entries(visible).filter(([, record]) =>
    firstRecordKinds.includes((record as AnyRecord).kind)
  );
  const versions = new Map(known.map(([id, record]) => [id, (record as { version: number }).version]));
  const own = new Set(made.map(({ recordId }) => recordId as string));
  for (const id of new Set([...versions.keys(), ...records.keys()])) {
    const read = records.get(id as never)?.version;
    if (read !== versions.get(id) && !(own.has(id) && read && versions.has(id)))
      throw new LawBroken(
        'all converge',
        `${name} has …${id.slice(-4)} as ${read}, the office as ${versions.get(id)}`
      );
  }
}
