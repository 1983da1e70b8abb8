// Proves that the arrow rule in eslint.config.js bites: a rule that nobody ever saw fail may well be switched off.
import { ESLint } from 'eslint';
import path from 'node:path';
import { describe, expect, test } from 'vitest';

const projectRoot = path.join(import.meta.dirname, '..');
const judged = ['xunge/arrow', 'no-restricted-globals', 'no-restricted-properties', 'no-restricted-syntax'];
const eslint = new ESLint({
  cwd: projectRoot,
  ruleFilter: ({ ruleId }) => judged.includes(ruleId),
  // The files named below do not exist, so no TypeScript project knows them.
  overrideConfig: { languageOptions: { parserOptions: { projectService: false } } }
});

/** Lints one line as if it stood in `file` of src/. */
async function objections(file: string, line: string): Promise<string[]> {
  const code = file.endsWith('.svelte') ? `<script lang="ts">\n${line}\n</script>\n` : `${line}\n`;
  const [result] = await eslint.lintText(code, { filePath: path.join(projectRoot, 'src', file) });
  return (result?.messages ?? []).map(({ ruleId, message }) => ruleId ?? message);
}

describe('forbidden imports', () => {
  test.each([
    ['lib/domain/issue.ts', "import Dexie from 'dexie';"],
    ['lib/domain/issue.ts', "import { page } from '$app/state';"],
    ['lib/domain/changes/issue-recorded.ts', "import { words } from '../../messages/issue';"],
    ['lib/geo/point-in-border.ts', "import type { Push } from '$lib/protocol/push';"],
    ['lib/protocol/push.ts', "export * from '../data/outbox';"],
    ['lib/data/issues.ts', "import { receive } from '$lib/server/receive';"],
    ['lib/messages/issue.ts', "import { point } from '../geo/point';"],
    ['lib/device/camera.ts', "import Dexie from 'dexie';"],
    ['lib/sync/synchronize.ts', "import { words } from '$lib/messages/sync';"],
    ['lib/sync/push.ts', "const receive = await import('../server/receive');"],
    ['lib/ui/issue/IssueCard.svelte', "import { loadIssue } from '$lib/data/issues';"],
    ['lib/ui/issue/IssueCard.svelte', "import { push } from '../../sync/push';"],
    ['lib/ui/issue/IssueCard.svelte', "import L from 'leaflet';"],
    ['lib/ui/issue/IssueCard.svelte', "import 'leaflet/dist/leaflet.css';"],
    ['lib/server/receive.ts', "import { outbox } from '../data/outbox';"],
    ['lib/server/receive.ts', "import { words } from '$lib/messages/issue';"],
    ['lib/server/receive.ts', "import Card from '../../routes/(office)/office/Card.svelte';"],
    ['lib/a-new-room/thing.ts', "import { Issue } from '$lib/domain/issue';"],
    ['routes/(field)/waiting/+page.svelte', "import { receive } from '$lib/server/receive';"],
    ['routes/(field)/waiting/+page.ts', "import { DatabaseSync } from 'node:sqlite';"],
    ['routes/(office)/office/+page.svelte', "import { outbox } from '../../../lib/data/outbox';"],
    ['routes/(office)/office/+page.server.ts', "import { sql } from 'kysely';"],
    ['routes/api/sync/push/+server.ts', "import { synchronize } from '$lib/sync/synchronize';"],
    ['service-worker/index.ts', "import { outbox } from '$lib/data/outbox';"]
  ])('%s: %s', async (file, line) => {
    expect(await objections(file, line)).toEqual(['xunge/arrow']);
  });
});

describe('lawful imports', () => {
  test.each([
    [
      'lib/domain/changes/issue-recorded.ts',
      "import * as z from 'zod/mini'; import { Place } from '../place';"
    ],
    ['lib/domain/issue.test.ts', "import fc from 'fast-check'; import { Issue } from './issue';"],
    ['lib/geo/grid-index.ts', "import Flatbush from 'flatbush'; import { Grid } from '$lib/domain/grid';"],
    ['lib/data/database.ts', "import Dexie from 'dexie'; import { Issue } from '../domain/issue';"],
    [
      'lib/sync/push.ts',
      "import { outbox } from '$lib/data/outbox'; import { Push } from '../protocol/push';"
    ],
    ['lib/ui/issue/IssueCard.svelte', "import Badge from '../sync/Badge.svelte';"], // ui/sync, not the room sync
    ['lib/ui/map/GridMap.svelte', "import L from 'leaflet'; import { words } from '$lib/messages/map';"],
    ['lib/server/database/connect.ts', "import { sql } from 'kysely'; import 'node:sqlite';"],
    ['routes/(field)/waiting/+page.svelte', "import { synchronize } from '$lib/sync/synchronize';"],
    ['routes/(office)/office/+page.server.ts', "import { receive } from '$lib/server/receive';"],
    ['hooks.server.ts', "import { loadSession } from '$lib/server/session';"]
  ])('%s: %s', async (file, line) => {
    expect(await objections(file, line)).toEqual([]);
  });
});

describe('the domain is pure, the network has one door, every test runs', () => {
  test.each([
    ['lib/domain/issue.ts', 'Date.now();', 'no-restricted-properties'],
    ['lib/domain/issue.ts', 'new Date();', 'no-restricted-syntax'],
    ['lib/domain/issue.ts', 'Math.random();', 'no-restricted-properties'],
    ['lib/domain/issue.ts', "fetch('/');", 'no-restricted-globals'],
    ['lib/domain/issue.ts', 'crypto.randomUUID();', 'no-restricted-globals'],
    ['lib/domain/issue.ts', "new Date('2026-11-20T08:30:00.000Z');", undefined],
    ['lib/sync/push.ts', "fetch('/');", 'no-restricted-globals'],
    ['lib/sync/push.ts', "window.fetch('/');", 'no-restricted-properties'],
    ['lib/sync/transport.ts', "fetch('/');", undefined],
    ['lib/sync/push.test.ts', "test.only('one', () => undefined);", 'no-restricted-syntax']
  ])('%s: %s', async (file, line, rule) => {
    expect(await objections(file, line)).toEqual(rule ? [rule] : []);
  });
});
