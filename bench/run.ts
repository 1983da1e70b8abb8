// Measures what the project promises and prints one table with a verdict per line:
//   npm run bench                          everything (several hours: the peers' harness five times over)
//   npm run bench -- --only U1,V1          some lines
//   npm run bench -- --json result.json    also as { lines: [{ id, value, bar, aim, holds, spread }] }
// A bench and no test: figures depend on the machine, so `npm test` asserts none of them. Keep the machine quiet meanwhile.
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { importWithVite } from '../scripts/import-with-vite.ts';
import { buildOnce } from '../tests/support/server.ts';
import type { Line, Measured, NotMeasured } from './line';

type Result = Pick<Line, 'id' | 'bar' | 'aim'> &
  Partial<NotMeasured> & { value: number | null; spread?: Measured['spread']; holds: boolean };

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { only: { type: 'string' }, json: { type: 'string' } } });
  const { lines } = await importWithVite<{ lines: Line[] }>('bench/lines/index.ts');
  const wanted = values.only?.split(',');
  const unknown = wanted?.filter((id) => !lines.some((line) => line.id === id)) ?? [];
  if (unknown.length)
    throw new Error(
      `No such line: ${unknown.join(', ')}. There are ${lines.map(({ id }) => id).join(', ')}.`
    );
  await buildOnce();
  const results: Result[] = [];
  for (const line of lines.filter(({ id }) => !wanted || wanted.includes(id))) {
    const result = resultOf(line, await line.measure());
    results.push(result);
    print(line, result);
    // Every line at once: a run that is broken off has told what it knows.
    if (values.json !== undefined) writeFileSync(values.json, JSON.stringify({ lines: results }, null, 2));
  }
}

function resultOf({ id, bar, aim, atLeast }: Line, measured: Measured | NotMeasured): Result {
  if ('notMeasured' in measured) return { id, value: null, bar, aim, holds: false, ...measured };
  const holds = atLeast ? measured.value >= bar : measured.value <= bar;
  return { id, bar, aim, holds, ...measured };
}

function print(line: Line, { value, spread, holds, notMeasured }: Result): void {
  const figure = (number: number) => `${round(number)} ${line.unit}`;
  const range = spread ? ` (${round(spread[0])} to ${round(spread[1])})` : '';
  const sign = line.atLeast ? '≥' : '≤';
  const aim = line.aim === undefined ? '' : `, aim ${sign} ${figure(line.aim)}`;
  const bar = `bar ${sign} ${figure(line.bar)}${aim}`;
  // A bar inside the spread was neither kept nor missed.
  const isUndecided = spread !== undefined && spread[0] < line.bar && line.bar < spread[1];
  const verdict = isUndecided ? '? undecided' : holds ? '✓ holds' : '✗ missed';
  const said = value === null ? `– ${notMeasured}` : `${verdict.padEnd(12)} ${figure(value)}${range}, ${bar}`;
  console.log(`${line.id.padEnd(4)} ${said}: ${line.what}`);
}

const round = (value: number) => (value >= 100 ? Math.round(value) : Number(value.toPrecision(3)));

await main();
// A server or a browser that would not end keeps nobody waiting.
process.exit();
