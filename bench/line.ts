/** One promise of the project in figures. */
export interface Line {
  /** As the table of bars names it, with a letter where one bar needs several figures. */
  id: string;
  what: string;
  unit: 'ms' | 's' | 'kB' | 'taps' | '×' | '%' | 'lost' | 'MB' | 'requests' | 'answers';
  bar: number;
  aim?: number;
  /** The bar is a floor; without it a ceiling. */
  atLeast?: true;
  measure(): Promise<Measured | NotMeasured>;
}

export interface Measured {
  /** The median where it was measured several times. */
  value: number;
  /** Smallest and largest. */
  spread?: [number, number];
}

/** What it needs is not here: said, and never taken for kept. */
export interface NotMeasured {
  notMeasured: string;
}

/** Runs `measure` so often, one after the other. */
export async function repeat(times: number, measure: (round: number) => Promise<number>): Promise<Measured> {
  const values: number[] = [];
  for (let round = 0; round < times; round++) values.push(await measure(round));
  return summary(values);
}

export function summary(values: readonly number[]): Measured {
  const sorted = [...values].sort((a, b) => a - b);
  const value = sorted[Math.floor(sorted.length / 2)]!;
  return sorted.length > 1 ? { value, spread: [sorted[0]!, sorted.at(-1)!] } : { value };
}

/** The value below which so great a part of the others lies. */
export function quantile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))]!;
}
