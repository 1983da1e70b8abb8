import { applyChange, makesRecord, neededBy, parseChange, touchedBy, touchedIn } from '../domain/judge';
import { blankChange, bringsBack } from '../domain/blank-change';
import { isChangeKind, type Change } from '../domain/changes';
import type { ChangeId, RecordId } from '../domain/ids';
import type { AnyRecord } from '../domain/record';
import type { Instant } from '../domain/instant';
import type { HandBackResult, HandedBack } from '../protocol/hand-back';
import type { Receipt } from '../protocol/receipt';
import { rulesOf } from '../domain/reference';
import { readChange, type Arrived } from './arrived';
import { adopt, enter, openBatch, saveBatch, type Batch, type Sender } from './batch';
import { log } from './log';
import { discardPhoto, finishPhoto, serverDevice } from './photo-store';
import { rebuildRecords } from './rebuild';
import { receive } from './receive';
import { lockCommunity, raiseCaseCount } from './records/changes';
import { declaredPhoto, loadPhoto } from './records/photos';
import { loadReference } from './records/reference';
import { sealChange, sealEntry, sealOfVersion, sha256Hex } from './seal';
import type { Store } from './store';

const maxPerTransaction = 200;
/** Not judged yet: by an older build, for want of another change, or for a fault. */
const comesAgain: readonly Receipt['status'][] = ['deferred', 'depends-on', 'upgrade-needed'];
/** A receipt of protocol 1 or 2 does not say which version its seal is over: no record changed that often in between. */
const versionsTried = 500;

/** A change of the store's earlier life whose seal is true. */
interface Earlier {
  line: number;
  one: Arrived;
  said: HandedBack;
  isRetold: boolean;
}

/**
 * Step 11: what a device hands back to a restored store, in the order of `lines`. A true seal says that this server had
 * accepted the change: it is entered without judgement, with the arrival and the numbers it had, and the records are as
 * if it had come in its old place. Without one, a change is judged like any other. Any number of times, from any number
 * of devices. Throws where the store fails.
 */
export async function takeBack(
  store: Store,
  sender: Sender,
  community: string,
  lines: readonly HandedBack[],
  now: Instant
): Promise<HandBackResult[]> {
  const results = lines.map<HandBackResult>((said) => (isOfNewer(said) ? 'waits' : 'refused'));
  const earlier = lines
    .flatMap((said, line) => readEarlier(store, community, said, line) ?? [])
    .sort((a, b) => compare(a.said, b.said));
  for (let start = 0; start < earlier.length; start += maxPerTransaction)
    await takeRun(store, sender, community, earlier.slice(start, start + maxPerTransaction), results, now);
  await judgeUnsealed(store, sender, lines, results, now);
  return results;
}

/** A change this server cannot have sealed is a change like any other: judged now. */
async function judgeUnsealed(
  store: Store,
  sender: Sender,
  lines: readonly HandedBack[],
  results: HandBackResult[],
  now: Instant
): Promise<void> {
  for (const [index, said] of lines.entries()) {
    if (results[index] !== 'refused' || !('body' in said)) continue;
    const [receipt] = await receive(store, { ...sender, device: serverDevice }, [said.body], now);
    if (receipt?.status === 'accepted') results[index] = 'taken';
    else if (receipt && comesAgain.includes(receipt.status)) results[index] = 'waits';
  }
}

/** In the order of their arrival; of one moment, as the earlier log had them. */
function compare(a: HandedBack, b: HandedBack): number {
  if (a.receivedAt !== b.receivedAt) return a.receivedAt < b.receivedAt ? -1 : 1;
  return a.sequence - b.sequence;
}

async function takeRun(
  store: Store,
  sender: Sender,
  community: string,
  run: readonly Earlier[],
  results: HandBackResult[],
  now: Instant
): Promise<void> {
  const reference = await loadReference(store, community);
  if (!reference) return;
  const batch = await store.connection.transaction().execute(async (transaction) => {
    const { head, name: communityName } = await lockCommunity(transaction, community);
    const rules = rulesOf(reference);
    const opened = await openBatch(
      { transaction, sender, reference, rules, now, community, communityName, head },
      run.map(({ one }) => one)
    );
    const touched = new Set<RecordId>();
    const unapplied = new Set<RecordId>();
    for (const each of run) {
      results[each.line] = takeOne(opened, each, unapplied);
      if (results[each.line] === 'taken') touchedBy(each.one.change).forEach((id) => touched.add(id));
    }
    await saveBatch(opened);
    await raiseCaseCount(
      transaction,
      community,
      run.map(({ said }) => said.settled?.caseNumber ?? '')
    );
    await rebuildRecords(transaction, community, touched, unapplied, head, now);
    return opened;
  });
  for (const voice of batch.silenced) await discardPhoto(store, voice);
  // Its bytes may lie here already, and who declared a picture may have them no more.
  for (const { one } of run) {
    const declared = declaredPhoto(one.change);
    const photo = declared && (await loadPhoto(store, community, declared.id));
    if (photo && photo.stored_at === null) await finishPhoto(store, photo);
  }
  if (batch.changeRows.length) store.live.announce({ community, sequence: batch.head });
}

