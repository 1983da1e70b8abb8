import { v7 as uuidV7 } from 'uuid';
import type { CommunityCode } from '../domain/area';
import type { FactsOf } from '../domain/changes';
import type { AccountId, RecordId } from '../domain/ids';
import type { Instant } from '../domain/instant';
import { isReport, type AnyRecord } from '../domain/record';
import type { PhotoRow } from './database/schema';
import { discardPhoto, serverDevice } from './photo-store';
import { receive } from './receive';
import { loadRecords } from './records/records';
import type { Store } from './store';

type Asked = Omit<FactsOf<'personal-blanked'>, 'recordId'> & { author: AccountId };

/**
 * Step 12: what these records say of people is made illegible, at the office and with the next pull on every tablet. Returns
 * those it was done to: not a patrol, and not what is there no more.
 */
export async function blankRecords(
  store: Store,
  community: CommunityCode,
  ids: readonly RecordId[],
  { author, ...asked }: Asked,
  now: Instant
): Promise<RecordId[]> {
  const records = [...(await loadRecords(store.connection, community, ids)).values()];
  const voices = await listVoices(store, community, records);
  // Before it counts: what is cut short here is found again and done again.
  for (const voice of voices) await discardPhoto(store, voice);
  const done: RecordId[] = [];
  for (const { id: recordId, version } of records) {
    const facts: FactsOf<'personal-blanked'> = { recordId, ...asked };
    const head = {
      id: uuidV7(),
      kind: 'personal-blanked',
      shape: 1,
      community,
      author,
      device: serverDevice
    };
    const body = JSON.stringify({ ...head, at: now, baseVersion: version, facts });
    const [receipt] = await receive(store, { actor: 'server', device: serverDevice }, [body], now);
    if (receipt?.status === 'accepted') done.push(recordId);
  }
  // An upload may have come to its end meanwhile.
  for (const voice of voices) await discardPhoto(store, voice);
  await store.compact();
  return done;
}

async function listVoices(
  { connection }: Store,
  community: CommunityCode,
  records: readonly AnyRecord[]
): Promise<PhotoRow[]> {
  const ids = records.flatMap((record) => (isReport(record) ? record.voices.map(({ id }) => id) : []));
  if (!ids.length) return [];
  return connection
    .selectFrom('photo')
    .selectAll()
    .where('community', '=', community)
    .where('id', 'in', ids)
    .execute();
}
