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
import type { PullRequest } from '../../src/lib/protocol/pull';
import { protocolVersion } from '../../src/lib/protocol/version';
import { rulesOf } from '../../src/lib/domain/reference';
import { loadReference } from '../../src/lib/server/records/reference';
import { receive } from '../../src/lib/server/receive';
import { pull } from '../../src/lib/server/serve';
import type { Store } from '../../src/lib/server/store';
import type { SyncContext } from '../../src/lib/sync/context';
import { firstWindow } from '../../src/lib/sync/plan';
import { synchronize } from '../../src/lib/sync/synchronize';
import type { Answer, Transport } from '../../src/lib/sync/transport';
import { community } from './office';

/** What the network does to one request: let it through, lose it on the way, or lose the answer; or the server fails. */
export type Weather = () => 'fair' | 'lost' | 'answer-lost' | 'fault';

export interface Link {
  weather: Weather;
  /** What the office makes of a change's bytes: a newer tablet's, for instance, it cannot read. */
  rewrite: (line: string) => string;
  pageSize?: number;
}

/** A tablet with a real Dexie store, joined to the real `receive` and `pull` by a network that a test commands. */
export async function openTablet(store: Store, person: Actor & { name: string }, now: () => number) {
  const database = new TabletDatabase(person.account);
  // fake-indexeddb is one for the whole process: a second tablet of one person needs a name of its own.
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
  return {
    postLines: (_path, text, schema) =>
      ask(schema, async () => {
        const [, ...changes] = text.split('\n');
        const receipts = await receive(store, { actor, device }, changes.map(link.rewrite), instant());
        return { protocol: protocolVersion, receivedAt: instant(), receipts };
      }),
    postJson: (_path, body, schema) =>
      ask(schema, async () => {
        const { cursor, community: code, ownSince } = body as PullRequest;
        return pull(store, actor, device, code, cursor, instant(), link.pageSize, ownSince);
      }),
    getJson: (path, schema) =>
      ask(schema, () => loadReference(store, new URL(path, 'http://office').searchParams.get('community')!)),
    postForm: () => Promise.resolve(away),
    raw: () => Promise.resolve(null)
  };
}
