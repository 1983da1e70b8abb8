// What there is in worlds altogether, and how often it was in some of them: what never was proves nothing.
import { acts } from './acts';
import { happenings } from './happenings';
import { faultKinds } from './network';
import { anOlderTablet } from './older-tablet';
import type { Outcome } from './run';

export const allKinds: readonly string[] = [
  ...Object.keys(acts),
  ...Object.keys(happenings),
  ...faultKinds,
  anOlderTablet
];

export function countKinds(outcomes: readonly Pick<Outcome, 'counts'>[]): Record<string, number> {
  const sum = (kind: string) => outcomes.reduce((so, { counts }) => so + (counts[kind] ?? 0), 0);
  return Object.fromEntries(allKinds.map((kind) => [kind, sum(kind)]));
}
