import { sql } from 'kysely';
import type { CommunityCode } from '../domain/area';
import { blank } from '../domain/blanking';
import { msToInstant, type Instant } from '../domain/instant';
import { listPersonalFields, type PersonalFieldName } from '../domain/personal-data';
import type { Store } from './store';

/** How far back an inspector sees who looked. */
export const lookedDays = 90;

/** How much of each line of the register there is now in this community. Numbers alone: no word of it is read. */
export async function countPersonalData(
  store: Store,
  community: CommunityCode,
  now: Instant
): Promise<Record<PersonalFieldName, number>> {
  const { connection } = store;
  const staff = sql`SELECT account FROM account_grant
    WHERE area LIKE ${`${community}%`} OR ${community} LIKE area || '%'`;
  const kindsOf = (name: PersonalFieldName) => {
    const [, { facts = [] }] = listPersonalFields().find(([one]) => one === name)!;
    return sql.join([...new Set(facts.map((fact) => fact.split('.')[0]!))]);
  };
  const changes = (name: PersonalFieldName) => sql`SELECT count(*) FROM change
    WHERE community = ${community} AND kind IN (${kindsOf(name)}) AND body <> ''
      AND instr(body, ${`"${blank}"`}) = 0`;
  const records = (...kinds: string[]) => sql`SELECT count(*) FROM record
    WHERE community = ${community} AND kind IN (${sql.join(kinds)})`;
  const media = (operator: 'LIKE' | 'NOT LIKE') => sql`SELECT count(*) FROM photo
    WHERE community = ${community} AND mime ${sql.raw(operator)} 'audio/%'`;
  const counts: Record<PersonalFieldName, ReturnType<typeof records>> = {
    contact: changes('contact'),
    voice: media('LIKE'),
    need: records('need'),
    issue: records('issue'),
    talk: changes('talk'),
    picture: media('NOT LIKE'),
    reporter: records('issue', 'need'),
    handover: records('handover'),
    opinion: records('opinion'),
    patrol: records('patrol'),
    track: changes('track'),
    account: sql`SELECT count(*) FROM account WHERE id IN (${staff})`,
    session: sql`SELECT count(*) FROM session WHERE account IN (${staff}) AND revoked_at IS NULL AND expires_at > ${now}`,
    access: sql`SELECT count(*) FROM access WHERE community = ${community}`,
    administration: sql`SELECT count(*) FROM administration WHERE area LIKE ${`${community}%`}`
  };
  const columns = Object.entries(counts).map(([name, count]) => sql`(${count}) AS ${sql.ref(name)}`);
  const { rows } = await sql<Record<PersonalFieldName, number>>`SELECT ${sql.join(columns)}`.execute(
    connection
  );
  return rows[0]!;
}

export interface Looker {
  account: string;
  name: string;
  opened: number;
  refused: number;
}

/** Who looked in the last 90 days, who most first. */
export async function listLookers(store: Store, community: CommunityCode, nowMs: number): Promise<Looker[]> {
  return store.connection
    .selectFrom('access')
    .innerJoin('account', 'account.id', 'access.account')
    .select(({ fn }) => [
      'access.account',
      'account.name',
      sql<number>`sum(1 - is_refused)`.as('opened'),
      fn.sum<number>('is_refused').as('refused')
    ])
    .where('access.community', '=', community)
    .where('access.at', '>=', msToInstant(nowMs - lookedDays * 24 * 3_600_000))
    .groupBy(['access.account', 'account.name'])
    .orderBy('opened', 'desc')
    .execute();
}
