import { maxChangeBytes } from '../domain/change';
import type { Change } from '../domain/changes';
import { ChangeId, RecordId } from '../domain/ids';
import { parseChange } from '../domain/judge';
import type { Refusal } from '../domain/refusal';
import { sha256Hex } from './seal';

/** A change as it arrived: the bytes its device made, their hash, and what they say. */
export interface Arrived {
  body: string;
  sha256: string;
  change: Change;
}

/** What arrived and is no change this server can read. `names` what it speaks of, where that much can be read. */
export interface Unreadable {
  refusal: Refusal;
  names: { change: ChangeId; record: RecordId } | null;
}

export function readChange(body: string): Arrived | Unreadable {
  const value = parseJson(body);
  if (Buffer.byteLength(body) > maxChangeBytes)
    return { refusal: { code: 'too-large', details: { maximum: maxChangeBytes } }, names: namesIn(value) };
  const parsed = parseChange(value);
  if ('change' in parsed) return { body, sha256: sha256Hex(body), change: parsed.change };
  return { refusal: parsed.refusal, names: namesIn(value) };
}

/** Undefined where it is no JSON, which no change is. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function namesIn(value: unknown): Unreadable['names'] {
  const { id, facts } = (value ?? {}) as { id?: unknown; facts?: { recordId?: unknown } | null };
  const change = ChangeId.safeParse(id);
  const record = RecordId.safeParse(facts?.recordId);
  return change.success && record.success ? { change: change.data, record: record.data } : null;
}