function takeOne(batch: Batch, { one, said, isRetold }: Earlier, unapplied: Set<RecordId>): HandBackResult {
  const { change, sha256 } = one;
  const known = batch.known.get(change.id);
  if (known) {
    if (!isRetold && known.sha256 !== sha256) adopt(batch, one);
    return 'known';
  }
  const ids = touchedBy(change);
  if (ids.some((id) => batch.erased.has(id))) return 'known';
  const before = touchedIn(batch.recordsById, change);
  if (makesRecord(change) && before.has(ids[0]!)) return 'refused';
  if (neededBy(change).some((id) => !before.has(id))) return 'waits';
  const kept = withoutBlanked(one, before.get(ids[0]!));
  if (!kept) return 'known';
  const settled = { ...said.settled, receivedAt: said.receivedAt };
  // What is out of its order here is put right by building the records anew.
  const applied = applySafely(() => applyChange(kept.change, before, settled));
  if (!applied) ids.forEach((id) => unapplied.add(id));
  const after = applied ?? [...before.values()];
  if (!after.length) return 'refused';
  enter(batch, kept, before, after, settled, {
    received_at: said.receivedAt,
    earlier_sequence: said.sequence,
    is_retold: isRetold ? 1 : 0,
    // Told to everybody: who hands it back may have read the record anew without it.
    device: serverDevice
  });
  return 'taken';
}

/** What was blanked here meanwhile does not come back with it; null for a voice. */
function withoutBlanked(one: Arrived, record: AnyRecord | undefined): Arrived | null {
  if (record?.kind === 'patrol' || !record?.blanked || !bringsBack(one.change, record)) return one;
  if (one.change.kind === 'voice-attached') return null;
  const change = blankChange(one.change, record.blanked.what);
  return { ...one, change, body: JSON.stringify(change) };
}

function applySafely<Result>(step: () => Result): Result | null {
  try {
    return step();
  } catch (fault) {
    log.warn({ fault }, 'a change came back out of order');
    return null;
  }
}

/** Told by a newer build than this one, which was put back as well. */
function isOfNewer(said: HandedBack): boolean {
  return 'entry' in said && !isChangeKind(said.entry.kind);
}

/** Null where this server never said so. */
function readEarlier(store: Store, community: string, said: HandedBack, line: number): Earlier | null {
  const { sequence, seal } = said;
  const settled = { ...said.settled, receivedAt: said.receivedAt };
  if ('entry' in said) {
    const told = { ...said.entry, sequence, receivedAt: said.receivedAt, settled: said.settled };
    const one = retold(community, said.entry);
    return one && seal === sealEntry(store.sealKey, community, told as never)
      ? { line, one, said, isRetold: true }
      : null;
  }
  const read = readChange(said.body);
  if (!('change' in read) || read.change.community !== community) return null;
  const { id, baseVersion } = read.change;
  const { sha256 } = read;
  const isTrue =
    seal === sealChange(store.sealKey, { id, sha256, sequence, settled }) ||
    Array.from({ length: versionsTried }, (_, more) => baseVersion + 1 + more).some(
      (version) => seal === sealOfVersion(store.sealKey, id, sha256, sequence, version)
    );
  return isTrue ? { line, one: read, said, isRetold: false } : null;
}

/** What an entry of a history says, in the form of a change. */
function retold(
  community: string,
  { id, kind, at, author, facts }: Extract<HandedBack, { entry: unknown }>['entry']
): Arrived | null {
  const head = { id, kind, shape: 1, community, author, device: serverDevice, at, baseVersion: 0 };
  const parsed = parseChange({ ...head, facts });
  if (!('change' in parsed)) return null;
  const change: Change & { id: ChangeId } = parsed.change;
  const body = JSON.stringify(change);
  return { body, sha256: sha256Hex(body), change };
}
