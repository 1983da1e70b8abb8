import { maxChangeBytes } from '../domain/change';
import type { RecordId } from '../domain/ids';
import type { Instant } from '../domain/instant';
import { applyChange, judgeChange, makesRecord, parseChange, touchedBy } from '../domain/judge';
import { visibilityOf, type AnyRecord } from '../domain/record';
import type { RefusalCode } from '../domain/refusal';
import type { Reference } from '../domain/reference';
import { mayDo } from '../domain/rights';
import type { Receipt } from '../protocol/receipt';
import { recordToWire } from '../protocol/wire-record';
import {
  enter,
  enterOutcome,
  openLedger,
  saveLedger,
  unmadeBy,
  type Arrived,
  type Ledger,
  type Sender
} from './ledger';
import { lockCommunity } from './records/changes';
import { loadReference, rulesOf } from './records/reference';
import { seal, sha256Hex } from './seal';
import { settle } from './settle';
import type { Store } from './store';

/** Step 4: no transaction holds the store longer than this many changes take. */
const maxChangesPerTransaction = 200;

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
  const receipts: Receipt[] = [];
  let run: Arrived[] = [];
  const flush = async () => {
    if (run.length) receipts.push(...(await receiveRun(store, sender, run, now)));
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
    else receipts.push(read.unreadable);
  }
  await flush();
  return mergeRuns(receipts);
}

function readChange(body: string): Arrived | { unreadable: Receipt } {
  if (Buffer.byteLength(body) > maxChangeBytes)
    return { unreadable: refusal('too-large', { maximum: maxChangeBytes }) };
  const parsed = parseChange(parseJson(body));
  if ('change' in parsed) return { body, sha256: sha256Hex(body), change: parsed.change };
  const { code, details } = parsed.refusal;
  return { unreadable: code === 'upgrade-needed' ? { status: code } : refusal(code, details) };
}

/** Undefined where it is no JSON, which no change is. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function refusal(
  code: RefusalCode,
  details?: Record<string, string | number>,
  records: AnyRecord[] = []
): Receipt {
  return { status: 'refused', refusal: { code, details }, records: records.map(recordToWire) };
}

/** One transaction: changes of one community, judged one after the other, written together. */
async function receiveRun(
  store: Store,
  sender: Sender,
  run: readonly Arrived[],
  now: Instant
): Promise<Receipt[]> {
  const { community } = run[0]!.change;
  const reference = await loadReference(store, community);
  if (!reference) return run.map(() => refusal('not-granted'));
  const receipts: Receipt[] = [];
  const head = await store.connection.transaction().execute(async (transaction) => {
    const locked = await lockCommunity(transaction, community);
    const { head, name: communityName } = locked;
    const rules = rulesOf(reference);
    const ledger = await openLedger({ transaction, sender, rules, now, community, communityName, head }, run);
    for (const one of run) receipts.push(await judgeOne(store, reference, ledger, one));
    await saveLedger(ledger);
    return ledger.head;
  });
  store.live.announce({ community, sequence: head });
  return receipts;
}

async function judgeOne(store: Store, reference: Reference, ledger: Ledger, one: Arrived): Promise<Receipt> {
  const { actor } = ledger.sender;
  const { change } = one;
  if (actor !== 'server' && change.author !== actor.account) return refusal('not-granted');
  const again = receiptedBefore(store, ledger, one);
  if (again) return again;
  const ids = touchedBy(change);
  const blocker = (makesRecord(change) ? ids.slice(1) : ids)
    .map((id) => ledger.blockedBy.get(id) ?? unmadeBy(ledger, id))
    .find(Boolean);
  if (blocker) return { status: 'depends-on', on: blocker };
  const before = present(ledger, ids);
  const outcome = judgeSafely(() => judgeChange(change, before, actor, ledger.rules, ledger.now));
  if (outcome === 'fault') return defer(ledger, one);
  if (outcome.verdict !== 'allowed') {
    const records = visible(ledger, before.values());
    const receipt: Receipt =
      outcome.verdict === 'refused'
        ? refusal(outcome.refusal.code, outcome.refusal.details, records)
        : { status: 'conflict', fields: outcome.fields, records: records.map(recordToWire) };
    enterOutcome(ledger, one, receipt);
    return receipt;
  }
  const settled = await settle(ledger, reference, change, before);
  const after = judgeSafely(() => applyChange(change, before, settled));
  if (after === 'fault') return defer(ledger, one);
  const { sequence, version } = enter(ledger, one, before, after);
  // Step 9: own writes are not echoed beyond what the sender cannot know.
  const isNews = change.baseVersion + 1 !== version || settled.caseNumber || settled.dueAt;
  return accepted(store, one, sequence, version, ledger.now, isNews ? after : []);
}

/** Judging is pure: whatever it throws, nothing was written, and the other changes go on (step 4). */
function judgeSafely<Result>(step: () => Result): Result | 'fault' {
  try {
    return step();
  } catch {
    return 'fault';
  }
}

function defer(ledger: Ledger, one: Arrived): Receipt {
  touchedBy(one.change).forEach((id) => ledger.blockedBy.set(id, one.change.id));
  return { status: 'deferred' };
}

/** Known id with the same bytes: its stored receipt again. With other bytes: `id-reused`. */
function receiptedBefore(store: Store, ledger: Ledger, one: Arrived): Receipt | null {
  const known = ledger.known.get(one.change.id);
  if (known) {
    if (known.sha256 !== one.sha256) return refusal('id-reused');
    const current = visible(ledger, present(ledger, touchedBy(one.change)).values());
    return accepted(store, one, known.sequence, known.version, known.received_at, current);
  }
  const outcome = ledger.outcomes.find((row) => row.change_id === one.change.id);
  if (!outcome) return null;
  return outcome.sha256 === one.sha256 ? (JSON.parse(outcome.receipt) as Receipt) : refusal('id-reused');
}

function present(ledger: Ledger, ids: readonly RecordId[]): Map<RecordId, AnyRecord> {
  return new Map(
    ids.flatMap((id) => {
      const record = ledger.recordsById.get(id);
      return record ? [[id, record] as const] : [];
    })
  );
}

function visible(ledger: Ledger, records: Iterable<AnyRecord>): AnyRecord[] {
  const { actor } = ledger.sender;
  if (actor === 'server') return [];
  return [...records].filter((record) => mayDo(actor, 'read', visibilityOf(record), ledger.now));
}

function accepted(
  store: Store,
  one: Arrived,
  sequence: number,
  version: number,
  receivedAt: Instant,
  records: AnyRecord[]
): Receipt {
  return {
    status: 'accepted',
    count: 1,
    sequence,
    receivedAt,
    seals: [seal(store.sealKey, one.change.id, one.sha256, sequence, version)],
    records: records.map(recordToWire)
  };
}

/** Neighbouring acceptances of one moment travel as one entry. */
function mergeRuns(receipts: readonly Receipt[]): Receipt[] {
  const merged: Receipt[] = [];
  for (const receipt of receipts) {
    const last = merged.at(-1);
    const follows =
      last?.status === 'accepted' &&
      receipt.status === 'accepted' &&
      receipt.sequence === last.sequence + last.count &&
      receipt.receivedAt === last.receivedAt;
    if (follows) {
      last.count += receipt.count;
      last.seals.push(...receipt.seals);
      last.records.push(...receipt.records);
    } else merged.push(receipt);
  }
  return merged;
}
