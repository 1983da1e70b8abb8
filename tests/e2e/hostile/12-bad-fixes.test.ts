// Row 12: positions that are missing, vague, jumping or old. (That a fix was faked by a developer setting no browser can tell.)
import { describe, expect, test } from 'vitest';
import { choose, save, untilArrived } from '../../support/field';
import { giveOwnPosition, sayPosition } from '../../support/own-position';
import { acceptedChanges, insideGridOne } from '../../support/town';
import { useFreshTown } from '../../support/use-fresh-town';
import { giveOwnClock, setClock } from '../../support/wrong-clock';

const here = useFreshTown();

interface Body {
  facts: {
    place?: {
      source: string;
      accuracyMetres?: number;
      fixAgeSeconds?: number;
      position?: { latitude: number };
    };
    points?: [string, number, number, number][];
    gaps?: { reason: string }[];
    metres?: number;
  };
}
const bodies = (kind: string) =>
  acceptedChanges(here.folder)
    .filter((change) => change.kind === kind)
    .map(({ body }) => (JSON.parse(body) as Body).facts);

async function openForm(): Promise<void> {
  await giveOwnPosition(here.tablet);
  await here.page.goto(`${here.origin}/issues/new`);
  await here.page.locator('.skip button').click();
  await here.page.locator('.place').waitFor();
}

/** Saves the form; returns the place that the office was told. */
async function placeSaved() {
  await choose(here.page, 'C13');
  await save(here.page);
  await expect.poll(() => bodies('issue-recorded').length, { timeout: 30_000 }).toBe(1);
  return bodies('issue-recorded')[0]!.place!;
}
const line = (text: string) => here.page.locator('.place strong', { hasText: text });

describe('hostile 12: a position', () => {
  test('that never comes is not waited for', async () => {
    await openForm();
    await line('正在定位，不用等').waitFor();
    expect(await placeSaved()).toEqual({ source: 'none' });
  });

  test('600 m off is saved with its accuracy, said to be vague, and drawn as a question', async () => {
    await openForm();
    await sayPosition(here.page, { ...insideGridOne, accuracy: 600 });
    await line('定位不准（约 600 米），请核对').waitFor();
    expect(await placeSaved()).toMatchObject({ source: 'gps', accuracyMetres: 600 });
    await here.page.goto(`${here.origin}/map`);
    await sayPosition(here.page, { ...insideGridOne, accuracy: 600 });
    await here.page.locator('.dot.poor').waitFor({ state: 'attached' });
  });

  test('that jumps five kilometres does not move the place that was known', async () => {
    await openForm();
    await sayPosition(here.page, insideGridOne);
    await line('精度约 12 米').waitFor();
    await sayPosition(here.page, { ...insideGridOne, latitude: insideGridOne.latitude + 0.045, accuracy: 5 });
    await here.page.waitForTimeout(500);
    await line('精度约 12 米').waitFor();
    expect((await placeSaved()).position!.latitude).toBe(insideGridOne.latitude);
  });

  test('of half an hour ago says its age, also at the office', async () => {
    await openForm();
    await sayPosition(here.page, { ...insideGridOne, ageMs: 30 * 60_000 });
    await line('30 分钟前的定位').waitFor();
    const { fixAgeSeconds } = await placeSaved();
    expect(Math.round(fixAgeSeconds! / 60)).toBe(30);
  });
});

test('hostile 12: a track leaves bad fixes out, and says where the screen was off or no fix came', async () => {
  const { page, origin, tablet } = here;
  page.on('dialog', (dialog) => void dialog.accept());
  await giveOwnPosition(tablet);
  await giveOwnClock(tablet);
  await page.goto(`${origin}/patrol`);
  await page.getByRole('button', { name: '开始巡查' }).click();
  await page.getByRole('button', { name: '我已阅读，同意记录轨迹' }).click();
  await page.getByText('正在记录轨迹').waitFor();
  let minutes = 0;
  const after = async (more: number, said: { north: number; accuracy?: number }) => {
    await setClock(page, (minutes += more) * 60_000);
    const { latitude, longitude } = insideGridOne;
    await sayPosition(page, {
      longitude,
      latitude: latitude + said.north * 0.0003,
      accuracy: said.accuracy ?? 8
    });
    await page.waitForTimeout(50);
  };
  await after(1, { north: 0 });
  await after(1, { north: 1 });
  await after(0.5, { north: 300 }); // nobody walks ten kilometres in half a minute
  await after(0.5, { north: 2, accuracy: 800 });
  await after(4, { north: 3 }); // five minutes without a good fix
  await page.evaluate(() => {
    Object.defineProperty(document, 'visibilityState', { get: () => 'hidden', configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
  });
  await page.evaluate(() => {
    Object.defineProperty(document, 'visibilityState', { get: () => 'visible', configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
  });
  await after(6, { north: 4 }); // the screen was off
  await setClock(page, 0);
  await page.getByRole('button', { name: '结束巡查' }).click();
  await page.getByText('以前的巡查').waitFor();
  await untilArrived(page);
  await expect.poll(() => bodies('track-recorded').length, { timeout: 30_000 }).toBeGreaterThan(1);
  const facts = bodies('track-recorded');
  const norths = facts.flatMap(({ points }) =>
    points!.map(([, , latitude]) => Math.round((latitude - insideGridOne.latitude) / 0.0003))
  );
  expect(norths).toEqual([0, 1, 3, 4]);
  expect(facts.flatMap(({ gaps }) => gaps!.map(({ reason }) => reason))).toEqual(['noFix', 'screenOff']);
  // Only the one stretch that was walked with fixes on both ends counts as way.
  expect(facts.reduce((sum, { metres }) => sum + metres!, 0)).toBeLessThan(40);
});
