import { createHash } from 'node:crypto';
import type { Transaction } from 'kysely';
import { shortCommunityName, type Area } from '../../domain/area';
import type { CalendarDay } from '../../domain/calendar';
import type { Category, NeedType } from '../../domain/category';
import type { Role } from '../../domain/grant';
import type { BasemapLine, Building, Grid } from '../../domain/grid';
import type { AccountId } from '../../domain/ids';
import type { Person, Phone, Reference, Unit } from '../../domain/reference';
import type { Connection } from '../database/connect';
import type { Database } from '../database/schema';
import type { Store } from '../store';

/** The editable tables of a community, each row with a code of its own. */
export interface Items {
  grid: Grid;
  building: Building;
  basemap: BasemapLine;
  category: Category;
  needType: NeedType;
  unit: Unit;
  phone: Phone;
  calendar: CalendarDay;
  setting: { trackPurpose: string };
  offlinePeriod: { days: number };
  keeping: { trackDays: number; closedYears: number };
}
export type ItemKind = keyof Items;

/** Inside a transaction: replaces one table of a community as a whole; rows keep the order given. Then `forgetReference`. */
export async function replaceItems<Kind extends ItemKind>(
  transaction: Transaction<Database>,
  community: string,
  kind: Kind,
  items: readonly { code: string; item: Items[Kind] }[]
): Promise<void> {
  await transaction
    .deleteFrom('reference_item')
    .where('community', '=', community)
    .where('kind', '=', kind)
    .execute();
  const rows = items.map(({ code, item }, position) => ({
    community,
    kind,
    code,
    position,
    body: JSON.stringify(item)
  }));
  for (let start = 0; start < rows.length; start += 500)
    await transaction
      .insertInto('reference_item')
      .values(rows.slice(start, start + 500))
      .execute();
}

export async function saveItems<Kind extends ItemKind>(
  store: Store,
  community: string,
  kind: Kind,
  items: readonly { code: string; item: Items[Kind] }[]
): Promise<void> {
  await store.connection
    .transaction()
    .execute((transaction) => replaceItems(transaction, community, kind, items));
  forgetReference(store, community);
}

export async function saveAreas(
  { connection }: { connection: Connection | Transaction<Database> },
  areas: readonly Area[]
): Promise<void> {
  for (let start = 0; start < areas.length; start += 500)
    await connection
      .insertInto('area')
      .values(areas.slice(start, start + 500))
      .onConflict((conflict) =>
        conflict.column('code').doUpdateSet((row) => ({ name: row.ref('excluded.name') }))
      )
      .execute();
}

export async function saveCommunity(
  store: Store,
  code: string,
  name: string,
  isDemo: boolean
): Promise<void> {
  await store.connection
    .insertInto('community')
    .values({ code, name, head: 0, is_demo: isDemo ? 1 : 0 })
    .onConflict((conflict) => conflict.column('code').doUpdateSet({ name, is_demo: isDemo ? 1 : 0 }))
    .execute();
  forgetReference(store, code);
}

/** Assembled once and kept until a table changes: a tablet asks for it after every pull. */
const referenceByCommunity = new WeakMap<Store, Map<string, Promise<Reference | null>>>();

/** A table of the community changed: it is assembled anew when next asked for. */
export function forgetReference(store: Store, community: string): void {
  referenceByCommunity.get(store)?.delete(community);
}

/** Accounts and grants changed: names and roles are part of every reference. */
export function forgetReferences(store: Store): void {
  referenceByCommunity.delete(store);
}

/** Null where there is no such community. */
export function loadReference(store: Store, community: string): Promise<Reference | null> {
  const cache = referenceByCommunity.get(store) ?? new Map<string, Promise<Reference | null>>();
  referenceByCommunity.set(store, cache);
  const known = cache.get(community);
  if (known) return known;
  const loading = assemble(store, community);
  cache.set(community, loading);
  loading.catch(() => cache.delete(community));
  return loading;
}

async function assemble(store: Store, community: string): Promise<Reference | null> {
  const { connection } = store;
  const row = await connection
    .selectFrom('community')
    .select(['name', 'is_demo'])
    .where('code', '=', community)
    .executeTakeFirst();
  if (!row) return null;
  const items = await connection
    .selectFrom('reference_item')
    .select(['kind', 'body'])
    .where('community', '=', community)
    .orderBy('position')
    .execute();
  const all = <Kind extends ItemKind>(kind: Kind) =>
    items.filter((item) => item.kind === kind).map((item) => JSON.parse(item.body) as Items[Kind]);
  const content = {
    community,
    name: row.name,
    areas: await connection
      .selectFrom('area')
      .selectAll()
      .where('code', 'in', prefixesOf(community))
      .execute(),
    grids: all('grid'),
    buildings: all('building'),
    basemap: all('basemap'),
    categories: all('category'),
    needTypes: all('needType'),
    units: all('unit'),
    phones: all('phone'),
    people: await listPeople(store, community),
    calendar: all('calendar'),
    trackPurpose: all('setting')[0]?.trackPurpose ?? '',
    offlineDays: all('offlinePeriod')[0]?.days,
    isDemo: row.is_demo === 1
  };
  const revision = createHash('sha256').update(JSON.stringify(content)).digest('hex').slice(0, 16);
  return { ...content, revision };
}

function prefixesOf(community: string): string[] {
  return [2, 4, 6, 9, 12].map((length) => community.slice(0, length));
}

/** Everybody with a grant in or above the community, by name and role. */
async function listPeople(store: Store, community: string): Promise<Person[]> {
  const rows = await store.connection
    .selectFrom('account_grant')
    .innerJoin('account', 'account.id', 'account_grant.account')
    .select(['account.id', 'account.name', 'account_grant.role'])
    .where((where) =>
      where.or([
        where('account_grant.area', 'like', `${community}%`),
        where('account_grant.area', 'in', prefixesOf(community))
      ])
    )
    .orderBy('account.login')
    .execute();
  const peopleById = new Map<string, Person>();
  for (const row of rows) {
    const person = peopleById.get(row.id) ?? { id: row.id as AccountId, name: row.name, roles: [] };
    const role = row.role as Role;
    if (!person.roles.includes(role)) person.roles.push(role);
    peopleById.set(row.id, person);
  }
  return [...peopleById.values()];
}

export function caseNumber(communityName: string, year: number, count: number): string {
  return `${shortCommunityName(communityName)}-${year}-${String(count).padStart(4, '0')}`;
}
