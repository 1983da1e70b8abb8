import type { RecordId } from '../domain/ids';
import type { Instant } from '../domain/instant';
import type { TabletDatabase } from './database';
import { loadSetting, saveSetting, type Received } from './settings';

export async function loadReceived(database: TabletDatabase): Promise<Received[]> {
  return (await loadSetting(database, 'received')) ?? [];
}

/** Inside a transaction on the settings. */
export async function changeReceived(
  database: TabletDatabase,
  change: (received: Received[]) => Received[]
): Promise<void> {
  const received = await loadReceived(database);
  const changed = change(received);
  if (changed.length || received.length) await saveSetting(database, 'received', changed);
}

export async function tickReceived(database: TabletDatabase, id: RecordId, readAt: Instant): Promise<void> {
  await database.transaction('rw', database.settings, async () =>
    changeReceived(database, (received) =>
      received.map((one) => (one.handover.id === id ? { ...one, readAt: one.readAt ?? readAt } : one))
    )
  );
}

/** Step 12, inside a transaction: nothing of what the office erased stays in them. */
export async function forgetErasedItems(database: TabletDatabase, ids: ReadonlySet<string>): Promise<void> {
  await changeReceived(database, (received) =>
    received
      .filter(({ handover }) => !ids.has(handover.id))
      .map((one) => ({ ...one, items: one.items.filter(({ report }) => !ids.has(report.id)) }))
  );
}
