import type { AccountId } from '../domain/ids';
import type { Patrol } from '../domain/patrol';
import type { TabletDatabase } from './database';

/** The walks of an account, newest first. */
export async function listPatrols(
  database: TabletDatabase,
  account: AccountId,
  limit: number
): Promise<Patrol[]> {
  const rows = await database.records
    .where('[kind+at]')
    .between(['patrol', ''], ['patrol', '\uffff'])
    .reverse()
    .filter(({ record }) => record.author === account)
    .limit(limit)
    .toArray();
  return rows.map((row) => row.record as Patrol);
}
