import { EntryBuffer } from './entry-buffer';
import { readSealed, type Bytes, type Lock, type Outcome } from './lifeline-cipher';
import {
  Entry,
  type LifelineChange,
  type LifelineDraft,
  type LifelineHead,
  type LifelineMedium
} from './lifeline-entry';

/** What a reader does with each entry; a refusal ends the reading. */
export interface LifelineVisitor {
  head?(head: LifelineHead): Promise<Outcome> | Outcome;
  draft?(draft: LifelineDraft): Promise<Outcome> | Outcome;
  change?(change: LifelineChange): Promise<Outcome> | Outcome;
  medium?(medium: LifelineMedium, bytes: Bytes): Promise<Outcome> | Outcome;
}

/**
 * Reads a file from beginning to end, one entry in memory at a time. Null where it is whole: every chunk as written, all
 * changes by the author the file names, each with its hash, and the end where it was set. What was visited before a
 * refusal came is not to be believed: a reader that stores anything reads the file once before.
 */
export async function readLifeline(file: Blob, lock: Lock, visitor: LifelineVisitor): Promise<Outcome> {
  const reading = { entries: 0, ended: false, author: '' };
  const buffer = new EntryBuffer();
  const outcome = await readSealed(file, lock, async (plain) => {
    buffer.add(plain);
    for (let next = buffer.next(); next; next = buffer.next()) {
      if (next === 'damaged') return damaged;
      const said = await visit(reading, visitor, next.text, next.following);
      if (said) return said;
    }
    return null;
  });
  return outcome ?? (reading.ended && buffer.isEmpty ? null : damaged);
}

const damaged: Outcome = { refusal: { code: 'lifeline-damaged' } };
const newer: Outcome = { refusal: { code: 'lifeline-newer' } };

async function visit(
  reading: { entries: number; ended: boolean; author: string },
  visitor: LifelineVisitor,
  text: string,
  following: Bytes
): Promise<Outcome> {
  const parsed = parseEntry(text);
  if ('refusal' in parsed) return parsed;
  const { kind, ...entry } = parsed;
  if (reading.ended || (kind === 'head') !== (reading.entries === 0)) return damaged;
  if (parsed.kind === 'end') {
    reading.ended = true;
    return parsed.entries === reading.entries ? null : damaged;
  }
  reading.entries++;
  if (parsed.kind === 'head') {
    reading.author = parsed.account;
    return (await visitor.head?.(parsed)) ?? null;
  }
  if (parsed.kind === 'draft') return (await visitor.draft?.(parsed.draft)) ?? null;
  if (parsed.kind === 'change') {
    if (!(await isGenuine(parsed, reading.author))) return damaged;
    return (await visitor.change?.(parsed)) ?? null;
  }
  return (await visitor.medium?.(entry as LifelineMedium, following)) ?? null;
}

/** What a later release added to the file must not be passed over in silence. */
function parseEntry(text: string): Entry | { refusal: NonNullable<Outcome>['refusal'] } {
  const value = parseJson(text);
  const parsed = Entry.safeParse(value);
  if (parsed.success) return parsed.data;
  const kind = (value as { kind?: unknown } | null)?.kind;
  const isKnown = Entry.def.options.some((option) => option.shape.kind.def.values[0] === kind);
  return typeof kind === 'string' && !isKnown ? newer! : damaged!;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

async function isGenuine({ id, body, sha256 }: LifelineChange, author: string): Promise<boolean> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(body));
  const hash = Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
  const said = parseJson(body) as { id?: unknown; author?: unknown } | null | undefined;
  return hash === sha256 && said?.id === id && said.author === author;
}
