// Makes a recording of the protocol version this build speaks, for the replays beside it. Once per version, when it is
// released (docs/recipes/release-a-protocol.md):
//   npx vitest run --config tests/upgrade/record.config.ts
// writes tests/upgrade/recordings/v<version>/. For a version from before this file, copy tests/upgrade into a check-out of
// it and run it there. Ids, keys and times are the same each time. A released recording is never made anew.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import * as z from 'zod/mini';
import { changeKinds } from '../../src/lib/domain/changes';
import { Reference } from '../../src/lib/domain/reference';
import { protocolVersion } from '../../src/lib/protocol/version';
import type { Session } from '../../src/lib/server/session';
import { closeStore, openStore } from '../../src/lib/server/store';
import { sessionOf } from '../support/desk';
import { recordedOn } from './fixed-world';
import { filesOf, officeToSql } from './office-recording';
import { openTablet } from './staff';
import { badDay, goodDay, newerTablet, offline } from './story';
import { readStores, tabletToLines } from './tablet-recording';
import { settle } from './town';
import { makeWeather } from './weather';

/** What the tablet asks of the answer to its thumbnails; in no room of the protocol. */
const ThumbnailReply = z.object({ stored: z.array(z.string()) });

const protocol = import.meta.glob<Record<string, z.ZodMiniType>>('../../src/lib/protocol/*.ts', {
  eager: true
});

test('a recording', async () => {
  vi.setSystemTime(recordedOn);
  const office = mkdtempSync(join(tmpdir(), 'xunge-recorded-'));
  const folder = join(import.meta.dirname, 'recordings', `v${protocolVersion}`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const write = (name: string, text: string) => writeFileSync(join(folder, name), text);

  const store = await openStore(office);
  const { unit, zhang, ...people } = await settle(store);
  write('backup.sql', officeToSql(office).rows);
  const sessions = new Map<string, Session>();
  for (const person of Object.values(people)) sessions.set(person.account, sessionOf(person));
  const weather = makeWeather(store, sessions);
  const [li, chen, wang, zhou] = await Promise.all(
    [people.li, people.chen, people.wang, people.zhou].map((person) => openTablet(store, person))
  );
  const cast = { store, unit, zhang, weather, li: li!, chen: chen!, wang: wang!, zhou: zhou! };

  const known = await goodDay(cast);
  await badDay(cast);
  await offline(cast, known);
  await newerTablet(cast);

  for (const person of ['li', 'wang'] as const) {
    const { author, database } = cast[person];
    database.close();
    const { account, device, name } = author;
    const recorded = { account, device, name, ...(await readStores(database.name)) };
    write(`tablet-${person}.ndjson`, tabletToLines(recorded));
  }
  await closeStore(store);
  const { schema, rows } = officeToSql(office);
  write('schema.sql', schema);
  write('office.sql', rows);
  write('office-files.json', entryALine(filesOf(office)));
  write('messages.ndjson', weather.messages.map((message) => `${JSON.stringify(message)}\n`).join(''));
  write('schemas.json', entryALine(schemas()));
  write('kinds.json', JSON.stringify(Object.keys(changeKinds)));
  rmSync(office, { recursive: true });
  expect(weather.messages.length).toBeGreaterThan(0);
});

function entryALine(value: Record<string, unknown>): string {
  const lines = Object.entries(value).map(([key, part]) => `${JSON.stringify(key)}:${JSON.stringify(part)}`);
  return `{\n${lines.join(',\n')}\n}\n`;
}

/** What this build takes for an answer: all that the protocol calls a reply. */
function schemas(): Record<string, unknown> {
  const replies = Object.values(protocol)
    .flatMap((module) => Object.entries(module))
    .filter(([name]) => name.endsWith('Reply'));
  const all = { ...Object.fromEntries(replies), ThumbnailReply, Reference };
  const { Problem } = protocol['../../src/lib/protocol/problem.ts']!;
  return Object.fromEntries(
    Object.entries({ ...all, Problem: Problem! }).map(([name, schema]) => [
      name,
      z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' })
    ])
  );
}
