// What an account should see and what its tablet shows, in a form that can be compared.
import type { TabletDatabase } from '../../src/lib/data/database';
import type { Actor } from '../../src/lib/domain/grant';
import type { Instant } from '../../src/lib/domain/instant';
import { visibilityOf, type AnyRecord } from '../../src/lib/domain/record';
import { mayDo } from '../../src/lib/domain/rights';
import { knowsReporter, withoutContacts } from '../../src/lib/domain/seen-record';
import { rowToRecord } from '../../src/lib/server/records/records';
import type { Store } from '../../src/lib/server/store';

type View = Record<string, unknown>;

/** Everything in the store that this account may see, by id. */
export async function officeViewFor(store: Store, actor: Actor, now: Instant): Promise<View> {
  const rows = await store.connection.selectFrom('record').select('body').execute();
  const records = rows.map(rowToRecord).filter((record) => mayDo(actor, 'read', visibilityOf(record), now));
  return viewOf(records.map((one) => (knowsReporter(actor, one, now) ? one : withoutContacts(one))));
}

export async function tabletView(database: TabletDatabase): Promise<View> {
  return viewOf((await database.records.toArray()).map(({ record }) => record));
}

/** The time of arrival is left out: a tablet knows its own from its receipts. */
export function viewOf(records: readonly AnyRecord[]): View {
  const plain = JSON.parse(JSON.stringify(records)) as (AnyRecord & { receivedAt?: string })[];
  return Object.fromEntries(plain.map(({ receivedAt: _, ...record }) => [record.id, record]));
}
