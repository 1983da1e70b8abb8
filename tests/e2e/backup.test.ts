// Backups as an operator makes them: by the command, beside a built server that is being written to, killed at bad moments.
import { execFile, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, watch } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { v7 as uuidV7 } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { PhotoId, RecordId, Sha256 } from '../../src/lib/domain/ids';
import { protocolVersion } from '../../src/lib/protocol/version';
import { changeOf, issueFacts, newId, photoFacts } from '../support/changes';
import { buildOnce, startServer, type TestServer } from '../support/server';
import { acceptedChanges, foundTown, queryStore, signInByApi, town } from '../support/town';

const projectRoot = fileURLToPath(new URL('../..', import.meta.url));

let dataFolder: string;
let target: string;
let server: TestServer;
let load: Awaited<ReturnType<typeof startLoad>>;
const folders: string[] = [];

const newFolder = (name: string) => {
  const folder = mkdtempSync(join(tmpdir(), `xunge-${name}-`));
  folders.push(folder);
  return folder;
};

beforeAll(async () => {
  await buildOnce();
  dataFolder = await foundTown();
  folders.push(dataFolder);
  target = newFolder('backup');
  server = await startServer({ dataFolder });
  // Large enough that its copy takes many times as long as a write.
  queryStore(
    dataFolder,
    `WITH RECURSIVE line (number) AS (SELECT 1 UNION ALL SELECT number + 1 FROM line WHERE number < 20000)
     INSERT INTO administration (id, at, author, area, act, subject, before)
     SELECT 'filling-' || number, '', '', '', '', '', hex(randomblob(1000)) FROM line`
  );
  load = await startLoad();
}, 400_000);
afterAll(async () => {
  await load.stop();
  await server.stop();
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** 李平's tablet hands in issues with pictures, one after the other, until it is stopped. */
async function startLoad() {
  const headers = await signInByApi(server.origin, 'liping');
  const session = await fetch(`${server.origin}/api/session`, { headers });
  const { account } = (await session.json()) as { account: string };
  const send = (path: string, more: Record<string, string>, body: string | Buffer<ArrayBuffer>) =>
    fetch(server.origin + path, { method: 'POST', headers: { ...headers, ...more }, body });
  /** Bodies of what was receipted, and ids of the pictures that are stored. */
  const receipted = { changes: [] as string[], pictures: [] as string[] };
  let isOver = false;

  async function handIn(): Promise<void> {
    const picture = Buffer.from(uuidV7().repeat(2_000));
    const [recordId, id] = [newId<RecordId>(), newId<PhotoId>()];
    const sha256 = createHash('sha256').update(picture).digest('hex') as Sha256;
    const head = { author: account, at: new Date().toISOString() };
    const changes = [
      { ...changeOf('issue-recorded', issueFacts(recordId, { ownerGridCode: `${town}001` })), ...head },
      {
        ...changeOf('photo-attached', {
          recordId,
          photo: { ...photoFacts(id), bytes: picture.length, sha256 }
        }),
        ...head,
        baseVersion: 1
      }
    ].map((change) => JSON.stringify(change));
    const first = JSON.stringify({ protocol: protocolVersion, account, device: uuidV7() });
    const pushed = await send(
      '/api/sync/push',
      { 'content-type': 'application/x-ndjson' },
      [first, ...changes].join('\n')
    );
    expect(await pushed.text()).toContain('"accepted","count":2');
    receipted.changes.push(...changes);
    const uploaded = await send(
      '/api/photos',
      {
        'tus-resumable': '1.0.0',
        'upload-length': String(picture.length),
        'upload-metadata': `id ${btoa(id)}`,
        'content-type': 'application/offset+octet-stream'
      },
      picture
    );
    expect(uploaded.status).toBe(201);
    receipted.pictures.push(id);
  }

  const work = (async () => {
    while (!isOver) await handIn();
  })();
  return {
    receipted,
    stop: () => {
      isOver = true;
      return work;
    }
  };
}

interface Said {
  status: number;
  line: { code?: string; generation?: string; pictures?: number; picturesMissing?: number; movedTo?: string };
}

/** Runs a script to its end and reads its last line. */
async function run(script: string, folder: string, ...options: string[]): Promise<Said> {
  const { stdout, code } = await promisify(execFile)(process.execPath, [`scripts/${script}.ts`, ...options], {
    cwd: projectRoot,
    env: { ...process.env, XUNGE_DATA: folder }
  }).then(
    (said) => ({ ...said, code: 0 }),
    (fault: unknown) => fault as { stdout: string; code: number }
  );
  return { status: code, line: JSON.parse(stdout.trimEnd().split('\n').at(-1)!) as Said['line'] };
}

const backUp = () => run('backup', dataFolder, '--to', target);
const generations = () => readdirSync(target).filter((name) => name.endsWith('.sqlite'));

test('a backup under load has every change and picture receipted before it; restored, they are served', async () => {
  await expect.poll(() => load.receipted.pictures.length).toBeGreaterThan(3);
  await backUp();
  const before = { changes: [...load.receipted.changes], pictures: [...load.receipted.pictures] };
  const { status, line } = await backUp();
  expect(status).toBe(0);
  expect(load.receipted.changes.length).toBeGreaterThan(before.changes.length);

  const folder = newFolder('restored');
  const restored = await run('restore', folder, '--from', target);
  expect(restored).toMatchObject({
    status: 0,
    line: { generation: line.generation, pictures: line.pictures, picturesMissing: 0 }
  });
  const bodies = new Set(acceptedChanges(folder).map(({ body }) => body));
  expect(before.changes.filter((body) => !bodies.has(body))).toEqual([]);
  const sequences = queryStore<{ sequence: number }>(folder, 'SELECT sequence FROM change ORDER BY sequence');
  expect(sequences.map(({ sequence }) => sequence)).toEqual(sequences.map((_, index) => index + 1));
  const stored = queryStore<{ id: string; sha256: string }>(
    folder,
    'SELECT id, sha256 FROM photo WHERE stored_at IS NOT NULL'
  );
  expect(stored.map(({ id }) => id)).toEqual(expect.arrayContaining(before.pictures));
  for (const { id, sha256 } of stored) {
    const bytes = readFileSync(join(folder, 'photos', town, id));
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(sha256);
  }

  const again = await startServer({ dataFolder: folder });
  const headers = await signInByApi(again.origin, 'liping');
  const picture = await fetch(`${again.origin}/api/photos/${stored[0]!.id}`, { headers });
  expect(picture.status).toBe(200);
  await again.stop();
});

test('a killed backup leaves the earlier ones as they are, and the next one goes on', async () => {
  await backUp();
  const known = generations();
  const noted = readFileSync(join(dataFolder, 'last-backup.json'), 'utf8');
  for (let round = 0; round < 4; round++) {
    const begun = new Promise<void>((resolve) => {
      const watcher = watch(target, (_, name) => {
        if (!name?.includes('.partial')) return;
        watcher.close();
        resolve();
      });
    });
    const child = spawn(process.execPath, ['scripts/backup.ts', '--to', target], {
      cwd: projectRoot,
      env: { ...process.env, XUNGE_DATA: dataFolder },
      stdio: 'ignore'
    });
    const ended = once(child, 'exit');
    await begun;
    await pause(round * 20);
    child.kill('SIGKILL');
    const [, signal] = (await ended) as [number | null, string | null];
    if (signal !== 'SIGKILL') continue;
    expect(generations()).toEqual(known);
    expect(readFileSync(join(dataFolder, 'last-backup.json'), 'utf8')).toBe(noted);
  }
  const { status, line } = await backUp();
  expect(status).toBe(0);
  expect(generations()).toContain(`${line.generation}.sqlite`);
  expect(readdirSync(target).filter((name) => name.includes('.partial'))).toEqual([]);
});

test('a failure ends with its code; a restore is refused while the server runs', async () => {
  expect(await run('backup', dataFolder, '--to', join(target, 'nowhere'))).toEqual({
    status: 1,
    line: { code: 'target-missing' }
  });
  expect(await run('restore', dataFolder, '--from', target, '--replace')).toEqual({
    status: 1,
    line: { code: 'store-in-use' }
  });
});

test('in the place of a killed server’s store, which is moved aside, the backup goes on', async () => {
  await load.stop();
  const before = acceptedChanges(dataFolder).length;
  await server.kill();
  const { status, line } = await run('restore', dataFolder, '--from', target, '--replace');
  expect(status).toBe(0);
  expect(acceptedChanges(line.movedTo!)).toHaveLength(before);
  await server.restart();
  expect(acceptedChanges(dataFolder).length).toBeLessThanOrEqual(before);
});

test('with XUNGE_BACKUP the server makes the one that is due, and its metrics say when', async () => {
  const [folder, nightly] = [newFolder('data'), newFolder('nightly')];
  const own = await startServer({ dataFolder: folder, env: { XUNGE_BACKUP: nightly } });
  try {
    await expect.poll(() => existsSync(join(folder, 'last-backup.json'))).toBe(true);
    const [name] = readdirSync(nightly).filter((one) => one.endsWith('.sqlite'));
    const { succeeded } = JSON.parse(readFileSync(join(folder, 'last-backup.json'), 'utf8')) as {
      succeeded: { at: string };
    };
    expect(name).toBe(`${succeeded.at.replaceAll(':', '-')}.sqlite`);
    const metrics = await (await fetch(`${own.origin}/metrics`)).text();
    expect(metrics).toContain(
      `xunge_backup_last_success_timestamp_seconds ${Date.parse(succeeded.at) / 1000}\n`
    );
    expect(metrics).toMatch(/^xunge_disk_free_bytes [1-9]/m);
    expect(metrics).toMatch(/^xunge_live_streams 0$/m);
  } finally {
    await own.stop();
  }
});

test('an older build does not start on a store that a newer one has changed', async () => {
  const folder = newFolder('newer');
  expect((await run('restore', folder, '--from', target)).status).toBe(0);
  queryStore(folder, "INSERT INTO migration VALUES ('9999_tomorrow.sql', '')");
  await expect(startServer({ dataFolder: folder })).rejects.toThrow('newer-store: ');
});
