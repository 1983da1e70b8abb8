import { sql } from 'kysely';
import { v7 as uuidV7 } from 'uuid';
import type { CommunityCode } from '../domain/area';
import { grantsInForce, type Actor } from '../domain/grant';
import type { AccountId, RecordId } from '../domain/ids';
import { msToInstant, type Instant } from '../domain/instant';
import type { DeskPage } from '../domain/rights';
import { listCommunities } from './records/accounts';
import type { Store } from './store';

/**
 * What of people was opened. Reports, their pictures and their voices say of them where they live, what they need and how
 * they look; a `list` names who reported; `records` are all that a tablet may hold, which it is given once and then by
 * what is new; a `page` is one of the desk that somebody has no right to; a `file` holds a tablet's unsent work.
 */
export type OpenedThing = 'record' | 'media' | 'list' | 'records' | 'page' | 'file';

/** For what: it stands for the duty that is done there. */
export type OpeningPurpose = DeskPage | 'case' | 'search' | 'link' | 'picture' | 'sync' | 'lost' | 'person';

export interface Opening {
  account: AccountId;
  community: CommunityCode;
  what: OpenedThing;
  /** Empty where it is no single one. */
  recordId: RecordId | '';
  purpose: OpeningPurpose;
  isRefused: boolean;
  /** Whose file it was. */
  about?: AccountId;
}

const minuteMs = 60_000;
/** A page is loaded anew with every piece of news: within so long it is the same opening. */
const sameMs: Record<OpenedThing, number> = {
  record: 10 * minuteMs,
  media: 10 * minuteMs,
  page: 10 * minuteMs,
  file: 10 * minuteMs,
  list: 60 * minuteMs,
  records: 24 * 60 * minuteMs
};

/** 个人信息保护法 asks for three years of its assessments (article 56), 网络安全法 for six months of logs (article 21). */
const keptMs = 3 * 366 * 24 * 3_600_000;

/**
 * Adds a line, where the same person did not just open the same. Nothing takes it away before its time. In one statement: a
 * page and its frame ask at once.
 */
export async function noteOpening(store: Store, opening: Opening, now: Instant): Promise<void> {
  const { account, community, what, recordId, purpose, isRefused, about = '' } = opening;
  const refused = Number(isRefused);
  const window = isRefused ? Math.min(sameMs[what], 10 * minuteMs) : sameMs[what];
  const since = msToInstant(Date.parse(now) - window);
  await sql`
    INSERT INTO access (id, at, account, community, what, record_id, purpose, is_refused, about)
    SELECT ${uuidV7({ msecs: Date.parse(now) })}, ${now}, ${account}, ${community}, ${what}, ${recordId}, ${purpose},
      ${refused}, ${about}
    WHERE NOT EXISTS (
      SELECT 1 FROM access
      WHERE account = ${account} AND record_id = ${recordId} AND what = ${what} AND at > ${since}
        AND community = ${community} AND is_refused = ${refused} AND about = ${about}
        AND (what = 'record' OR purpose = ${purpose})
    )`.execute(store.connection);
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

type Refused = Pick<Opening, 'account' | 'what' | 'purpose'>;

/** Somebody asked for a record, or for something of it, that is not for them: said where it lies. Of what nobody has, nothing. */
export async function noteRefused(
  store: Store,
  { recordId, ...refused }: Refused & { recordId: RecordId },
  now: Instant
): Promise<void> {
  const rows = await store.connection
    .selectFrom('record')
    .select('community')
    .where('id', '=', recordId)
    .execute();
  for (const { community } of rows)
    await noteOpening(store, { ...refused, recordId, community, isRefused: true }, now);
}

/**
 * Somebody asked for a community's records, or for a page of its desk, and has no right there. Said in the community that
 * was asked for; where none was, or there is none, in the one where they work.
 */
export async function noteRefusedPlace(
  store: Store,
  { account, grants }: Actor,
  { asked, ...refused }: Omit<Refused, 'account'> & { asked: string | null },
  now: Instant
): Promise<void> {
  const [named] = asked ? await listCommunities(store, [asked]) : [];
  const areas = grantsInForce(grants, now).map(({ area }) => area);
  const [own] = named ? [] : await listCommunities(store, areas);
  const place = named?.code === asked ? named : own;
  if (place)
    await noteOpening(
      store,
      { ...refused, account, community: place.code, recordId: '', isRefused: true },
      now
    );
}

/** Lines that have had their time. */
export async function forgetOldOpenings(store: Store, nowMs: number): Promise<void> {
  await store.connection
    .deleteFrom('access')
    .where('at', '<', msToInstant(nowMs - keptMs))
    .execute();
}
