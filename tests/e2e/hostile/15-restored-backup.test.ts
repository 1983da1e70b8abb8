// Row 15: the server comes back from yesterday's backup, by a copy of its folder, and nobody tells it so.
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { v7 as uuidV7 } from 'uuid';
import { launchDesk } from '../../support/browser';
import { openRecord, recordIssue, untilArrived } from '../../support/field';
import { acceptedChanges, actAs, queryStore, signInAs, unitOfTown } from '../../support/town';
import { useFreshTown } from '../../support/use-fresh-town';

const here = useFreshTown();
let backup: string;
beforeEach(async () => {
  backup = await mkdtemp(join(tmpdir(), 'xunge-backup-'));
});
afterEach(() => rm(backup, { recursive: true, force: true }));

async function backUp(): Promise<void> {
  await here.server.kill();
  await cp(here.folder, backup, { recursive: true });
  await here.server.restart();
}

/** Everything since the backup is gone from the server's disk. */
async function putBack(meanwhile: () => Promise<void>): Promise<void> {
  await here.server.kill();
  await meanwhile();
  await rm(here.folder, { recursive: true });
  await cp(backup, here.folder, { recursive: true });
  await here.server.restart();
}

const records = (kind: string) =>
  queryStore<{ id: string; number: string; state: string; body: string }>(
    here.folder,
    'SELECT id, number, state, body FROM record WHERE kind = ? ORDER BY id',
    kind
  );

test('hostile 15: a restored backup: the tablet hands the lost day in again, what the desk did to it included', async () => {
  const { page, origin, folder } = here;
  await recordIssue(page, origin, { text: '昨天的一条' });
  await untilArrived(page);
  await backUp();

  const number = await recordIssue(page, origin, { text: '今天的一条', photo: true });
  await untilArrived(page);
  const id = await openRecord(page, origin, number);
  const caseId = uuidV7();
  await actAs(origin, 'wangli', [
    { kind: 'case-opened', facts: { recordId: caseId, subjectId: id, afterPhoto: 'no' } as never },
    {
      kind: 'case-dispatched',
      facts: { recordId: caseId, unit: unitOfTown(folder), instruction: '今天修好' } as never
    }
  ]);
  await page.goto(`${origin}/records/${id}`);
  await page.getByText('今天修好').waitFor({ timeout: 90_000 });
  await untilArrived(page);
  const before = { issues: records('issue'), cases: records('case'), changes: acceptedChanges(folder) };
  expect(before.cases).toMatchObject([{ number: '长天路-2026-0001' }]);

  await putBack(async () => {
    await recordIssue(page, origin, { text: '服务器不在时的一条' });
  });
  expect(records('case')).toEqual([]);
  await page.goto(`${origin}/waiting`);
  await page.getByRole('button', { name: '现在试一次' }).click();

  await expect.poll(() => records('issue').length, { timeout: 90_000 }).toBe(3);
  await here.expectOnce(['昨天的一条', '今天的一条', '服务器不在时的一条'], 1);
  const withoutPhotos = (rows: typeof before.issues) =>
    rows.map(({ body, ...row }) => ({ ...row, text: (JSON.parse(body) as { text?: string }).text }));
  expect(withoutPhotos(records('issue'))).toEqual(expect.arrayContaining(withoutPhotos(before.issues)));
  expect(records('case').map((row) => row.number)).toEqual(['长天路-2026-0001']);
  expect(records('case')[0]!.state).toBe(before.cases[0]!.state);
  const again = new Map(acceptedChanges(folder).map((change) => [change.id, change.body]));
  for (const { id, kind, author, body } of before.changes)
    if (kind !== 'photo-stored' && author === before.changes[0]!.author) expect(again.get(id)).toBe(body);

  await page.goto(`${origin}/records/${id}`);
  await page.getByText('今天修好').waitFor();
  const desk = await launchDesk();
  try {
    const screen = desk.pages()[0]!;
    await signInAs(screen, origin, 'wangli');
    await screen.goto(`${origin}/office`);
    await screen.getByText('恢复了备份').waitFor();
  } finally {
    await desk.close();
  }
});
