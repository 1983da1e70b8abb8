// Many workers of many communities, each with a session, and how their tablets speak to the office without a browser.
import { randomBytes } from 'node:crypto';
import { Agent, request, type IncomingHttpHeaders } from 'node:http';
import { promisify } from 'node:util';
import { brotliDecompress, gunzip, gzip } from 'node:zlib';
import { v7 as uuidV7 } from 'uuid';
import type { Role } from '../src/lib/domain/grant';
import type { AccountId, DeviceId } from '../src/lib/domain/ids';
import { PushReply, pushBody } from '../src/lib/protocol/push';
import { protocolVersion } from '../src/lib/protocol/version';
import { sha256Hex } from '../src/lib/server/seal';
import { sessionCookie } from '../src/lib/server/session';
import { closeStore, openStore } from '../src/lib/server/store';

export interface Member {
  account: AccountId;
  device: DeviceId;
  community: string;
  /** The grid of a worker; the whole community for its officer. */
  area: string;
  cookie: string;
}

const street = '510108011';
export const communityAt = (index: number) => street + String(100 + index).padStart(3, '0');

/** Founds communities with so many workers, a grid each, and officers. Nobody has a password. */
export async function hireCrowd(
  folder: string,
  { communities, workers, officers = 0 }: { communities: number; workers: number; officers?: number }
): Promise<{ workers: Member[]; officers: Member[] }> {
  const crowd = { workers: [] as Member[], officers: [] as Member[] };
  const tokens = new Map<Member, string>();
  const codes = Array.from({ length: communities }, (_, index) => communityAt(index));
  const join = (community: string, area: string): Member => {
    const token = randomBytes(32).toString('base64url');
    const cookie = `${sessionCookie}=${token}`;
    const member = { account: uuidV7() as AccountId, device: uuidV7() as DeviceId, community, area, cookie };
    tokens.set(member, token);
    return member;
  };
  for (const code of codes) {
    for (let index = 0; index < workers; index++)
      crowd.workers.push(join(code, code + String(index + 1).padStart(3, '0')));
    for (let index = 0; index < officers; index++) crowd.officers.push(join(code, code));
  }
  await saveCrowd(folder, codes, crowd, tokens);
  return crowd;
}

async function saveCrowd(
  folder: string,
  codes: string[],
  crowd: { workers: Member[]; officers: Member[] },
  tokens: ReadonlyMap<Member, string>
): Promise<void> {
  const store = await openStore(folder);
  const now = new Date().toISOString();
  const later = new Date(Date.now() + 86_400_000).toISOString();
  const roleOf = (member: Member): Role =>
    member.area === member.community ? 'communityOfficer' : 'gridWorker';
  await store.connection.transaction().execute(async (transaction) => {
    for (const code of codes)
      await transaction
        .insertInto('community')
        .values({ code, name: `第 ${code} 社区`, head: 0, is_demo: 0 })
        .execute();
    for (const member of [...crowd.workers, ...crowd.officers]) {
      const { account, device, area } = member;
      await transaction
        .insertInto('account')
        .values({
          id: account,
          login: account,
          name: '李平',
          password_hash: '-',
          disabled_at: null,
          created_at: now
        })
        .execute();
      await transaction
        .insertInto('account_grant')
        .values({
          id: uuidV7(),
          account,
          role: roleOf(member),
          area,
          unit: null,
          valid_from: null,
          valid_to: null
        })
        .execute();
      await transaction
        .insertInto('session')
        .values({
          token_hash: sha256Hex(tokens.get(member)!),
          account,
          device,
          created_at: now,
          expires_at: later,
          revoked_at: null
        })
        .execute();
    }
  });
  await closeStore(store);
}

export interface Answered {
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

const inflate = { gzip: promisify(gunzip), br: promisify(brotliDecompress) };
const deflate = promisify(gzip);

/** A tablet's line to the office: one connection, kept while it is needed. Rejects where it is cut. */
export class Line {
  readonly #origin: string;
  readonly #member: Member;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 1 });

  constructor(origin: string, member: Member) {
    this.#origin = origin;
    this.#member = member;
  }

  ask(
    method: string,
    path: string,
    headers: Record<string, string> = {},
    body?: Uint8Array
  ): Promise<Answered> {
    const own = { cookie: this.#member.cookie, origin: this.#origin, 'accept-encoding': 'gzip, br' };
    return new Promise((resolve, reject) => {
      const asked = request(
        this.#origin + path,
        { method, agent: this.#agent, headers: { ...own, ...headers } },
        (response) => {
          const pieces: Buffer[] = [];
          response.on('data', (piece: Buffer) => pieces.push(piece));
          response.on('error', reject);
          response.on('end', () => {
            const { statusCode: status = 0, headers } = response;
            resolve({ status, headers, body: Buffer.concat(pieces) });
          });
        }
      );
      asked.on('error', reject);
      asked.end(body);
    });
  }

  async push(bodies: readonly string[]): Promise<PushReply> {
    const { account, device } = this.#member;
    const text = pushBody({ protocol: protocolVersion, account, device }, bodies);
    const headers = { 'content-type': 'application/x-ndjson', 'content-encoding': 'gzip' };
    return PushReply.parse(await this.#json('/api/sync/push', headers, await deflate(text)));
  }

  pull(cursor?: { epoch: string; sequence: number }) {
    const { account, device, community } = this.#member;
    const text = JSON.stringify({ protocol: protocolVersion, account, device, community, cursor });
    return this.#json(
      '/api/sync/pull',
      { 'content-type': 'application/json' },
      Buffer.from(text)
    ) as Promise<{
      rows: object[];
      cursor: { epoch: string; sequence: number };
    }>;
  }

  async #json(path: string, headers: Record<string, string>, body: Uint8Array): Promise<unknown> {
    const answer = await this.ask('POST', path, headers, body);
    const encoding = answer.headers['content-encoding'] as keyof typeof inflate | undefined;
    const text = (encoding ? await inflate[encoding](answer.body) : answer.body).toString();
    if (answer.status !== 200) throw new Error(`${path}: ${answer.status} ${text.slice(0, 200)}`);
    return JSON.parse(text);
  }

  hangUp(): void {
    this.#agent.destroy();
  }
}
