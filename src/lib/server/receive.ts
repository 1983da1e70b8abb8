import type { Judgement, Settled } from '../domain/change';
import type { Change } from '../domain/changes';
import type { ChangeId, RecordId } from '../domain/ids';
import type { Instant } from '../domain/instant';
import {
  applyChange,
  assignedBy,
  judgeChange,
  makesRecord,
  neededBy,
  touchedBy,
  touchedIn
} from '../domain/judge';
import { mayCarry } from '../domain/rights';
import type { AnyRecord } from '../domain/record';
import { rulesOf } from '../domain/reference';
import type { Receipt } from '../protocol/receipt';
import { noteOpening } from './access-log';
import { readChange, type Arrived, type Unreadable } from './arrived';
import { adopt, enter, enterOutcome, openBatch, saveBatch, unmadeBy, type Batch, type Sender } from './batch';
import { authorOf } from './carry';
import { fillIn, refusal, type Answer } from './receipts';
import { log } from './log';
import { lockCommunity, type KnownChange } from './records/changes';
import { declaredPhoto } from './records/photos';
import { loadReference } from './records/reference';
import { isLately } from './restored';
import { sealChange } from './seal';
import { settle } from './settle';
import type { Store } from './store';

/** Step 4: no transaction holds the store longer than this many changes take. */
const maxChangesPerTransaction = 200;

/** What one request has come to know, over all its transactions. */
interface Delivery {
  store: Store;
  sender: Sender;
  now: Instant;
  answers: Answer[];
  /** Records left unsure by a change that is to come again: what follows on them waits for it. */
  blockedBy: Map<RecordId, ChangeId>;
  /** Records a change was to make that nobody could read. */
  unreadBy: Map<RecordId, ChangeId>;
  /** As the last transaction left them. */
  recordsById: Map<RecordId, AnyRecord>;
}

/**
 * The single write path, for tablets and office pages alike (steps 4, 5 and 14). `bodies` are changes as JSON text;
 * receipts come in the same order. Throws only where the store itself fails; what was receipted before stays.
 */
export async function receive(
  store: Store,
  sender: Sender,
  bodies: readonly string[],
  now: Instant
): Promise<Receipt[]> {
  const delivery: Delivery = {
    store,
    sender,
    now,
    answers: [],
    blockedBy: new Map(),
    unreadBy: new Map(),
    recordsById: new Map()
  };
  let run: Arrived[] = [];
  const flush = async () => {
    if (run.length) await receiveRun(delivery, run);
    run = [];
  };
  for (const body of bodies) {
    const read = readChange(body);
    const goesOn =
      'change' in read &&
      run.length < maxChangesPerTransaction &&
      run[0]?.change.community === read.change.community;
    if (!goesOn) await flush();
    if ('change' in read) run.push(read);
    else delivery.answers.push(answerUnreadable(delivery, read));
  }
  await flush();
  return fillIn(delivery.answers, delivery.recordsById, sender, now);
}

/** Kept by the sender until this server is newer, or refused: either way what builds on it cannot be judged yet. */
function answerUnreadable(delivery: Delivery, { refusal: why, names }: Unreadable): Answer {
  const comesAgain = why.code === 'upgrade-needed';
  if (names) (comesAgain ? delivery.blockedBy : delivery.unreadBy).set(names.record, names.change);
  return comesAgain ? { receipt: { status: 'upgrade-needed' }, about: [] } : refusal(why);
}

/** One transaction: changes of one community, judged one after the other, written together. */
async function receiveRun(delivery: Delivery, run: readonly Arrived[]): Promise<void> {
  const { store, sender, now } = delivery;
  const { community } = run[0]!.change;
  const reference = await loadReference(store, community);
  // Not remembered: the author, or an officer of that community, can still hand them in.
  const { actor, carrier } = sender;
  const isRefused = carrier !== undefined && !mayCarry(carrier, community, now);
  if (carrier && actor !== 'server' && reference) {
    const file = { what: 'file', recordId: '', purpose: 'hand-in', about: actor.account } as const;
    await noteOpening(store, { ...file, account: carrier.account, community, isRefused }, now);
  }
  if (!reference || isRefused) {
    delivery.answers.push(...run.map(() => refusal({ code: 'not-granted' })));
    return;
  }
  const answers: Answer[] = [];
  const batch = await store.connection.transaction().execute(async (transaction) => {
    const { head, name: communityName } = await lockCommunity(transaction, community);
    const rules = rulesOf(reference);
    const opened = await openBatch(
      { transaction, sender, reference, rules, now, community, communityName, head },
      run
    );
    for (const one of run) answers.push(judgeOne(delivery, opened, one));
    await saveBatch(opened);
    return opened;
  });
  delivery.answers.push(...answers);
  batch.recordsById.forEach((record, id) => delivery.recordsById.set(id, record));
  if (batch.changeRows.length) store.live.announce({ community, sequence: batch.head });
}

