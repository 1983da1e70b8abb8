import { acts } from './acts';
import { happenings } from './happenings';
import type { Random } from './machine/random';

/** One step of a world's plan. Each has draws of its own, so that it stays the same when others are left out. */
export interface Step {
  number: number;
  /** How long after the step before. A long one is a night in which all sleep. */
  gapMs: number;
  tablet: number;
  what: { act: string } | { happening: string };
}

const sleepMs = 3_600_000;

export const isNight = ({ gapMs }: Step): boolean => gapMs >= sleepMs;

export function planSteps(
  random: Random,
  count: number,
  tablets: number,
  enabled: ReadonlySet<string>
): Step[] {
  const actWeights = Object.fromEntries(Object.entries(acts).map(([name, { weight }]) => [name, weight]));
  const happeningWeights = Object.fromEntries(
    Object.entries(happenings).flatMap(([name, { weight }]) => (enabled.has(name) ? [[name, weight]] : []))
  );
  const hasHappenings = Object.keys(happeningWeights).length > 0;
  return Array.from({ length: count }, (_, number) => {
    const draw = random.fork(String(number));
    // Everybody has something to begin with.
    if (number < tablets)
      return { number, gapMs: draw.below(2_000), tablet: number, what: { act: 'records a report' } };
    const isHappening = hasHappenings && draw.below(100) < 38;
    return {
      number,
      gapMs: drawGap(draw),
      tablet: draw.below(tablets),
      what: isHappening ? { happening: draw.weighted(happeningWeights) } : { act: draw.weighted(actWeights) }
    };
  });
}

function drawGap(random: Random): number {
  switch (random.weighted({ atOnce: 30, soon: 25, seconds: 30, minutes: 10, night: 5 })) {
    case 'atOnce':
      return random.below(12);
    case 'soon':
      return random.below(250);
    case 'seconds':
      return random.between(300, 9_000);
    case 'minutes':
      return random.between(12_000, 70_000);
    case 'night':
      return random.between(1, 26) * sleepMs;
  }
}
