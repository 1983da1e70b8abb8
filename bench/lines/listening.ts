import { mkdtempSync, rmSync } from 'node:fs';
import { get, type IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { startServer } from '../../tests/support/server';
import { hireCrowd, Line as TabletLine, type Member } from '../crowd';
import { summary, type Line, type Measured } from '../line';
import { memoryOf } from '../process-memory';
import { issueBodies } from '../town-history';

const desks = 200;
const tabletsPerDesk = 10;
const listeners = desks * (tabletsPerDesk + 1);
/** Changes that are made while all listen, each in another community. */
const changes = 40;

interface Heard {
  perListener: number;
  seen: Measured;
}

let listening: Promise<Heard> | undefined;
const heard = () => (listening ??= listen());

async function listen(): Promise<Heard> {
  const folder = mkdtempSync(join(tmpdir(), 'xunge-listening-'));
  const crowd = await hireCrowd(folder, { communities: desks, workers: tabletsPerDesk, officers: 1 });
  const server = await startServer({ dataFolder: folder });
  const all = [...crowd.workers, ...crowd.officers];
  const streams: IncomingMessage[] = [];
  try {
    await new TabletLine(server.origin, all[0]!).pull();
    await pause(2000);
    const before = memoryOf(server.pid()).now;
    const hints = new Map<Member, (() => void)[]>();
    for (let start = 0; start < all.length; start += 50)
      streams.push(
        ...(await Promise.all(
          all.slice(start, start + 50).map((member) =>
            openStream(server.origin, member, () =>
              hints
                .get(member)
                ?.splice(0)
                .forEach((tell) => tell())
            )
          )
        ))
      );
    await pause(2000);
    const perListener = ((memoryOf(server.pid()).now - before) * 1000) / listeners;
    const nextHint = (member: Member) =>
      new Promise<void>((resolve) => hints.set(member, [...(hints.get(member) ?? []), resolve]));
    const seconds: number[] = [];
    for (let index = 0; index < changes; index++)
      seconds.push(await untilSeen(server.origin, crowd, (index * desks) / changes, nextHint));
    return { perListener, seen: summary(seconds) };
  } finally {
    streams.forEach((stream) => stream.destroy());
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** From the moment a worker sends a change until its desk and nine other tablets have been told and have it. */
async function untilSeen(
  origin: string,
  crowd: { workers: Member[]; officers: Member[] },
  community: number,
  nextHint: (member: Member) => Promise<void>
): Promise<number> {
  const officer = crowd.officers[community]!;
  const [author, ...others] = crowd.workers.filter((one) => one.community === officer.community);
  const told = [officer, ...others].map(async (member) => {
    await nextHint(member);
    const line = new TabletLine(origin, member);
    const { rows } = await line.pull();
    line.hangUp();
    if (member === officer && !rows.length) throw new Error('the desk was told of a change it cannot see');
  });
  const line = new TabletLine(origin, author!);
  const started = performance.now();
  await line.push(issueBodies(1, author!.account, author!.device, author!.area));
  line.hangUp();
  await Promise.all(told);
  return (performance.now() - started) / 1000;
}

function openStream(origin: string, { cookie }: Member, onHint: () => void): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const asked = get(`${origin}/api/live`, { headers: { cookie }, agent: false }, (response) => {
      response.on('data', (piece: Buffer) => {
        if (piece.includes('data: ')) onHint();
      });
      // Ended by us, or by the server when it stops.
      response.on('error', () => undefined);
      resolve(response);
    });
    asked.on('error', reject);
  });
}

const what = `${desks} desks and ${desks * tabletsPerDesk} tablets listening`;

export const listeningLines: Line[] = [
  {
    id: 'V4',
    what: `${what}: memory of each`,
    unit: 'kB',
    bar: 64,
    measure: async () => ({ value: (await heard()).perListener })
  },
  {
    id: 'V4b',
    what: `${what}: a change is at its desk and the tablets of its community`,
    unit: 's',
    bar: 1,
    measure: async () => (await heard()).seen
  }
];
