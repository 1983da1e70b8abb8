import { v7 as uuidV7 } from 'uuid';
import type { CommunityCode } from '../domain/area';
import type { AccountId, RecordId } from '../domain/ids';
import { msToInstant, type Instant } from '../domain/instant';
import type { Store } from './store';

/**
 * What of a record was opened. Reports, their pictures and their voices say of people where they live, what they need and
 * how they look; `records` are all that a tablet may hold, which it is given once and then by what is new.
 */
export type OpenedThing = 'record' | 'media' | 'records';

/** On which page, or for what: it stands for the duty that is done there. */
export type OpeningPurpose = 'inbox' | 'case' | 'picture' | 'sync' | 'person';

export interface Opening {
  account: AccountId;
  community: CommunityCode;
  what: OpenedThing;
  /** Empty where it is no single one. */
  recordId: RecordId | '';
  purpose: OpeningPurpose;
  isRefused: boolean;
}

/** A page is loaded anew with every piece of news: within so long it is the same opening. */
const sameMs = { record: 10 * 60_000, media: 10 * 60_000, records: 24 * 3_600_000 };

/** 个人信息保护法 asks for three years of its assessments (article 56), 网络安全法 for six months of logs (article 21). */
const keptMs = 3 * 366 * 24 * 3_600_000;

/** Adds a line, where the same person did not just open the same. Nothing takes it away before its time. */
export async function noteOpening(store: Store, opening: Opening, now: Instant): Promise<void> {
  const { account, community, what, recordId, purpose, isRefused } = opening;
  const since = msToInstant(Date.parse(now) - sameMs[what]);
  const known = await store.connection
    .selectFrom('access')
    .select('id')
    .where('account', '=', account)
    .where('record_id', '=', recordId)
    .where('what', '=', what)
    .where('at', '>', since)
    .where('community', '=', community)
    .where('is_refused', '=', Number(isRefused))
    .executeTakeFirst();
  if (known) return;
  await store.connection
    .insertInto('access')
    .values({
      id: uuidV7(),
      at: now,
      account,
      community,
      what,
      record_id: recordId,
      purpose,
      is_refused: Number(isRefused)
    })
    .execute();
}

/** One person's data was looked for, handed out or erased: a line for every record, each time, with the reason. */
export async function notePersonAnswered(
  store: Store,
  {
    account,
    community,
    recordIds,
    reason
  }: Pick<Opening, 'account' | 'community'> & {
    recordIds: readonly RecordId[];
    reason: string;
  },
  now: Instant
): Promise<void> {
  const shared = { at: now, account, community, what: 'record', purpose: 'person', is_refused: 0, reason };
  const rows = recordIds.map((record_id) => ({ id: uuidV7(), record_id, ...shared }));
  if (rows.length) await store.connection.insertInto('access').values(rows).execute();
}

/** Somebody asked for a record, or for something of it, that is not for them: said where it lies. Of what nobody has, nothing. */
export async function noteRefused(
  store: Store,
  refused: Pick<Opening, 'account' | 'what' | 'purpose'> & { recordId: RecordId },
  now: Instant
): Promise<void> {
  const rows = await store.connection
    .selectFrom('record')
    .select('community')
    .where('id', '=', refused.recordId)
    .execute();
  for (const { community } of rows) await noteOpening(store, { ...refused, community, isRefused: true }, now);
}

export interface ListedOpening {
  id: string;
  at: Instant;
  name: string;
  what: OpenedThing;
  purpose: OpeningPurpose;
  isRefused: boolean;
  /** Of the record, where it has one and is still there. */
  number: string | null;
}

/** Newest first, `limit` of them, those before the line `before`. */
export async function listOpenings(
  store: Store,
  community: CommunityCode,
  { onlyRefused, before, limit }: { onlyRefused: boolean; before?: string; limit: number }
): Promise<ListedOpening[]> {
  let lines = store.connection
    .selectFrom('access')
    .innerJoin('account', 'account.id', 'access.account')
    .leftJoin('record', (join) =>
      join.onRef('record.id', '=', 'access.record_id').onRef('record.community', '=', 'access.community')
    )
    .select([
      'access.id',
      'access.at',
      'account.name',
      'access.what',
      'access.purpose',
      'access.is_refused',
      'record.number'
    ])
    .where('access.community', '=', community)
    .orderBy('access.id', 'desc')
    .limit(limit);
  if (onlyRefused) lines = lines.where('access.is_refused', '=', 1);
  if (before) lines = lines.where('access.id', '<', before);
  const rows = await lines.execute();
  return rows.map(({ is_refused, what, purpose, ...row }) => ({
    ...row,
    what: what as OpenedThing,
    purpose: purpose as OpeningPurpose,
    isRefused: is_refused === 1
  }));
}

/** Lines that have had their time. */
export async function forgetOldOpenings(store: Store, nowMs: number): Promise<void> {
  await store.connection
    .deleteFrom('access')
    .where('at', '<', msToInstant(nowMs - keptMs))
    .execute();
}
