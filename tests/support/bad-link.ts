// A radio link between a tablet and the server that is thin, far, lossy, and cut again and again. It counts what crosses it.
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { readRequests, type Request } from './http-reader';
import { freePort } from './server';
import type { InFront } from './use-fresh-town';

export interface Conditions {
  bitsPerSecond: number;
  roundTripMs: number;
  /** So often every connection is destroyed. */
  cutEveryMs?: number;
  /** Of so many packets one is lost and sent again; where it is lost three times, the connection is cut. */
  lossShare?: number;
}

export interface BadLink extends InFront {
  /** From now on. Null: a good one. */
  conditions: Conditions | null;
  /** Connections that were destroyed while something was under way on them. */
  cuts: number;
  /** What crossed the link towards the server, oldest first; also what never arrived whole. */
  requests: Request[];
}

const packetBytes = 1400;
const resendAfterMs = 100;
const triesPerPacket = 3;

export async function openBadLink(): Promise<BadLink> {
  const pairs = new Set<Pair>();
  const lanes = { up: new Lane(), down: new Lane() };
  const chance = seededChance(20_261_120);
  const server = createServer((tablet) => {
    const pair = new Pair(tablet, connect(link.port, '127.0.0.1'));
    pairs.add(pair);
    pair.closed.then(
      () => pairs.delete(pair),
      () => {}
    );
    const reader = readRequests(link.requests);
    const carry = (from: Socket, to: Socket, lane: Lane, onCrossed: (bytes: Buffer) => void) =>
      void carryOver(from, to, { lane, pair, link, chance, onCrossed });
    carry(tablet, pair.office, lanes.up, reader);
    carry(pair.office, tablet, lanes.down, () => {});
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');

  let lastCutMs = Date.now();
  const timer = setInterval(() => {
    const every = link.conditions?.cutEveryMs;
    if (!every || Date.now() - lastCutMs < every) return;
    lastCutMs = Date.now();
    for (const pair of pairs) pair.cut(link);
  }, 20);

  const link: BadLink = {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    port: await freePort(),
    conditions: null,
    cuts: 0,
    requests: [],
    close: async () => {
      clearInterval(timer);
      for (const pair of pairs) pair.destroy();
      server.close();
      await once(server, 'close');
    }
  };
  return link;
}

/** A tablet's connection and the one it continues in. */
class Pair {
  readonly tablet: Socket;
  readonly office: Socket;
  readonly closed: Promise<unknown>;
  /** Packets that are on their way. */
  underWay = 0;
  isCut = false;

  constructor(tablet: Socket, office: Socket) {
    [this.tablet, this.office] = [tablet, office];
    for (const socket of [tablet, office]) {
      socket.setNoDelay(true);
      socket.on('error', () => this.destroy());
      // Whoever has said all it had to say is done; what it said is still on its way.
      socket.on('close', (hadError) => (hadError || !socket.readableEnded) && this.destroy());
    }
    this.closed = once(tablet, 'close').catch(() => {});
  }

  cut(link: BadLink): void {
    if (this.tablet.destroyed) return;
    if (this.underWay) link.cuts++;
    this.isCut = true;
    this.tablet.resetAndDestroy();
    this.office.resetAndDestroy();
  }

  destroy(): void {
    this.isCut = true;
    this.tablet.destroy();
    this.office.destroy();
  }
}

/** One direction of the link, shared by all connections as the air is. */
class Lane {
  #freeAtMs = 0;

  /** Resolves when so many bytes have had their turn. */
  async take(bytes: number, bitsPerSecond: number): Promise<void> {
    const now = performance.now();
    this.#freeAtMs = Math.max(now, this.#freeAtMs) + (bytes * 8000) / bitsPerSecond;
    // Timers are too coarse for a single packet.
    if (this.#freeAtMs - now > 5) await pause(this.#freeAtMs - now);
  }
}

interface Way {
  lane: Lane;
  pair: Pair;
  link: BadLink;
  chance: () => number;
  onCrossed: (bytes: Buffer) => void;
}

async function carryOver(from: Socket, to: Socket, way: Way): Promise<void> {
  let arrived: Promise<unknown> = Promise.resolve();
  try {
    for await (const bytes of from as AsyncIterable<Buffer>)
      for (let start = 0; start < bytes.length; start += packetBytes) {
        const packet = bytes.subarray(start, start + packetBytes);
        way.pair.underWay++;
        if (!(await crossAir(packet, way)) || way.pair.isCut) return;
        arrived = Promise.all([arrived, pause((way.link.conditions?.roundTripMs ?? 0) / 2)]).then(() => {
          way.pair.underWay--;
          if (to.destroyed) return;
          way.onCrossed(packet);
          to.write(packet);
        });
      }
    await arrived;
    to.end();
  } catch {
    way.pair.destroy();
  }
}

/** False where the packet was lost so often that the connection is given up. */
async function crossAir(packet: Buffer, { lane, link, pair, chance }: Way): Promise<boolean> {
  for (let tries = 0; tries < triesPerPacket; tries++) {
    const { conditions } = link;
    if (!conditions) return true;
    await lane.take(packet.length, conditions.bitsPerSecond);
    if (chance() >= (conditions.lossShare ?? 0)) return true;
    await pause(resendAfterMs);
  }
  pair.cut(link);
  return false;
}

/** Mulberry32: the same losses in every run. */
function seededChance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
