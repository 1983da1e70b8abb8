// What becomes of a record: the worker amends, follows up, adds what is missing, checks, and tells the resident.
import { fileURLToPath } from 'node:url';
import { v7 as uuidV7 } from 'uuid';
import { describe, expect, test } from 'vitest';
import type { RecordId } from '../../src/lib/domain/ids';
import { openRecord, recordIssue, recordNeed, tabletRows, untilArrived } from '../support/field';
import { acceptedChanges, actAs, unitOfTown } from '../support/town';
import { useTown } from '../support/use-town';

const here = useTown();
const picture = fileURLToPath(new URL('../../demo/pictures/stairs-cleared.jpg', import.meta.url));

const lastFacts = () => JSON.parse(acceptedChanges(here.folder).at(-1)!.body) as { facts: object };
const untilAtOffice = (kind: string) =>
  expect.poll(() => acceptedChanges(here.folder).at(-1)?.kind, { timeout: 30_000 }).toBe(kind);

/** An issue of the worker's that has reached the office, its page open. */
async function reported(text: string): Promise<RecordId> {
  const { page, origin } = here;
  const number = await recordIssue(page, origin, { text, category: 'C14' });
  const id = (await openRecord(page, origin, number)) as RecordId;
  await untilArrived(page);
  await untilAtOffice('issue-recorded');
  return id;
}

/** A case of it, at the unit, which says that it is done. */
async function handled(subjectId: RecordId): Promise<RecordId> {
  const recordId = uuidV7() as RecordId;
  const unit = unitOfTown(here.folder);
  await actAs(here.origin, 'wangli', [
    { kind: 'case-opened', facts: { recordId, subjectId, afterPhoto: 'suggested' } },
    { kind: 'case-dispatched', facts: { recordId, unit, instruction: '请清理' } }
  ]);
  await actAs(here.origin, 'zhang', [{ kind: 'case-handled', facts: { recordId, text: '已清理干净' } }]);
  return recordId;
}

const today = async () => {
  await here.page.goto(here.origin);
  return here.page.locator('main');
};

test('a record is amended: the office is told what it was and what it is', async () => {
  const { page } = here;
  await reported('三楼堆了沙发');
  await page.getByRole('button', { name: '修改' }).click();
  await page.locator('dialog textarea').fill('四楼堆了沙发');
  await page.locator('dialog button.main').click();
  await page.locator('.facts', { hasText: '四楼堆了沙发' }).waitFor();
  await untilAtOffice('report-amended');
  expect(lastFacts().facts).toMatchObject({ edits: { text: { from: '三楼堆了沙发', to: '四楼堆了沙发' } } });
});

test('a promise comes up in 今天 on its day, and not before', async () => {
  const { page, origin } = here;
  const day = (ahead: number) =>
    new Date(Date.now() + 8 * 3_600_000 + ahead * 86_400_000).toISOString().slice(0, 10);
  const promise = async (whom: string, dueDay: string) => {
    await page.getByRole('button', { name: '跟进' }).click();
    await page.locator('dialog input').first().fill(whom);
    await page.locator('dialog textarea').fill('派人来看');
    await page.locator('dialog input[type=date]').fill(dueDay);
    await page.locator('dialog button[type=submit]').click();
    await page.getByText('已保存', { exact: true }).waitFor();
  };
  const id = await reported('路灯不亮');
  await promise('锦和物业', day(1));
  expect(await (await today()).getByText('跟进：').count()).toBe(0);
  await page.goto(`${origin}/records/${id}`);
  await promise('电力公司', day(0));
  await (await today()).getByText('跟进：电力公司 派人来看').waitFor();
  await untilAtOffice('follow-up-noted');
});

test('待补充 stands in 今天 with the question, and a new photo answers it', async () => {
  const { page, origin } = here;
  const recordId = await reported('太近看不清');
  const reason = '请退后几步，拍到楼栋';
  await actAs(origin, 'wangli', [{ kind: 'detail-requested', facts: { recordId, reason } }]);
  await (await today()).getByText(`社区请您补充：${reason}`).click();
  await page.locator('.reason', { hasText: reason }).waitFor();
  await page.locator('.acts input[type=file]').setInputFiles(picture);
  await page.locator('header', { hasText: '已上报' }).waitFor();
  await page.locator('ul[aria-label=照片] img').waitFor();
  await untilAtOffice('photo-stored');
  expect(await (await today()).getByText('社区请您补充').count()).toBe(0);
});

describe('a case that is handled', () => {
  test('fails the check with words, is handled again, passes, and the resident is told', async () => {
    const { page, origin } = here;
    const subjectId = await reported('楼道堆物');
    const recordId = await handled(subjectId);
    await (await today()).getByText('等您去核查').first().click();
    await page.getByRole('button', { name: '去核查' }).click();
    await page.locator('dialog').getByText('已清理干净').waitFor();
    await page.getByRole('button', { name: '没处理好' }).click();
    await page.getByText('请写明原因').waitFor();
    await page.locator('dialog textarea').fill('还剩两袋');
    await page.getByRole('button', { name: '没处理好' }).click();
    await page.locator('header', { hasText: '核查未过，重办' }).waitFor();
    await untilAtOffice('case-checked');

    await actAs(origin, 'zhang', [{ kind: 'case-handled', facts: { recordId, text: '全部搬走了' } }]);
    await page.getByRole('button', { name: '去核查' }).click();
    await page.getByRole('button', { name: '核查通过' }).click();
    await page.getByText('已保存', { exact: true }).waitFor();
    await untilAtOffice('case-checked');
    expect(lastFacts().facts).toMatchObject({ recordId, passed: true });
    await page.getByRole('button', { name: '去核查' }).waitFor({ state: 'detached' });

    await actAs(origin, 'wangli', [
      { kind: 'case-closed', facts: { recordId, subjectId, how: 'done', words: '' } }
    ]);
    await page.getByRole('button', { name: '已告知居民' }).click();
    await page.locator('dialog textarea').fill('当面说的');
    await page.locator('dialog button.main').click();
    await page.getByText('李平 已告知居民：当面说的').waitFor();
    await untilAtOffice('resident-told');
  });
});

test('what is typed into a sheet is not lost to a tap on its edge, and going asks first', async () => {
  const { page } = here;
  await reported('写到一半');
  await page.getByRole('button', { name: '留言' }).click();
  const words = page.locator('dialog textarea');
  await words.fill('写了很久的留言');
  await page.locator('dialog[open]').click({ position: { x: 4, y: 4 } });
  expect(await words.inputValue()).toBe('写了很久的留言');
  const asked = page.waitForEvent('dialog');
  await page.keyboard.press('Escape');
  expect((await asked).message()).toContain('不要了吗');
  await words.waitFor({ state: 'detached' });
});

test('a need is closed and told in its own words', async () => {
  const { page, origin } = here;
  const number = await recordNeed(page, origin, 'N01', '下午前要');
  const subjectId = (await openRecord(page, origin, number)) as RecordId;
  await page.locator('header', { hasText: '已登记' }).waitFor();
  await untilAtOffice('need-recorded');
  const recordId = await handled(subjectId);
  await page.locator('header', { hasText: '办理中' }).waitFor();
  await actAs(origin, 'wangli', [{ kind: 'case-checked', facts: { recordId, passed: true, words: '' } }]);
  await actAs(origin, 'wangli', [
    { kind: 'case-closed', facts: { recordId, subjectId, how: 'done', words: '' } }
  ]);
  await page.locator('header', { hasText: '已办好' }).waitFor();
  expect(await tabletRows(page, 'troubles')).toEqual([]);
});
