import 'fake-indexeddb/auto';
import { v7 as uuidV7 } from 'uuid';
import type { z } from 'zod/mini';
import type { Author } from '../../src/lib/data/author';
import { TabletDatabase } from '../../src/lib/data/database';
import { newDraft } from '../../src/lib/data/drafts';
import type { Draft } from '../../src/lib/data/draft';
import { recordReport } from '../../src/lib/data/reports';
import { saveSetting } from '../../src/lib/data/settings';
import type { Actor } from '../../src/lib/domain/grant';
import type { DeviceId } from '../../src/lib/domain/ids';
import { HandedBack, type HandBackHead } from '../../src/lib/protocol/hand-back';
import type { PushHead } from '../../src/lib/protocol/push';
import type { PullRequest } from '../../src/lib/protocol/pull';
import { protocolVersion } from '../../src/lib/protocol/version';
import { rulesOf } from '../../src/lib/domain/reference';
import { listCommunities, syncingAreas } from '../../src/lib/server/records/accounts';
import { loadReference } from '../../src/lib/server/records/reference';
import { receive } from '../../src/lib/server/receive';
import { aheadOf, hasLost, listHeads } from '../../src/lib/server/restored';
import { pull } from '../../src/lib/server/serve';
import { takeBack } from '../../src/lib/server/take-back';
import type { Store } from '../../src/lib/server/store';
import type { SyncContext } from '../../src/lib/sync/context';
import { firstWindow } from '../../src/lib/sync/plan';
import { synchronize } from '../../src/lib/sync/synchronize';
import type { Answer, Transport } from '../../src/lib/sync/transport';
import { community } from './office';
import { storeKey } from './store-key';

/** What the network does to one request: let it through, lose it on the way, or lose the answer; or the server fails. */
export type Weather = () => 'fair' | 'lost' | 'answer-lost' | 'fault';

export interface Link {
  weather: Weather;
  /** What the office makes of a change's bytes: a newer tablet's, for instance, it cannot read. */
  rewrite: (line: string) => string;
  pageSize?: number;
}

/** A tablet with a real Dexie store, joined to the real `receive` and `pull` by a network that a test commands. */
export async function openTablet(
  store: Store,
  person: Actor & { name: string },
  now: () => number,
  // fake-indexeddb is one for the whole process: a second tablet of one person needs a name of its own.
  databaseName = person.account
) {
  const database = new TabletDatabase(databaseName, storeKey);
  const device = uuidV7() as DeviceId;
  const rules = rulesOf((await loadReference(store, community))!);
  const author: Author = {
    database,
    account: person.account,
    name: person.name,
    device,
    deviceMark: '',
    community,
    rulesOf: () => rules
  };
  const link: Link = { weather: () => 'fair', rewrite: (line) => line };
  const context: SyncContext = {
    author,
    communities: [community],
    transport: directTransport(store, person, device, now, link),
    now,
    random: () => 0.5
  };
  return {
    author,
    database,
    link,
    context,
    at: () => new Date(now()).toISOString(),
    sync: () => synchronize(context, firstWindow),
    save: async (draft: Partial<Draft>, ownerGridCode: string) => {
      const at = new Date(now()).toISOString();
      const whole = { ...newDraft(draft.kind ?? 'issue', at), ...draft };
      const saved = await recordReport(author, whole, ownerGridCode, at);
      // As when the ten seconds are over.
      await saveSetting(database, 'heldBack', null);
      return saved;
    }
  };
}

function directTransport(
  store: Store,
  actor: Actor,
  device: DeviceId,
  now: () => number,
  link: Link
): Transport {
  const away = { status: 'away' } as const;
  const ask = async <Schema extends z.ZodMiniType>(
    schema: Schema,
    work: () => Promise<unknown>
  ): Promise<Answer<z.infer<Schema>>> => {
    const weather = link.weather();
    if (weather === 'lost') return away;
    if (weather === 'fault') return { status: 'fault' };
    // Through JSON and the schema, as on the wire.
    const value = schema.parse(JSON.parse(JSON.stringify(await work())));
    return weather === 'answer-lost' ? away : { status: 'answered', value };
  };
  const instant = () => new Date(now()).toISOString();
  const notGranted = { status: 'refused', code: 'not-granted' } as const;
  const takesPart = async (code: string) =>
    (await listCommunities(store, syncingAreas(actor.grants, instant()))).some((one) => one.code === code);
  return {
    postLines: async (path, text, schema) => {
      const [first = '', ...changes] = text.split('\n');
      const head = JSON.parse(first) as PushHead & HandBackHead;
      if (path.endsWith('/hand-back') && !(await takesPart(head.community))) return notGranted;
      const restored = { status: 'refused', code: 'store-restored' } as const;
      if (path.endsWith('/hand-back')) {
        if (head.epoch !== store.epoch) return restored;
        return ask(schema, async () => {
          const lines = changes.map((line) => HandedBack.parse(JSON.parse(line)));
          const results = await takeBack(store, { actor, device }, head.community, lines, instant());
          return { protocol: protocolVersion, results, ahead: await aheadOf(store, head.community) };
        });
      }
      if (await hasLost(store, head.cursors, instant())) return restored;
      return ask(schema, async () => {
        const receipts = await receive(store, { actor, device }, changes.map(link.rewrite), instant());
        const ahead = await listHeads(store, actor.grants, instant());
        return { protocol: protocolVersion, receivedAt: instant(), ahead, receipts };
      });
    },
    postJson: async (_path, body, schema) => {
      const { community: code } = body as PullRequest;
      if (!(await takesPart(code))) return notGranted;
      return ask(schema, async () => {
        return pull(store, actor, body as PullRequest, instant(), link.pageSize);
      });
    },
    getJson: (path, schema) =>
      ask(schema, () => loadReference(store, new URL(path, 'http://office').searchParams.get('community')!)),
    postForm: () => Promise.resolve(away),
    raw: () => Promise.resolve(null)
  };
}
