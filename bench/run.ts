// Measures what the project promises and prints one table with a verdict per line:
//   npm run bench                          everything (about ten minutes)
//   npm run bench -- --only U1,V1          some lines
//   npm run bench -- --json result.json    also as { lines: [{ id, value, bar, aim, holds, spread }] }
// A bench and no test: figures depend on the machine, so `npm test` asserts none of them. Keep the machine quiet meanwhile.
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { importWithVite } from '../scripts/import-with-vite.ts';
import { buildOnce } from '../tests/support/server.ts';
import type { Line } from './line';

type Result = Awaited<ReturnType<Line['measure']>> & Pick<Line, 'id' | 'bar' | 'aim'> & { holds: boolean };

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
    const measured = await line.measure();
    const { id, bar, aim } = line;
    const holds = line.atLeast ? measured.value >= bar : measured.value <= bar;
    results.push({ id, ...measured, bar, aim, holds });
    print(line, measured, holds);
  }
  if (values.json !== undefined) writeFileSync(values.json, JSON.stringify({ lines: results }, null, 2));
}

function print(line: Line, { value, spread }: Awaited<ReturnType<Line['measure']>>, holds: boolean): void {
  const figure = (number: number) => `${round(number)} ${line.unit}`;
  const range = spread ? ` (${round(spread[0])} to ${round(spread[1])})` : '';
  const bar = `${line.atLeast ? '≥' : '≤'} ${figure(line.bar)}`;
  // A bar inside the spread was neither kept nor missed.
  const isUndecided = spread !== undefined && spread[0] < line.bar && line.bar < spread[1];
  const verdict = isUndecided ? '? undecided' : holds ? '✓ holds' : '✗ missed';
  console.log(
    `${line.id.padEnd(4)} ${verdict.padEnd(12)} ${figure(value)}${range}, bar ${bar}: ${line.what}`
  );
}

const round = (value: number) => (value >= 100 ? Math.round(value) : Number(value.toPrecision(3)));

await main();
