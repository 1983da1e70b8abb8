import type { CommunityCode } from '../domain/area';
import type { AccountId, RecordId } from '../domain/ids';
import { localInputToInstant, msToInstant, type Day, type Instant } from '../domain/instant';
import { isReportOrCase, type AnyRecord } from '../domain/record';
import type { OpenedThing, OpeningPurpose } from './access-log';
import { loadRecords } from './records/records';
import type { Store } from './store';

export interface OpeningFilters {
  onlyRefused?: boolean;
  account?: AccountId;
  day?: Day;
  /** Those before this line. */
  before?: string;
}

export interface ListedOpening {
  id: string;
  at: Instant;
  name: string;
  what: OpenedThing;
  purpose: OpeningPurpose;
  isRefused: boolean;
  /** Of the record, where it is still there: by which the office finds it, without the name of who reported it. */
  number: string | null;
  /** Whose file it was. */
  aboutName: string | null;
  /** Why one person's data was looked for, handed out or erased; else empty. */
  reason: string;
}

const dayMs = 24 * 3_600_000;

/** Newest first, `limit` of them. */
export async function listOpenings(
  store: Store,
  community: CommunityCode,
  { onlyRefused, account, day, before }: OpeningFilters,
  limit: number
): Promise<ListedOpening[]> {
  let lines = store.connection
    .selectFrom('access')
    .innerJoin('account', 'account.id', 'access.account')
    .leftJoin('account as other', 'other.id', 'access.about')
    .select(['access.id', 'access.at', 'account.name', 'access.what', 'access.purpose', 'access.is_refused'])
    .select('access.reason')
    .select(['access.record_id', 'other.name as aboutName'])
    .where('access.community', '=', community)
    .orderBy('access.id', 'desc')
    .limit(limit);
  if (onlyRefused) lines = lines.where('access.is_refused', '=', 1);
  if (account) lines = lines.where('access.account', '=', account);
  if (before) lines = lines.where('access.id', '<', before);
  if (day) {
    const from = localInputToInstant(`${day}T00:00`);
    const to = msToInstant(Date.parse(from) + dayMs);
    lines = lines.where('access.at', '>=', from).where('access.at', '<', to);
    // A line's id begins with its time: the index need not be read from its end.
    lines = lines.where('access.id', '>=', idOf(from)).where('access.id', '<', idOf(to));
  }
  const rows = await lines.execute();
  const numbers = await listNumbers(store, community, rows);
  return rows.map(({ is_refused, what, purpose, record_id, ...row }) => ({
    ...row,
    what: what as OpenedThing,
    purpose: purpose as OpeningPurpose,
    isRefused: is_refused === 1,
    number: numbers.get(record_id) ?? null
  }));
}

/** Everybody of whom there is a line. */
export async function listOpeners(store: Store, community: CommunityCode) {
  const rows = await store.connection
    .selectFrom('account')
    .select(['id', 'name'])
    .where('id', 'in', (query) =>
      query.selectFrom('access').select('account').where('community', '=', community)
    )
    .orderBy('login')
    .execute();
  return rows.map(({ id, name }) => ({ account: id as AccountId, name }));
}

async function listNumbers(
  store: Store,
  community: CommunityCode,
  lines: readonly { record_id: string }[]
): Promise<Map<string, string>> {
  const load = (ids: (RecordId | undefined)[]) =>
    loadRecords(
      store.connection,
      community,
      [...new Set(ids)].filter((id) => id !== undefined)
    );
  const records = await load(lines.map(({ record_id }) => record_id as RecordId));
  const cases = await load([...records.values()].map((record) => caseIdOf(record)));
  return new Map(
    [...records.values()].flatMap((record) => {
      const number = numberOf(cases.get(caseIdOf(record)!) ?? record);
      return number ? [[record.id, number] as const] : [];
    })
  );
}

function caseIdOf(record: AnyRecord): RecordId | undefined {
  return 'caseId' in record ? record.caseId : undefined;
}

/** A case's own; of a device number what follows the name: 李平-1120-03 is searched for as 1120-03 as well. */
function numberOf(record: AnyRecord): string | undefined {
  if (!isReportOrCase(record)) return undefined;
  return record.kind === 'case' ? record.number : /\d{4}-\d+$/.exec(record.number)?.[0];
}

/** The least id of a line of this moment (RFC 9562, 5.7). */
function idOf(instant: Instant): string {
  const hex = Date.parse(instant).toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}`;
}
