import type { Opinion } from '../domain/opinion';
import type { TabletDatabase } from './database';

const kept = 50;

/** What this person has said of the app, newest first. */
export async function listOpinions({ records }: TabletDatabase): Promise<Opinion[]> {
  const rows = await records
    .where('[kind+at]')
    .between(['opinion', ''], ['opinion', '\uffff'])
    .reverse()
    .limit(kept)
    .toArray();
  return rows.map((row) => row.record as Opinion);
}
