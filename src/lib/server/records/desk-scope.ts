import type { Expression, ExpressionBuilder, SqlBool } from 'kysely';
import { isWithin, type AreaCode, type CommunityCode } from '../../domain/area';
import { grantsInForce, type Actor, type Grant } from '../../domain/grant';
import type { Instant } from '../../domain/instant';
import type { RecordKind } from '../../domain/record';
import { rights, type Act } from '../../domain/rights';
import type { Connection } from '../database/connect';
import type { Database } from '../database/schema';

type Where = ExpressionBuilder<Database, 'record'>;

/** What is read at a desk by which right. Whoever walked it reads a patrol, on a tablet. */
const kindsReadBy = {
  read: ['issue', 'need', 'case'],
  readHandover: ['handover'],
  readOpinion: ['opinion']
} as const satisfies Partial<Record<Act, readonly RecordKind[]>>;
type DeskReading = keyof typeof kindsReadBy;

/**
 * The records of a community that the actor may read at a desk, by one of the rights to read: domain/rights.ts said in SQL,
 * so that a list never loads what it must not show. Whoever shows a record asks `mayDo` about it all the same.
 */
export function readableRecords(
  connection: Connection,
  actor: Actor,
  community: CommunityCode,
  now: Instant,
  act: DeskReading = 'read'
) {
  const grants = grantsInForce(actor.grants, now).filter((grant) => overlaps(grant.area, community));
  return connection
    .selectFrom('record')
    .where('record.community', '=', community)
    .where('record.kind', 'in', kindsReadBy[act])
    .where((where) => where.or(grants.flatMap((grant) => readableBy(where, grant, actor, community, act))));
}

/**
 * Whether nothing the actor reads here hides who reported it. Only then may a list be searched by device number,
 * which holds the reporter's name.
 */
export function knowsReporters(actor: Actor, community: CommunityCode, now: Instant): boolean {
  return grantsInForce(actor.grants, now)
    .filter((grant) => overlaps(grant.area, community) && rights[grant.role].read)
    .every((grant) => rights[grant.role].readReporter !== undefined);
}

/** Whether one of the two areas holds the other. */
export function overlaps(area: AreaCode, community: CommunityCode): boolean {
  return isWithin(community, area) || isWithin(area, community);
}

function readableBy(
  where: Where,
  grant: Grant,
  actor: Actor,
  community: CommunityCode,
  act: DeskReading
): Expression<SqlBool>[] {
  const owned = (...conditions: Expression<SqlBool>[]) =>
    where.and([...inArea(where, 'record.owner_grid', grant.area, community), ...conditions]);
  const mine = where('record.author', '=', actor.account);
  const unrestricted = where('record.restricted', '=', 0);
  switch (rights[grant.role][act]) {
    case 'area':
      return [owned()];
    case 'open':
      return [owned(where.or([mine, unrestricted]))];
    case 'own':
      return [owned(mine)];
    case 'unit':
      return grant.unit ? [owned(where('record.unit', '=', grant.unit))] : [];
    case 'facility':
      return [owned(mine), facilities(where, grant.area, community)];
    case undefined:
      return [];
  }
}

function facilities(where: Where, area: AreaCode, community: CommunityCode): Expression<SqlBool> {
  return where.and([
    where('record.facility_grid', 'is not', null),
    where('record.restricted', '=', 0),
    ...inArea(where, 'record.facility_grid', area, community)
  ]);
}

/** Within an area that holds the community everything of the community lies. A facility may lie outside it. */
function inArea(
  where: Where,
  column: 'record.owner_grid' | 'record.facility_grid',
  area: AreaCode,
  community: CommunityCode
): Expression<SqlBool>[] {
  const holdsAll = column === 'record.owner_grid' && isWithin(community, area);
  return holdsAll ? [] : [where(column, 'like', `${area}%`)];
}
