import * as z from 'zod/mini';

/** The business lines (多网合一) that share the one grid table. Source: research on 多格合一, eight lines. */
export const businessLines = [
  'party',
  'security',
  'civilAffairs',
  'cityManagement',
  'petitions',
  'market',
  'health',
  'emergency'
] as const;
export const BusinessLine = z.enum(businessLines);
export type BusinessLine = z.infer<typeof BusinessLine>;

const Words = z.object({ zh: z.string(), en: z.string() });

/** A question of a category's own short form. No answer is ever required to save. */
export const Question = z.object({
  key: z.string().check(z.regex(/^[a-z][A-Za-z0-9]{0,30}$/)),
  words: Words,
  answer: z.discriminatedUnion('kind', [
    z.object({
      kind: z.literal('choice'),
      options: z.array(z.object({ key: z.string(), words: Words })).check(z.minLength(2))
    }),
    z.object({ kind: z.literal('text') }),
    z.object({ kind: z.literal('number') })
  ])
});
export type Question = z.infer<typeof Question>;

export const limitUnits = ['hour', 'day', 'workHour', 'workDay'] as const;
export type LimitUnit = (typeof limitUnits)[number];

/** 工作时 and 工作日 are counted on the community's calendar, hours and days on the wall clock. */
export const Limit = z.object({
  count: z.number().check(z.positive()),
  unit: z.enum(limitUnits)
});
export type Limit = z.infer<typeof Limit>;

/** What an issue is about. A table an administrator edits, not a list of constants. */
export const Category = z.object({
  code: z.string().check(z.regex(/^C\d{2,3}$/)),
  group: Words,
  words: Words,
  line: BusinessLine,
  limit: Limit,
  afterPhoto: z.enum(['no', 'suggested', 'required']),
  /** A public facility's issue may be seen by the micro-grid's volunteers. */
  publicFacility: z.boolean(),
  /** One of the four quick reports (随手拍) of 平安并州. */
  quickReport: z.boolean(),
  questions: z.array(Question),
  /** Taken off the list: no longer offered, and what was filed under it keeps its name. */
  retired: z.optional(z.boolean())
});
export type Category = z.infer<typeof Category>;

/** What a resident wants: N01 代取药, N02 代购, … A table too. */
export const NeedType = z.object({
  code: z.string().check(z.regex(/^N\d{2,3}$/)),
  words: Words,
  limit: Limit,
  /** As of a category. */
  retired: z.optional(z.boolean())
});
export type NeedType = z.infer<typeof NeedType>;

/** What a report saved without a category or a type is filed under: these two are on every list. */
export const unsaid = { category: 'C12', needType: 'N10' };

/** What may be chosen. `chosen` may always stay. */
export function offered<One extends { code: string; retired?: boolean }>(
  all: readonly One[],
  chosen?: string
): One[] {
  return all.filter(({ code, retired }) => !retired || code === chosen);
}

/** Codes by how often they were used, most first; of equals the more recent, which stands first in `used`. */
export function mostUsed(used: readonly string[]): string[] {
  const counts = new Map<string, number>();
  used.forEach((code) => counts.set(code, (counts.get(code) ?? 0) + 1));
  return [...counts].sort((a, b) => b[1] - a[1]).map(([code]) => code);
}
