// A community office at whose one write path tests hand in changes, and three people who do.
import { community, gridOne, gridTwo, hire, openOffice } from './office';
import type { Change } from '../../src/lib/domain/changes';
import type { Actor, Grant } from '../../src/lib/domain/grant';
import type { DeviceId, RecordId } from '../../src/lib/domain/ids';
import type { WireRecord } from '../../src/lib/protocol/wire-record';
import type { Receipt } from '../../src/lib/protocol/receipt';
import { receive } from '../../src/lib/server/receive';
import { loadRecords } from '../../src/lib/server/records/records';
import { changeOf, issueFacts, newId } from './changes';

export const now = '2026-11-20T02:00:00.000Z';
export const later = '2026-11-20T03:00:00.000Z';

export async function openCounter() {
  const office = await openOffice();
  const { store } = office;
  const device = newId<DeviceId>();
  const employ = (name: string, role: Grant['role'], area: string) => hire(store, name, [{ role, area }]);
  const tables = ['record', 'change', 'touch', 'outcome', 'photo', 'case_counter', 'community'] as const;
  return {
    ...office,
    device,
    li: await employ('李平', 'gridWorker', gridOne),
    he: await employ('小何', 'gridWorker', gridTwo),
    wang: await employ('王丽', 'communityOfficer', community),
    /** Hands in changes, or texts as they are, as one request. */
    send: (actor: Actor, changes: readonly (Change | string)[], at = now) =>
      receive(
        store,
        { actor, device },
        changes.map((one) => (typeof one === 'string' ? one : JSON.stringify(one))),
        at
      ),
    /** All the store knows of records and changes, to see that nothing moved. */
    everything: async () =>
      JSON.stringify(
        await Promise.all(tables.map((table) => store.connection.selectFrom(table).selectAll().execute()))
      ),
    recordOf: async (id: RecordId) => (await loadRecords(store.connection, community, [id])).get(id),
    log: () => store.connection.selectFrom('change').selectAll().orderBy('sequence').execute()
  };
}
export type Counter = Awaited<ReturnType<typeof openCounter>>;

export const by = (actor: Actor, baseVersion = 0) => ({ author: actor.account, baseVersion });

export const issueBy = (actor: Actor, more: Parameters<typeof issueFacts>[1] = {}) =>
  changeOf('issue-recorded', issueFacts(newId(), more), by(actor));

export const commentOn = (recordId: RecordId, actor: Actor, text = '好', baseVersion = 1) =>
  changeOf('comment-added', { recordId, text }, by(actor, baseVersion));

/** One word for each change of the request: its status, or the code it was refused with. */
export function outcomesOf(receipts: readonly Receipt[]): string[] {
  return receipts.flatMap((receipt) => {
    if (receipt.status === 'accepted') return Array<string>(receipt.count).fill('accepted');
    return [receipt.status === 'refused' ? receipt.refusal.code : receipt.status];
  });
}

export function recordsIn(...receipts: readonly (Receipt | undefined)[]): WireRecord[] {
  return receipts.flatMap((receipt) => (receipt && 'records' in receipt ? receipt.records : []));
}