/** Works on what the transaction has loaded, and never waits: whatever throws here is a fault of judging. */
function judgeOne(delivery: Delivery, batch: Batch, one: Arrived): Answer {
  const { actor } = batch.sender;
  const { change } = one;
  if (actor !== 'server' && change.author !== actor.account) return refusal({ code: 'not-granted' });
  const again = answeredBefore(delivery, batch, one);
  if (again) return again;
  const ids = touchedBy(change);
  // Not remembered: the record is, and nothing may wait for the change that would make it again.
  if (ids.some((id) => batch.erased.has(id))) return refusal({ code: 'record-erased' });
  const blocker = waitsFor(delivery, batch, change);
  if (blocker) {
    // The changes of a record go in their order.
    const cause = makesRecord(change) ? change.id : blocker;
    for (const id of ids) if (!delivery.blockedBy.has(id)) delivery.blockedBy.set(id, cause);
    return { receipt: { status: 'depends-on', on: blocker }, about: [] };
  }
  const before = touchedIn(batch.recordsById, change);
  const outcome = judgeSafely(() =>
    judgeChange(change, before, authorOf(batch.sender, change.at, batch.now), batch.rules, batch.now)
  );
  if (outcome === 'fault' || mayStillComeBack(delivery, outcome)) return defer(delivery, one);
  if (outcome.verdict !== 'allowed') {
    const answer: Answer =
      outcome.verdict === 'refused'
        ? refusal(outcome.refusal, ids)
        : { receipt: { status: 'conflict', fields: outcome.fields, records: [] }, about: ids };
    enterOutcome(batch, one, answer.receipt);
    return answer;
  }
  const result = judgeSafely(() => {
    const settled = settle(batch, change);
    return { settled, after: applyChange(change, before, settled) };
  });
  if (result === 'fault') return defer(delivery, one);
  const { settled, after } = result;
  const entered = enter(batch, one, before, after, settled);
  // Step 9: own writes are not echoed beyond what the sender cannot know.
  // Of two records the sender names the version of one.
  const isNews = change.baseVersion + 1 !== entered.version || entered.settled !== null || ids.length > 1;
  return accepted(delivery, one, entered, isNews ? ids : []);
}

/** A store that was restored lately may be missing what this is about: others have still to hand it back (step 11). */
function mayStillComeBack({ store, now }: Delivery, judgement: Judgement): boolean {
  const isUnknown = judgement.verdict === 'refused' && judgement.refusal.code === 'unknown-record';
  return isUnknown && isLately(store.restoredAt, now);
}

/** What the first record that the change needs waits for. */
function waitsFor(delivery: Delivery, batch: Batch, change: Change): ChangeId | undefined {
  for (const id of neededBy(change)) {
    const blocker = delivery.blockedBy.get(id) ?? unmadeBy(batch, id, change.author, delivery.unreadBy);
    if (blocker) return blocker;
  }
  return undefined;
}

/** Judging touches no table: whatever it throws, nothing was written, and the other changes go on (step 4). */
function judgeSafely<Result>(step: () => Result): Result | 'fault' {
  try {
    return step();
  } catch (fault) {
    log.error({ fault }, 'a change could not be judged');
    return 'fault';
  }
}

function defer(delivery: Delivery, one: Arrived): Answer {
  touchedBy(one.change).forEach((id) => delivery.blockedBy.set(id, one.change.id));
  return { receipt: { status: 'deferred' }, about: [] };
}

/** Known id with the same bytes: its stored receipt again. With other bytes: `id-reused`. */
function answeredBefore(delivery: Delivery, batch: Batch, one: Arrived): Answer | null {
  const { change, sha256 } = one;
  const ids = touchedBy(change);
  const known = batch.known.get(change.id);
  if (known) {
    if (known.sha256 !== sha256 && !adopt(batch, one))
      return refusal({ code: known.body === '' ? 'record-erased' : 'id-reused' });
    const photo = batch.sender.carrier && declaredPhoto(change);
    if (photo) batch.carriedPhotoIds.push(photo.id);
    const isNews =
      ids.length > 1 ||
      change.baseVersion + 1 !== known.version ||
      assignedBy(change) !== undefined ||
      batch.recordsById.get(ids[0]!)?.version !== known.version;
    return accepted(delivery, one, known, isNews ? ids : []);
  }
  const outcome = batch.outcomes.find((row) => row.change_id === change.id);
  if (!outcome) return null;
  if (outcome.sha256 !== sha256) return refusal({ code: 'id-reused' });
  const receipt = JSON.parse(outcome.receipt) as Receipt;
  // Brought by an officer, it is judged by what its author was allowed when it was written (step 14).
  const isAboutGrants = receipt.status === 'refused' && receipt.refusal.code === 'not-granted';
  return batch.sender.carrier && isAboutGrants ? null : { receipt, about: ids };
}

function accepted(
  { store }: Delivery,
  { change, sha256 }: Arrived,
  {
    sequence,
    received_at: receivedAt,
    settled: text
  }: Omit<KnownChange, 'id' | 'sha256' | 'is_retold' | 'body'>,
  about: readonly RecordId[]
): Answer {
  const set = text ? (JSON.parse(text) as Omit<Settled, 'receivedAt'>) : undefined;
  const settled = { ...set, receivedAt };
  const seals = [sealChange(store.sealKey, { id: change.id, sha256, sequence, settled })];
  const receipt = { status: 'accepted' as const, count: 1, sequence, receivedAt, seals, records: [] };
  return { receipt: set ? { ...receipt, settled: { 0: set } } : receipt, about };
}
