import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { receiptedCount } from '../../src/lib/protocol/push';
import { startServer } from '../../tests/support/server';
import { queryStore } from '../../tests/support/town';
import { hireCrowd, Line as TabletLine, type Member } from '../crowd';
import { quantile, type Line } from '../line';
import { memoryOf } from '../process-memory';
import { issueBodies } from '../town-history';

/** 15,000 tablets in ten minutes are 25 a second. One of the ten minutes is played, at that rate. */
const minutes = 1;
const tabletsPerSecond = 25;
const changesEach = 30;
const workersPerCommunity = 50;
const tablets = minutes * 60 * tabletsPerSecond;

interface Shift {
  p99Seconds: number;
  lost: number;
  memory: number;
}

let playing: Promise<Shift> | undefined;
const shift = () => (playing ??= playShift());

async function playShift(): Promise<Shift> {
  const folder = mkdtempSync(join(tmpdir(), 'xunge-shift-'));
  const crowd = await hireCrowd(folder, {
    communities: tablets / workersPerCommunity,
    workers: workersPerCommunity
  });
  const server = await startServer({ dataFolder: folder });
  try {
    const seconds: number[] = [];
    const receipted: number[] = [];
    const comeHome = async (worker: Member, index: number) => {
      const bodies = issueBodies(changesEach, worker.account, worker.device, worker.area);
      await pause((index * 1000) / tabletsPerSecond);
      const line = new TabletLine(server.origin, worker);
      const started = performance.now();
      const { receipts } = await line.push(bodies);
      seconds.push((performance.now() - started) / 1000);
      receipted.push(receiptedCount(receipts.filter(({ status }) => status === 'accepted')));
      await line.pull();
      line.hangUp();
    };
    await Promise.all(shuffled(crowd.workers).map(comeHome));
    const [row] = queryStore<{ count: number }>(folder, 'SELECT count(*) AS count FROM change');
    const expected = tablets * changesEach;
    const told = receipted.reduce((sum, count) => sum + count, 0);
    const lost = Math.max(expected - row!.count, expected - told);
    return { p99Seconds: quantile(seconds, 0.99), lost, memory: memoryOf(server.pid()).most };
  } finally {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Whoever comes home when: the same in every run. */
function shuffled<Item>(items: readonly Item[]): Item[] {
  const place = (index: number) => (index * 7919) % items.length;
  return items.map((_, index) => items[place(index)]!);
}

const what = `shift end, ${tablets} tablets × ${changesEach} changes in ${minutes} min (a tenth of the crowd at its full rate)`;

export const shiftEnd: Line[] = [
  {
    id: 'V2',
    what: `${what}: 99 of 100 have their receipts within`,
    unit: 's',
    bar: 5,
    measure: async () => ({ value: (await shift()).p99Seconds })
  },
  {
    id: 'V2b',
    what: `${what}: changes without a receipt or not in the store`,
    unit: 'lost',
    bar: 0,
    measure: async () => ({ value: (await shift()).lost })
  },
  {
    id: 'V2c',
    what: `${what}: most memory of the server`,
    unit: 'MB',
    bar: 1024,
    measure: async () => ({ value: (await shift()).memory })
  }
];
