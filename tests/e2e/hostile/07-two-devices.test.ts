// Row 7: two tablets without signal do different things to the same record or case.
import type { BrowserContext, Page } from 'playwright-core';
import { v7 as uuidV7 } from 'uuid';
import { beforeEach, describe, expect, test } from 'vitest';
import type { RecordId } from '../../../src/lib/domain/ids';
import { openRecord, recordIssue, tabletRows, untilArrived } from '../../support/field';
import { acceptedChanges, actAs, queryStore, unitOfTown } from '../../support/town';
import { useTown } from '../../support/use-town';

interface Tablet {
  context: BrowserContext;
  page: Page;
}

const here = useTown();
const opened = new Map<string, Tablet>();
/** One tablet more of each, for the whole file. */
async function tabletOf(login: string): Promise<Tablet> {
  const known = opened.get(login) ?? (await here.openTabletOf(login));
  opened.set(login, known);
  return known;
}

let first: Tablet;
beforeEach(() => void (first = { context: here.tablet, page: here.page }));

/** 李平's issue that has reached the office; returns its id. */
async function reported(text: string): Promise<RecordId> {
  const number = await recordIssue(first.page, here.origin, { text, category: 'C14' });
  const id = (await openRecord(first.page, here.origin, number)) as RecordId;
  await first.page.getByRole('button', { name: '撤销' }).waitFor({ state: 'detached', timeout: 20_000 });
  await expect
    .poll(() => acceptedChanges(here.folder).some(({ body }) => body.includes(text)), { timeout: 30_000 })
    .toBe(true);
  return id;
}

async function openOn({ page }: Tablet, id: RecordId): Promise<void> {
  await page.goto(`${here.origin}/records/${id}`);
  await page.locator('.acts button').first().waitFor({ timeout: 60_000 });
}

async function amend({ page }: Tablet, text: string): Promise<void> {
  await page.getByRole('button', { name: '修改' }).click();
  await page.locator('dialog textarea').fill(text);
  await page.locator('dialog button.main').click();
  await page.locator('.facts', { hasText: text }).waitFor();
}

/** Back into signal; resolves when the office has taken in what it takes. */
async function comeBack(tablet: Tablet): Promise<void> {
  await tablet.context.setOffline(false);
  await tablet.page.goto(`${here.origin}/waiting`);
  await tablet.page.getByRole('button', { name: '现在试一次' }).click();
}

const bodyAtOffice = (id: RecordId) =>
  queryStore<{ body: string }>(here.folder, 'SELECT body FROM record WHERE id = ?', id)[0]!.body;

describe('hostile 7: two devices without signal', () => {
  test('change the same text: the first wins, the second sees both texts and decides', async () => {
    const second = await tabletOf('liping');
    const id = await reported('三楼堆了沙发');
    await openOn(second, id);
    for (const { context } of [first, second]) await context.setOffline(true);
    await amend(first, '四楼堆了沙发');
    await amend(second, '五楼堆了旧沙发');
    await comeBack(first);
    await untilArrived(first.page);
    await comeBack(second);

    await second.page.getByText('“情况说明”两边都改了').waitFor({ timeout: 60_000 });
    const side = (text: string) => second.page.locator('article.refused label', { hasText: text });
    await side('四楼堆了沙发').waitFor();
    await side('五楼堆了旧沙发').waitFor();
    expect(JSON.parse(bodyAtOffice(id))).toMatchObject({ text: '四楼堆了沙发' });
    expect(await tabletRows(first.page, 'troubles')).toEqual([]);
    // What was written is still to be had: it is put on top on the person's word only.
    await side('五楼堆了旧沙发').click();
    await second.page.getByRole('button', { name: '按选的办' }).click();
    await expect.poll(() => bodyAtOffice(id), { timeout: 60_000 }).toContain('五楼堆了旧沙发');
  });

  test('check the same case, one says it is done and one that it is not: one holds, the other is told, its words are kept', async () => {
    const second = await tabletOf('chenlan');
    const subjectId = await reported('楼道堆了纸箱');
    const recordId = uuidV7() as RecordId;
    await actAs(here.origin, 'wangli', [
      { kind: 'case-opened', facts: { recordId, subjectId, afterPhoto: 'suggested' } },
      { kind: 'case-dispatched', facts: { recordId, unit: unitOfTown(here.folder), instruction: '请清理' } }
    ]);
    await actAs(here.origin, 'zhang', [{ kind: 'case-handled', facts: { recordId, text: '已清理干净' } }]);
    for (const tablet of [first, second]) {
      await openOn(tablet, subjectId);
      await tablet.page.getByRole('button', { name: '去核查' }).waitFor({ timeout: 60_000 });
      await tablet.context.setOffline(true);
    }
    await first.page.getByRole('button', { name: '去核查' }).click();
    await first.page.getByRole('button', { name: '核查通过' }).click();
    await second.page.getByRole('button', { name: '去核查' }).click();
    await second.page.locator('dialog textarea').fill('角落里还剩两只纸箱');
    await second.page.getByRole('button', { name: '没处理好' }).click();
    for (const { page } of [first, second]) await page.getByText('已保存', { exact: true }).waitFor();

    await comeBack(first);
    await untilArrived(first.page);
    await comeBack(second);
    await second.page.getByText('事项已有新进展，这一步现在报不上去').waitFor({ timeout: 60_000 });
    await second.page.locator('header a.danger').waitFor();
    const checks = (JSON.parse(bodyAtOffice(recordId)) as { checks: { passed: boolean }[] }).checks;
    expect(checks).toMatchObject([{ passed: true }]);
    const outbox = await tabletRows<{ body: string }>(second.page, 'outbox');
    expect(outbox.some(({ body }) => body.includes('角落里还剩两只纸箱'))).toBe(true);
  });

  test('add to the same record: both additions stand, in the order of their arrival', async () => {
    const second = await tabletOf('chenlan');
    const id = await reported('井盖松动');
    await openOn(second, id);
    for (const { context } of [first, second]) await context.setOffline(true);
    for (const [tablet, text] of [
      [first, '已放警示牌'],
      [second, '我也去看了']
    ] as const) {
      await tablet.page.getByRole('button', { name: '留言' }).click();
      await tablet.page.locator('dialog textarea').fill(text);
      await tablet.page.locator('dialog button.main').click();
      await tablet.page.getByText('已保存', { exact: true }).waitFor();
    }
    await comeBack(second);
    await expect.poll(() => bodyAtOffice(id), { timeout: 60_000 }).toContain('我也去看了');
    await comeBack(first);
    await untilArrived(first.page);
    const { comments } = JSON.parse(bodyAtOffice(id)) as { comments: { text: string }[] };
    expect(comments.map(({ text }) => text)).toEqual(['我也去看了', '已放警示牌']);
    expect(await tabletRows(first.page, 'troubles')).toEqual([]);
  });
});
