/**
 * How much of what a record says of people is made illegible: `contacts` whom somebody spoke to, what was promised and
 * said, and voices; `words` all that was written as well. Pictures, positions, states and times stay.
 */
export const blankings = ['contacts', 'words'] as const;
export type Blanking = (typeof blankings)[number];

export const blankReasons = ['retention', 'request', 'withdrawal'] as const;

/** Stands where something was, as on paper. */
export const blank = '███';

/** What was blanked, and the version from which on its readers have seen that. */
export interface Blanked {
  what: Blanking;
  from: number;
}

const generation = 10_000;

/**
 * The version after a blanking. No tablet can have so many unsent changes on a record: what claims an earlier version was
 * written by somebody who still had the words before them.
 */
export function nextGeneration(version: number): number {
  return (Math.floor(version / generation) + 1) * generation;
}

export const blankText = (text: string): string => text && blank;

/** The answers that somebody wrote; the questions stay, and so do numbers. */
export function blankAnswers<Answers extends object>(answers: Answers): Answers {
  return Object.fromEntries(
    Object.entries(answers).map(([key, answer]) => [
      key,
      typeof answer === 'string' ? blankText(answer) : answer
    ])
  ) as Answers;
}

/** Where a thing lies stays; which door somebody lives behind goes. */
export function blankPlace<Where extends object>(place: Where): Where {
  return Object.fromEntries(
    Object.entries(place).filter(([field]) => !['stairwell', 'floor', 'words'].includes(field))
  ) as Where;
}
