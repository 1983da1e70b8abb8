import { bringsBack } from './blank-change';
import { nextGeneration } from './blanking';
import {
  ChangeEnvelope,
  refused,
  type ChangeKind,
  type CommunityRules,
  type Judgement,
  type Settled
} from './change';
import { changeKinds, isChangeKind, type Change } from './changes';
import { communityOf } from './area';
import type { Actor } from './grant';
import type { RecordId } from './ids';
import type { Instant } from './instant';
import { visibilityOf, type AnyRecord, type RecordsById } from './record';
import type { Refusal } from './refusal';
import { maxTextLength } from './report';
import { mayDo } from './rights';

/** The kind of a change, its facts taken as fitting: `parseChange` has seen to that. */
function kindOf(change: Change): ChangeKind<string, unknown> {
  return changeKinds[change.kind] as ChangeKind<string, unknown>;
}

/**
 * Reads an untrusted value as a change. An unknown kind or shape is `upgrade-needed`: kept by the sender, never dropped.
 * Fields a newer device added are stripped from the parsed facts; the bytes keep them.
 */
export function parseChange(value: unknown): { change: Change } | { refusal: Refusal } {
  const envelope = ChangeEnvelope.safeParse(value);
  if (!envelope.success)
    return { refusal: isNewerShape(value) ? { code: 'upgrade-needed' } : malformed(envelope.error) };
  const { kind, facts } = envelope.data;
  if (!isChangeKind(kind)) return { refusal: { code: 'upgrade-needed' } };
  const parsed = changeKinds[kind].facts.safeParse(facts);
  if (!parsed.success) return { refusal: malformed(parsed.error) };
  return { change: { ...envelope.data, kind, facts: parsed.data } as Change };
}

function isNewerShape(value: unknown): boolean {
  const shape = (value as { shape?: unknown } | null)?.shape;
  return typeof shape === 'number' && shape > 1;
}

interface Issues {
  issues: readonly { code?: string; path: PropertyKey[]; maximum?: unknown }[];
}

function malformed(error: Issues): Refusal {
  const first = error.issues[0];
  const field = first?.path.map(String).join('.') ?? '';
  const isLongText = first?.code === 'too_big' && first.maximum === maxTextLength;
  return isLongText
    ? { code: 'text-too-long', details: { field, maximum: maxTextLength } }
    : { code: 'malformed', details: { field } };
}

/** The records a change reads and writes, the main one first. */
export function touchedBy(change: Change): RecordId[] {
  return kindOf(change).touches(change.facts);
}

/** Those of the records a change touches that are there. */
export function touchedIn(records: RecordsById, change: Change): Map<RecordId, AnyRecord> {
  return new Map(
    touchedBy(change).flatMap((id) => {
      const record = records.get(id);
      return record ? [[id, record] as const] : [];
    })
  );
}

/** The records that must be there before it: what it touches, but for the one it makes. */
export function neededBy(change: Change): RecordId[] {
  return makesRecord(change) ? touchedBy(change).slice(1) : touchedBy(change);
}

/** Whether the change makes its main record. */
export function makesRecord(change: Change): boolean {
  return kindOf(change).creates !== undefined;
}

export function assignedBy(change: Change): 'caseNumber' | 'dueAt' | undefined {
  return kindOf(change).assigns;
}

/** Judges the state alone. On a tablet this is all there is: grants may be stale there, only a receipt refuses. */
export function allowChange(change: Change, records: RecordsById, rules: CommunityRules): Judgement {
  const kind = kindOf(change);
  const [mainId, ...otherIds] = kind.touches(change.facts);
  const main = records.get(mainId!);
  if (kind.creates && main) return refused('already-exists');
  if (!kind.creates && !main) return refused('unknown-record');
  if (otherIds.some((id) => !records.has(id))) return refused('unknown-record');
  if ([...records.values()].some((record) => record.community !== change.community))
    return refused('unknown-record');
  if (bringsBack(change, main)) return refused('personal-blanked');
  return kind.allow(change.facts, records, change, rules);
}

/**
 * The whole judgement, made by the server: may this actor do it, and is it lawful in this state?
 * A record the actor may not see is `unknown-record`, so that a refusal tells nothing about it.
 */
export function judgeChange(
  change: Change,
  records: RecordsById,
  actor: Actor | 'server',
  rules: CommunityRules,
  now: Instant
): Judgement {
  if (actor !== 'server') {
    const denied = rightsDenied(change, records, actor, now);
    if (denied) return denied;
  }
  return allowChange(change, records, rules);
}

function rightsDenied(change: Change, records: RecordsById, actor: Actor, now: Instant): Judgement | null {
  const kind = kindOf(change);
  const act = typeof kind.act === 'function' ? kind.act(change.facts, records) : kind.act;
  if (act === null || change.author !== actor.account) return refused('not-granted');
  // One's own record in a grid that was handed on is no secret to its author: that refusal says why.
  const isHidden = (record: AnyRecord) =>
    record.author !== actor.account && !mayDo(actor, 'read', visibilityOf(record), now);
  const hidden = [...records.values()].some(isHidden);
  if (hidden) return refused('unknown-record');
  const main = records.get(kind.touches(change.facts)[0]!);
  const keys = main ? visibilityOf(main) : (kind.creates?.(change.facts, records, change) ?? null);
  if (!keys) return refused('unknown-record');
  if (communityOf(keys.ownerGridCode) !== change.community)
    return refused('malformed', { field: 'ownerGridCode' });
  // Of every record it touches: a link to a record that is only readable would write into that one as well.
  return [keys, ...[...records.values()].map(visibilityOf)].every((each) => mayDo(actor, act, each, now))
    ? null
    : refused('not-granted');
}

/** The records after the change, each one version or generation on. Call only after `allowChange` said so. */
export function applyChange(change: Change, records: RecordsById, settled?: Settled): AnyRecord[] {
  const kind = kindOf(change);
  const next = kind.beginsGeneration ? nextGeneration : (version: number) => version + 1;
  return kind.apply(change.facts, records, change, settled).map((record) => ({
    ...record,
    version: next(records.get(record.id)?.version ?? 0),
    receivedAt: record.receivedAt ?? settled?.receivedAt
  }));
}
