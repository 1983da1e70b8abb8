import { v7 as uuidV7 } from 'uuid';
import type { CommunityCode } from '../domain/area';
import type { blankReasons } from '../domain/blanking';
import type { AccountId } from '../domain/ids';
import type { Instant } from '../domain/instant';
import type { Refusal } from '../domain/refusal';
import { saveList } from './lists';
import type { Administering } from './people';
import type { Items } from './records/reference';
import type { Store } from './store';

/** How long personal data is kept where its own record does not say. */
export type Keeping = Items['keeping'];

export const usualKeeping: Keeping = { trackDays: 30, closedYears: 3 };
/** Workers agreed to a track that is kept for 30 days; for longer they would have to be asked again. */
export const keepingLimits = { trackDays: { min: 1, max: 30 }, closedYears: { min: 1, max: 10 } };

export async function loadKeeping({ connection }: Store, community: string): Promise<Keeping> {
  const row = await connection
    .selectFrom('reference_item')
    .select('body')
    .where('community', '=', community)
    .where('kind', '=', 'keeping')
    .executeTakeFirst();
  return { ...usualKeeping, ...(row && (JSON.parse(row.body) as Partial<Keeping>)) };
}

/** Null when it was saved. */
export async function saveKeeping(
  administering: Administering,
  community: CommunityCode,
  keeping: Keeping
): Promise<Refusal | null> {
  const isWithin = (Object.keys(keepingLimits) as (keyof Keeping)[]).every((period) => {
    const { min, max } = keepingLimits[period];
    return Number.isInteger(keeping[period]) && min <= keeping[period] && keeping[period] <= max;
  });
  if (!isWithin) return { code: 'malformed' };
  const result = await saveList(administering, community, 'keeping', [{ code: 'periods', item: keeping }]);
  return result && 'code' in result ? result : null;
}

/** What was erased: points of tracks, contacts or words on records, records, patrols. */
export const purged = [
  'track',
  'contacts',
  'words',
  'record',
  'need',
  'patrol',
  'handover',
  'opinion'
] as const;

interface Purge {
  community: string;
  at: Instant;
  what: (typeof purged)[number];
  why: (typeof blankReasons)[number];
  /** Nobody where its time was over. */
  author: AccountId | null;
  count: number;
}

/** How many, never whose. Where there was nothing, nothing. */
export async function notePurge({ connection }: Store, purge: Purge): Promise<void> {
  if (purge.count)
    await connection
      .insertInto('purge')
      .values({ id: uuidV7(), ...purge })
      .execute();
}

export interface ListedPurge extends Purge {
  id: string;
  name: string | null;
}

/** Latest first. */
export async function listPurges({ connection }: Store, community: string): Promise<ListedPurge[]> {
  const rows = await connection
    .selectFrom('purge')
    .leftJoin('account', 'account.id', 'purge.author')
    .selectAll('purge')
    .select('account.name')
    .where('purge.community', '=', community)
    .orderBy('purge.id', 'desc')
    .limit(100)
    .execute();
  return rows.map((row) => row as ListedPurge);
}
