// What lies between the tablet and the office: an expired session, a file by hand.
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { recordIssue, tabletRows, untilArrived } from '../support/field';
import { acceptedChanges, password, queryStore } from '../support/town';
import { useTown } from '../support/use-town';

const here = useTown();

const accepted = (text: string) => acceptedChanges(here.folder).filter(({ body }) => body.includes(text));

test('an expired session is said, the work goes on, and after sign-in all of it arrives', async () => {
  const { page, origin, folder } = here;
  queryStore(
    folder,
    "UPDATE session SET expires_at = '2000-01-01' WHERE account = (SELECT id FROM account WHERE login = 'liping')"
  );
  await recordIssue(page, origin, { text: '登录过期时记的', photo: true });
  const line = page.locator('header a', { hasText: '登录已过期' });
  await line.waitFor();
  await recordIssue(page, origin, { text: '还能接着记' });
  await line.click();
  await page.getByText('请重新登录，本机内容都还在').waitFor();
  expect(accepted('还能接着记')).toHaveLength(0);
  await page.locator('input[autocomplete=username]').fill('liping');
  await page.locator('input[type=password]').fill(password);
  await page.locator('button[type=submit]').click();
  await page.getByText('李平，您好').waitFor();
  await untilArrived(page);
  await expect.poll(() => acceptedChanges(folder).at(-1)?.kind, { timeout: 30_000 }).toBe('photo-stored');
  expect(accepted('登录过期时记的')).toHaveLength(1);
  expect(accepted('还能接着记')).toHaveLength(1);
});

test('unsent work leaves as a file with the very bytes that travel later, and with its photo', async () => {
  const { page, origin, tablet, folder } = here;
  await tablet.setOffline(true);
  await recordIssue(page, origin, { text: '存成文件', photo: true });
  await page.goto(`${origin}/settings`);
  await expect
    .poll(async () => (await tabletRows<{ state: string }>(page, 'photos')).at(-1)?.state, {
      timeout: 30_000
    })
    .toBe('ready');
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: '导出' }).click()
  ]);
  expect(download.suggestedFilename()).toMatch(/^xunge-unsent-.*\.ndjson$/);
  const lines = (await readFile(await download.path(), 'utf8'))
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Exported);
  expect(lines[0]).toMatchObject({ format: 'xunge-unsent' });
  const changes = lines.flatMap(({ change }) => change ?? []);
  const [photo] = lines.flatMap(({ photo }) => photo ?? []);
  const last = JSON.parse(changes.at(-1)!.body) as { kind: string; facts: { recordId: string } };
  expect(changes.filter(({ body }) => body.includes('存成文件'))).toHaveLength(1);
  expect(photo!.recordId).toBe(last.facts.recordId);
  expect(sha256(Buffer.from(photo!.base64, 'base64'))).toBe(photo!.sha256);

  await tablet.setOffline(false);
  await untilArrived(page);
  for (const { id, sha256: hash, body } of changes) {
    expect(sha256(Buffer.from(body))).toBe(hash);
    await expect.poll(() => acceptedChanges(folder).find((change) => change.id === id)?.body).toBe(body);
  }
});

interface Exported {
  format?: string;
  change?: { id: string; sha256: string; body: string };
  photo?: { recordId: string; base64: string; sha256: string };
}
const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
