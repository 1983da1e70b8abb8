// What an administrator does at the office's machine.
import { v7 as uuidV7 } from 'uuid';
import { listGrants } from '../../src/lib/server/records/accounts';
import { forgetReferences } from '../../src/lib/server/records/reference';
import { eraseRecord } from '../../src/lib/server/erase';
import { environment } from '../../src/lib/server/environment';
import { beginNewLife } from '../../src/lib/server/restored';
import { closeStore, openStore, type Store } from '../../src/lib/server/store';
import type { RecordId } from '../../src/lib/domain/ids';
import { community, gridOne, gridTwo } from '../support/codes';
import { peek, type OfficeWatch } from './laws/office';
import type { Random } from './machine/random';
import { idle, type Idle } from './story';
import type { Person } from './town';

export async function erasesRecord(
  store: Store,
  random: Random,
  office: OfficeWatch
): Promise<string | Idle> {
  const rows = peek<{ id: RecordId }>('SELECT id FROM record ORDER BY id');
  if (rows.length === 0) return idle('there is nothing to erase');
  const { id } = random.pick(rows);
  office.erasing.add(id);
  const erased = await eraseRecord(store, community, id, new Date().toISOString());
  office.erasing.delete(id);
  return erased.length > 0
    ? `erased for good: ${erased.map((id) => `…${id.slice(-4)}`).join()}`
    : idle('that is gone already');
}

/** Whoever was cut short does it again. */
export async function erasesAgain(store: Store, { erasing }: OfficeWatch): Promise<void> {
  for (const id of erasing) await eraseRecord(store, community, id, new Date().toISOString());
}

/** As `npm run restored` does it, while the server is stopped. */
export async function saysRestored(): Promise<void> {
  const store = await openStore(environment.dataFolder);
  await beginNewLife(store, new Date().toISOString());
  await closeStore(store);
}

/** A grid worker goes to the other grid, loses all, or comes back. */
export async function reassigns(store: Store, person: Person, random: Random): Promise<string> {
  const { account, name } = person;
  const areas = random.pick([[gridOne], [gridTwo], [gridOne, gridTwo], []]);
  await store.connection.transaction().execute(async (transaction) => {
    await transaction.deleteFrom('account_grant').where('account', '=', account).execute();
    for (const area of areas)
      await transaction
        .insertInto('account_grant')
        .values({ id: uuidV7(), account, role: 'gridWorker', area })
        .execute();
  });
  forgetReferences(store);
  const grants = await listGrants(store, account);
  // Who has none goes on working as before, until told.
  if (grants.length > 0) person.grants = grants;
  return `${name} now works in ${areas.map((area) => area.slice(12)).join(' and ') || 'no grid'}`;
}
