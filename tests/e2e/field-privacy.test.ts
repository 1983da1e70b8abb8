// What a worker writes of people: why it is asked for, and what becomes of it when a resident wants it erased.
import { expect, test } from 'vitest';
import type { RecordId } from '../../src/lib/domain/ids';
import { openRecord, recordIssue, untilArrived } from '../support/field';
import { acceptedChanges, queryStore, signInByApi } from '../support/town';
import { useTown } from '../support/use-town';

const here = useTown();
const secret = '张婆婆';

const lastFacts = () => (JSON.parse(acceptedChanges(here.folder).at(-1)!.body) as { facts: object }).facts;
const untilAtOffice = (kind: string) =>
  expect.poll(() => acceptedChanges(here.folder).at(-1)?.kind, { timeout: 30_000 }).toBe(kind);

async function reported(text: string): Promise<RecordId> {
  const { page, origin } = here;
  const number = await recordIssue(page, origin, { text, category: 'C14' });
  const id = (await openRecord(page, origin, number)) as RecordId;
  await untilArrived(page);
  await untilAtOffice('issue-recorded');
  return id;
}

async function followUp(isAgreed: boolean): Promise<void> {
  const { page } = here;
  await page.getByRole('button', { name: '跟进' }).click();
  await page.locator('dialog input').first().fill(`${secret} 138 0000 1234`);
  if (isAgreed) await page.getByLabel('对方同意记下这些（可不勾）').check();
  await shoot('follow-up');
  await page.locator('dialog button[type=submit]').click();
  await page.getByText('已保存', { exact: true }).waitFor();
}

test('a follow-up says what whom one spoke to is kept for, and notes that they agreed', async () => {
  const { page } = here;
  await reported('路灯不亮');
  await page.getByRole('button', { name: '跟进' }).click();
  await page.getByText('回复居民，兑现约定。办结满期后自动清除。').waitFor();
  await page.keyboard.press('Escape');
  await followUp(true);
  await untilAtOffice('follow-up-noted');
  expect(lastFacts()).toMatchObject({ basis: 'consent' });
  await page.getByText('对方同意记录').waitFor();
  await followUp(false);
  await expect.poll(() => lastFacts(), { timeout: 30_000 }).toMatchObject({ basis: 'duty' });
});

test('what was written without signal before an erasure is kept, said, and not offered to be sent again', async () => {
  const { page, origin, folder } = here;
  const id = await reported(`${secret}家漏水`);
  await page.context().setOffline(true);
  await followUp(false);
  const session = await signInByApi(origin, 'wangli');
  const answer = await fetch(`${origin}/office/privacy/person?/erase`, {
    method: 'POST',
    headers: { cookie: session.cookie!, origin, accept: 'application/json', 'x-sveltekit-action': 'true' },
    body: new URLSearchParams({ [id]: 'blank', reason: 'request', sure: 'on' })
  });
  expect(((await answer.json()) as { type: string }).type).toBe('success');
  await page.context().setOffline(false);
  await page.goto(`${origin}/waiting`);
  await page.getByText('这条记录里的个人信息已经清除').waitFor({ timeout: 60_000 });
  await shoot('not-taken');
  expect(await page.getByRole('button', { name: '原样再报' }).count()).toBe(0);
  await page.getByRole('button', { name: '不报了' }).waitFor();
  const left = ['record', 'change', 'outcome'].map((table) => queryStore(folder, `SELECT * FROM ${table}`));
  expect(JSON.stringify(left)).not.toContain(`${secret}家漏水`);
  await page.goto(`${origin}/records/${id}`);
  await page.locator('.facts', { hasText: '███' }).waitFor();
  await shoot('blanked');
});

/** Only where somebody wants to look. */
async function shoot(name: string): Promise<void> {
  const target = process.env.XUNGE_SHOTS;
  if (target) await here.page.screenshot({ path: `${target}/field-${name}.png` });
}
