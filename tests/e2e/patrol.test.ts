// A walk and its track: only after the purpose was read, at the office in pieces, and nobody else's to see.
import { expect, test } from 'vitest';
import { tabletRows, untilArrived } from '../support/field';
import { acceptedChanges, insideGridOne, queryStore, trackPurpose } from '../support/town';
import { useTown } from '../support/use-town';

const here = useTown();

type Track = { points: [string, number, number, number][]; metres: number };
const tracks = () =>
  acceptedChanges(here.folder)
    .filter(({ kind }) => kind === 'track-recorded')
    .map(({ body }) => (JSON.parse(body) as { facts: Track }).facts);

/** About 33 m north with every step. */
async function walk(from: number, to: number): Promise<void> {
  const { latitude, ...rest } = insideGridOne;
  for (let step = from; step <= to; step++) {
    await here.page.context().setGeolocation({ ...rest, latitude: latitude + step * 0.0003 });
    await here.page.waitForTimeout(1_200);
  }
}

test('a walk leaves no track until its purpose was read, and then one as long as the way', async () => {
  const { page, origin } = here;
  await page.goto(`${origin}/patrol`);
  await page.getByRole('button', { name: '开始巡查' }).click();
  await page.getByText(trackPurpose).waitFor();
  await walk(1, 2);
  await page.getByRole('button', { name: '我已阅读，同意记录轨迹' }).click();
  await page.getByText('正在记录轨迹').waitFor();
  await walk(2, 5);
  await page.getByRole('button', { name: '暂停' }).click();
  await page.getByRole('button', { name: '继续' }).waitFor();
  await walk(6, 6);
  await page.getByRole('button', { name: '继续' }).click();
  await walk(7, 9);
  await page.getByRole('button', { name: '结束巡查' }).click();
  await page.getByText('以前的巡查').waitFor();
  await untilArrived(page);

  await expect.poll(() => tracks().length, { timeout: 30_000 }).toBe(2);
  const [before, after] = tracks();
  // Three steps before the pause, one or two after it; what was walked between the two is nobody's business.
  expect(before!.metres).toBeGreaterThan(90);
  expect(before!.metres).toBeLessThan(110);
  expect(after!.metres).toBeGreaterThan(25);
  expect(after!.metres).toBeLessThan(75);
  const latitudes = tracks().flatMap(({ points }) => points.map(([, , latitude]) => latitude));
  expect(latitudes).not.toContain(insideGridOne.latitude + 6 * 0.0003);
  await page
    .locator('table')
    .getByText(/^1[2-7]\d 米$/)
    .waitFor();
  expect(await tabletRows(page, 'troubles')).toEqual([]);
  const [{ text } = { text: '' }] = queryStore<{ text: string }>(
    here.folder,
    "SELECT group_concat(body) AS text FROM record WHERE kind = 'patrol'"
  );
  expect(text).not.toContain(String(insideGridOne.longitude));
});
