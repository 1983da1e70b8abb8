import { sql, type Transaction } from 'kysely';
import { isWithin, type Area, type AreaCode, type CommunityCode } from '../domain/area';
import { isDeepStrictEqual } from 'node:util';
import { unsaid } from '../domain/category';
import type { AccountId } from '../domain/ids';
import { msToInstant, type Instant } from '../domain/instant';
import type { Refusal } from '../domain/refusal';
import { mayAdminister } from '../domain/rights';
import type { Database } from './database/schema';
import { starterPhones } from './lists/phones';
import type { Administering } from './people';
import { noteAdministered } from './records/administration';
import {
  forgetReference,
  forgetReferences,
  replaceItems,
  saveAreas,
  type ItemKind,
  type Items
} from './records/reference';
import { starterCategories } from './starter/categories';
import { starterNeedTypes } from './starter/need-types';

/** The lists of a community that an administrator edits as a whole. */
export type ListKind = Exclude<ItemKind, 'basemap'>;

type Item<Kind extends ItemKind> = { code: string; item: Items[Kind] };

/** What stands on a list that is still needed, by its code: it is not taken off. */
export interface ListRefusal {
  inUse: string[];
}

/**
 * Puts a list in the place of the one that was. What somebody works in, or a record names, stays on it: nothing is saved
 * then. What changed is written down; where the order did, all of it.
 */
export async function saveList<Kind extends ListKind>(
  { store, actor, nowMs }: Administering,
  community: CommunityCode,
  kind: Kind,
  items: readonly Item<Kind>[]
): Promise<ListRefusal | Refusal | null> {
  const now = msToInstant(nowMs);
  if (!mayAdminister(actor, community, now)) return { code: 'not-granted' };
  const result = await store.connection.transaction().execute(async (transaction) => {
    const before = await loadItems(transaction, community, kind);
    const codes = new Set(items.map(({ code }) => code));
    const gone = [...before.keys()].filter((code) => !codes.has(code));
    const inUse = await listInUse(transaction, community, kind, gone, now);
    if (inUse.length) return { inUse };
    await replaceItems(transaction, community, kind, items);
    const orderOfKept = (all: string[]) => all.filter((code) => before.has(code) && codes.has(code)).join();
    const isMoved = orderOfKept([...before.keys()]) !== orderOfKept([...codes]);
    const changed = items.filter(
      ({ code, item }) => isMoved || !isDeepStrictEqual(before.get(code), plain(item))
    );
    if (gone.length || changed.length)
      await noteAdministered(transaction, {
        author: actor.account,
        at: now,
        area: community,
        act: 'list-changed',
        subject: kind,
        before: [...before].filter(
          ([code]) => gone.includes(code) || changed.some((one) => one.code === code)
        ),
        after: changed.map(({ code, item }) => [code, item])
      });
    return null;
  });
  forgetReference(store, community);
  return result;
}

const plain = (item: unknown): unknown => JSON.parse(JSON.stringify(item));

async function loadItems(transaction: Transaction<Database>, community: string, kind: ItemKind) {
  const rows = await transaction
    .selectFrom('reference_item')
    .select(['code', 'body'])
    .where('community', '=', community)
    .where('kind', '=', kind)
    .orderBy('position')
    .execute();
  return new Map(rows.map(({ code, body }) => [code, JSON.parse(body) as unknown]));
}

async function listInUse(
  transaction: Transaction<Database>,
  community: string,
  kind: ListKind,
  gone: readonly string[],
  now: Instant
): Promise<string[]> {
  const { inGrants, inRecords, always } = usesOf[kind];
  const grants =
    inGrants && gone.length
      ? await transaction
          .selectFrom('account_grant')
          .select(`${inGrants} as code`)
          .where(inGrants, 'in', [...gone])
          .where((where) => where.or([where('valid_to', 'is', null), where('valid_to', '>', now)]))
          .execute()
      : [];
  const records =
    inRecords && gone.length
      ? await transaction
          .selectFrom('record')
          .select(`${inRecords} as code`)
          .distinct()
          .where('community', '=', community)
          .where(inRecords, 'in', [...gone])
          .execute()
      : [];
  const used = new Set([always, ...[...grants, ...records].map(({ code }) => code)]);
  return gone.filter((code) => used.has(code));
}

/** Where the code of what stands on a list is used. */
const usesOf: Record<
  ListKind,
  {
    inGrants?: 'area' | 'unit';
    inRecords?: 'owner_grid' | 'unit' | 'building' | 'category';
    always?: string;
  }
