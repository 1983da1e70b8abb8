import { v7 as uuidV7 } from 'uuid';
import type { CommunityCode } from '../domain/area';
import type { ChangeKindName, FactsOf } from '../domain/changes';
import type { DeviceId, RecordId } from '../domain/ids';
import type { Instant } from '../domain/instant';
import type { Refusal } from '../domain/refusal';
import type { Receipt } from '../protocol/receipt';
import { receive } from './receive';
import { loadRecords } from './records/records';
import type { Session } from './session';
import type { Store } from './store';

/**
 * The desk among the devices. Not the session's: the tablet app of the same browser has that one, and would take what was
 * done at the desk for its own and never be told of it (step 9).
 */
export const deskDevice = '00000000-0000-7000-8000-000000000001' as DeviceId;

/** One act of an office page: the change it is, and what it says. */
export type DeskAct = {
  [Kind in ChangeKindName]: { kind: Kind; facts: FactsOf<Kind> };
}[ChangeKindName];

/**
 * Hands the acts of an office page to the one write path (step 14), in order and as one request. Where one is refused
 * the later ones may stand: the caller orders them so that each is lawful alone.
 */
export async function makeChanges(
  store: Store,
  session: Session,
  community: CommunityCode,
  acts: readonly DeskAct[],
  now: Instant
): Promise<{ ok: true } | { refusal: Refusal }> {
  const ids = [...new Set(acts.map(({ facts }) => facts.recordId))];
  const records = await loadRecords(store.connection, community, ids);
  const versionOf = (id: RecordId, before: number) =>
    (records.get(id)?.version ?? 0) +
    acts.slice(0, before).filter(({ facts }) => facts.recordId === id).length;
  const bodies = acts.map(({ kind, facts }, index) =>
    JSON.stringify({
      id: uuidV7(),
      kind,
      shape: 1,
      community,
      author: session.account,
      device: deskDevice,
      at: now,
      baseVersion: versionOf(facts.recordId, index),
      facts
    })
  );
  const receipts = await receive(store, { actor: session, device: deskDevice }, bodies, now);
  const refusal = receipts.map(refusalOf).find((code) => code !== null);
  return refusal ? { refusal } : { ok: true };
}

function refusalOf(receipt: Receipt): Refusal | null {
  switch (receipt.status) {
    case 'accepted':
      return null;
    case 'refused':
      return receipt.refusal;
    case 'conflict':
      return { code: 'wrong-state' };
    case 'depends-on':
      return { code: 'depends-on' };
    case 'upgrade-needed':
      return { code: 'upgrade-needed' };
    case 'deferred':
      return { code: 'not-ready' };
  }
}
