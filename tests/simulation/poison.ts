// Words that make the server fail: while it judges a change, or while it writes one down.
import { changeKinds } from '../../src/lib/domain/changes';
import { Foreseen } from './foreseen';
import { machine } from './machine/machine';

export interface Poison {
  where: 'judging' | 'writing';
  /** Texts carry the number of the step they were said in: every fifth is poisoned. */
  remainder: number;
}

let present: Poison | null = null;

export function setPoison(poison: Poison | null): void {
  present = poison;
}

export function isPoisoned(where: Poison['where'], text: string): boolean {
  if (present?.where !== where || machine().loop.current?.name !== 'server') return false;
  const { remainder } = present;
  return [...text.matchAll(/[第改] (\d+)/g)].some(([, number]) => Number(number) % 5 === remainder);
}

/** Once for the whole process. */
export function poisonJudging(): void {
  for (const kind of ['comment-added', 'issue-recorded', 'report-amended'] as const) {
    const changeKind = changeKinds[kind] as { apply: (facts: unknown, ...more: unknown[]) => unknown };
    const { apply } = changeKind;
    changeKind.apply = (facts, ...more) => {
      if (isPoisoned('judging', JSON.stringify(facts))) throw new Foreseen('poisoned');
      return apply(facts, ...more);
    };
  }
}
