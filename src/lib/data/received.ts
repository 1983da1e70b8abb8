import type { Case } from '../domain/case';
import type { Handover } from '../domain/handover';
import type { RecordId } from '../domain/ids';
import type { Instant } from '../domain/instant';
import type { Report } from '../domain/report';
import type { TabletDatabase } from './database';
import { loadSetting, saveSetting } from './settings';

/** A handover left on this very tablet, before the office has told of it. Then its record takes its place. */
export interface Received {
  handover: Handover;
  /** As their giver saw them: what they have recorded today may be nowhere else. */
  items: { report: Report; work?: Case }[];
  /** Ticked here already: a change once there is a record to make it on. */
  readAt?: Instant;
}

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
