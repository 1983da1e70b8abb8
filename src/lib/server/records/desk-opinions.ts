import type { Opinion } from '../../domain/opinion';
import { visibilityOf } from '../../domain/record';
import { mayDo } from '../../domain/rights';
import { maxDeskRows, type Reading } from './desk';
import { loadNames } from './desk-names';
import { readableRecords } from './desk-scope';
import { rowToRecord } from './records';

export interface ListedOpinion {
  opinion: Opinion;
  name: string;
}

/** What is thought of the app in a community: unanswered first, then newest first. */
export async function listDeskOpinions({ store, actor, community, now }: Reading): Promise<ListedOpinion[]> {
  const rows = await readableRecords(store.connection, actor, community, now, 'readOpinion')
    .select('record.body')
    .orderBy('record.state', 'desc')
    .orderBy('record.received_at', 'desc')
    .limit(maxDeskRows)
    .execute();
  // Not `readable`: who administers knows no reporter, and would be shown an opinion without its words.
  const opinions = rows
    .map((row) => rowToRecord(row) as Opinion)
    .filter((opinion) => mayDo(actor, 'read', visibilityOf(opinion), now));
  const names = await loadNames(
    store,
    opinions.map(({ author }) => author)
  );
  return opinions.map((opinion) => ({ opinion, name: names.get(opinion.author) ?? '' }));
}