> = {
  grid: { inGrants: 'area', inRecords: 'owner_grid' },
  unit: { inGrants: 'unit', inRecords: 'unit' },
  building: { inRecords: 'building' },
  category: { inRecords: 'category', always: unsaid.category },
  needType: { inRecords: 'category', always: unsaid.needType },
  phone: {},
  calendar: {},
  setting: {},
  offlinePeriod: {},
  keeping: {}
};

/** Names of areas, as far as they are the administrator's or hold theirs. Returns how many were taken. */
export async function saveAreaNames(
  { store, actor, nowMs }: Administering,
  areas: readonly Area[]
): Promise<number> {
  const now = msToInstant(nowMs);
  const isOurs = (code: AreaCode) =>
    mayAdminister(actor, code, now) ||
    actor.grants.some(({ role, area }) => role === 'admin' && isWithin(area, code));
  const ours = areas.filter(({ code }) => isOurs(code));
  if (!ours.length) return 0;
  await store.connection.transaction().execute(async (transaction) => {
    await saveAreas({ connection: transaction }, ours);
    await noteAdministered(transaction, {
      author: actor.account,
      at: now,
      area: ours[0]!.code,
      act: 'areas-named',
      subject: String(ours.length),
      after: ours.slice(0, 200)
    });
  });
  forgetReferences(store);
  return ours.length;
}

/** Communities of this administrator that have a name and are not opened yet. */
export async function listUnopened({ store, actor, nowMs }: Administering): Promise<Area[]> {
  const now = msToInstant(nowMs);
  const areas = await store.connection
    .selectFrom('area')
    .leftJoin('community', 'community.code', 'area.code')
    .select(['area.code', 'area.name'])
    .where(sql`length(area.code)`, '=', 12)
    .where('community.code', 'is', null)
    .orderBy('area.code')
    .execute();
  return areas.filter(({ code }) => mayAdminister(actor, code, now));
}

/** With what every community starts from: categories, types of need and emergency numbers. All or none. */
export async function openCommunities(
  administering: Administering,
  codes: readonly CommunityCode[]
): Promise<Refusal | null> {
  const { store, actor, nowMs } = administering;
  const unopened = await listUnopened(administering);
  const chosen = unopened.filter(({ code }) => codes.includes(code));
  if (chosen.length < codes.length) return { code: 'not-granted' };
  const at = msToInstant(nowMs);
  await store.connection.transaction().execute(async (transaction) => {
    for (const { code, name } of chosen) {
      await transaction
        .insertInto('community')
        .values({ code, name, head: 0, is_demo: 0 })
        .onConflict((conflict) => conflict.column('code').doNothing())
        .execute();
      const byCode = <One extends { code: string }>(items: readonly One[]) =>
        items.map((item) => ({ code: item.code, item }));
      await replaceItems(transaction, code, 'category', byCode(starterCategories));
      await replaceItems(transaction, code, 'needType', byCode(starterNeedTypes));
      await replaceItems(transaction, code, 'phone', phoneItems(starterPhones));
      const fact = { author: actor.account, at, area: code, subject: code };
      await noteAdministered(transaction, { ...fact, act: 'community-opened', after: { name } });
    }
  });
  forgetReferences(store);
  return null;
}

/** A number may stand under several names: its place is its code. */
export function phoneItems(phones: readonly Items['phone'][]): Item<'phone'>[] {
  return phones.map((item, index) => ({ code: String(index + 1).padStart(3, '0'), item }));
}

export interface Change<Kind extends ListKind> {
  at: Instant;
  author: AccountId;
  name: string;
  /** What was on the list and is no longer, or not so; and what is in its place. */
  before: Items[Kind][];
  after: Items[Kind][];
}

/** Who changed what on this list, latest first. */
export async function listChanges<Kind extends ListKind>(
  { store }: Administering,
  community: CommunityCode,
  kind: Kind
): Promise<Change<Kind>[]> {
  const rows = await store.connection
    .selectFrom('administration')
    .innerJoin('account', 'account.id', 'administration.author')
    .select(['administration.at', 'administration.author', 'account.name', 'before', 'after'])
    .where('administration.area', '=', community)
    .where('administration.act', '=', 'list-changed')
    .where('administration.subject', '=', kind)
    .orderBy('administration.id', 'desc')
    .limit(20)
    .execute();
  const itemsOf = (text: string | null) =>
    (JSON.parse(text ?? '[]') as [string, Items[Kind]][]).map(([, item]) => item);
  return rows.map(({ at, author, name, before, after }) => ({
    at,
    author: author as AccountId,
    name,
    before: itemsOf(before),
    after: itemsOf(after)
  }));
}
