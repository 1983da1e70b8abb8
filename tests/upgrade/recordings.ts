// The recordings, and a world made of one: today's office on the recorded store, today's tablet on the recorded database.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { vi } from 'vitest';
import type { AccountId, DeviceId } from '../../src/lib/domain/ids';
import { listGrants } from '../../src/lib/server/records/accounts';
import { closeStore, openStore, type Store } from '../../src/lib/server/store';
import type { Session } from '../../src/lib/server/session';
import { sessionOf } from '../support/desk';
import type { FrozenSchema } from './frozen-schema';
import type { Message } from './message';
import { layDownOffice } from './office-recording';
import { openTablet } from './staff';
import { layDown, linesToTablet, type RecordedTablet } from './tablet-recording';
import { makeWeather } from './weather';

const folder = join(import.meta.dirname, 'recordings');
export const versions = readdirSync(folder)
  .map((name) => Number(name.slice(1)))
  .sort((a, b) => a - b);

export const tabletNames = ['li', 'wang'] as const;
export type TabletName = (typeof tabletNames)[number];

/** The last of what was recorded is older than this, and nothing of it is older than a fortnight. */
const dayAfter = Date.parse('2026-11-21T03:00:00.000Z');

export function readRecording(version: number) {
  const text = (name: string) => readFileSync(join(folder, `v${version}`, name), 'utf8');
  const tablet = (name: TabletName) => linesToTablet(text(`tablet-${name}.ndjson`));
  const json = (name: string): unknown => JSON.parse(text(name));
  const lines = text('messages.ndjson').trimEnd().split('\n');
  return {
    tablets: { li: tablet('li'), wang: tablet('wang') },
    messages: lines.map((line) => JSON.parse(line) as Message),
    schemas: json('schemas.json') as Record<string, FrozenSchema>,
    kinds: json('kinds.json') as string[],
    files: json('office-files.json') as Record<string, string>,
    schema: text('schema.sql'),
    office: text('office.sql'),
    backup: text('backup.sql')
  };
}

export type Recording = ReturnType<typeof readRecording>;

export function rowsOf<Row>({ stores }: RecordedTablet, name: string): Row[] {
  return (stores.find((store) => store.name === name)?.rows ?? []) as Row[];
}

/** Today's server on the store as the old one left it, or on its backup of the first evening. A day has passed. */
export async function openRecordedOffice(recording: Recording, rows: 'office' | 'backup' = 'office') {
  vi.setSystemTime(dayAfter);
  const place = mkdtempSync(join(tmpdir(), 'xunge-replay-'));
  const files = rows === 'office' ? recording.files : {};
  layDownOffice(place, recording.schema + recording[rows], files);
  const store = await openStore(place);
  const sessions = await loadSessions(store);
  const weather = makeWeather(store, sessions);
  return {
    store,
    place,
    sessions,
    weather,
    sessionOf: (tablet: RecordedTablet) => sessions.get(tablet.account)!,
    /** Today's app on the database as the old one left it. */
    openTablet: async (tablet: RecordedTablet) => {
      await layDown(tablet);
      const account = tablet.account as AccountId;
      const person = { account, name: tablet.name, grants: sessions.get(account)!.grants };
      return openTablet(store, person, tablet.device as DeviceId);
    },
    close: async () => {
      vi.useRealTimers();
      await closeStore(store);
      rmSync(place, { recursive: true });
    }
  };
}

export type RecordedOffice = Awaited<ReturnType<typeof openRecordedOffice>>;

async function loadSessions(store: Store): Promise<Map<string, Session>> {
  const accounts = await store.connection.selectFrom('account').select(['id', 'name']).execute();
  const sessions = accounts.map(async ({ id, name }) => {
    const account = id as AccountId;
    return [id, sessionOf({ account, name, grants: await listGrants(store, account) })] as const;
  });
  return new Map(await Promise.all(sessions));
}
