import * as z from 'zod/mini';
import { UnitId } from '$lib/domain/ids';
import type { NextAct } from '$lib/domain/lawful-acts';
import type { RefusalCode } from '$lib/domain/refusal';
import { maxTextLength } from '$lib/domain/report';

/** The key of each act, by `event.code`, as it is shown beside its name. */
export const actKeys: Record<NextAct, string> = {
  accept: 'A',
  dispatch: 'D',
  askDetail: 'N',
  reject: 'R',
  closeSolved: 'E',
  handle: 'H',
  return: 'B',
  pass: 'P',
  fail: 'F',
  close: 'X',
  drop: 'Z',
  tell: 'T',
  comment: 'C'
};

/** Acts without a word to say: one press and they are done. */
export const promptActs: readonly NextAct[] = ['accept', 'closeSolved', 'pass'];

const Needed = z.string().check(z.trim(), z.minLength(1), z.maxLength(maxTextLength));
const Words = z._default(z.string().check(z.trim(), z.maxLength(maxTextLength)), '');

/** Ticked, or not there. */
const Agreed = z.optional(z.union([z.literal('yes'), z.literal('')]));

/** What the form of each act must hold. */
export const actForms = {
  accept: z.object({}),
  dispatch: z.object({ unit: UnitId, words: Words, agreed: Agreed }),
  askDetail: z.object({ words: Needed }),
  reject: z.object({ words: Needed }),
  closeSolved: z.object({}),
  handle: z.object({ words: Needed }),
  return: z.object({ words: Needed }),
  pass: z.object({}),
  fail: z.object({ words: Needed }),
  close: z.object({ words: Words }),
  drop: z.object({ words: Needed }),
  tell: z.object({ words: Words }),
  comment: z.object({ words: Needed, to: z._default(z.enum(['report', 'case']), 'report') })
} satisfies Record<NextAct, z.ZodMiniType>;

/** What a form answers where it stored nothing: why, in a code, and what was typed. */
export interface ActFailure {
  act: NextAct;
  code?: RefusalCode;
  details?: Record<string, string | number>;
  /** The field that is still empty. */
  missing?: 'unit' | 'words' | 'agreed';
  words?: string;
  unit?: string;
}

const fieldByCode: Partial<Record<RefusalCode, 'unit' | 'words' | 'photo'>> = {
  'text-too-long': 'words',
  'reason-required': 'words',
  'unknown-unit': 'unit',
  'after-photo-required': 'photo',
  'too-large': 'photo'
};
export type ActField = 'unit' | 'words' | 'agreed' | 'photo';

/** The field a refusal speaks of, where it is one: the sentence stands there. */
export function fieldOf({ missing, code }: ActFailure): ActField | undefined {
  return missing ?? (code && fieldByCode[code]);
}

/** Reads the form of an act; what does not fit comes back with what was typed. */
export function parseActForm<Act extends NextAct>(
  act: Act,
  form: FormData
): { value: z.infer<(typeof actForms)[Act]> } | { failure: ActFailure } {
  const typed = (field: string) => {
    const value = form.get(field);
    return typeof value === 'string' ? value.replaceAll('\r\n', '\n') : undefined;
  };
  // A form sends two characters for each line end, and a text is counted with one.
  const fields = Object.fromEntries([...form.keys()].map((field) => [field, typed(field)]));
  const parsed = actForms[act].safeParse(fields);
  if (parsed.success) return { value: parsed.data as z.infer<(typeof actForms)[Act]> };
  const kept = { act, words: typed('words'), unit: typed('unit') };
  const [issue] = parsed.error.issues;
  const field = issue?.path[0];
  if (issue?.code === 'too_big')
    return { failure: { ...kept, code: 'text-too-long', details: { maximum: maxTextLength } } };
  if (field === 'unit' || field === 'words') return { failure: { ...kept, missing: field } };
  return { failure: { ...kept, code: 'malformed' } };
}

/** What a page's form last answered, if that was a refusal. */
export function failureOf(form: unknown): ActFailure | undefined {
  const answer = form as (ActFailure & { done?: unknown }) | null | undefined;
  return answer && 'act' in answer ? answer : undefined;
}
