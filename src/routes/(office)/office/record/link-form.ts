import type { RefusalCode } from '$lib/domain/refusal';
import type { LinkedRecord } from './linked-record.server';

/** What the two forms of linking answer: what was found by a number, or that it is done, or why not. */
export interface LinkAnswer {
  number?: string;
  found?: LinkedRecord[];
  done?: true;
  code?: RefusalCode | 'empty' | 'itself';
}

/** What a page's form last answered, if it was one of linking. */
export function linkAnswerOf(form: unknown): LinkAnswer | undefined {
  return (form as { link?: LinkAnswer } | null | undefined)?.link;
}
