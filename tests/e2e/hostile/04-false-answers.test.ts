// Row 4: answers that are none: a portal's page, a gateway's refusal, a failing server, silence after the work was done.
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { recordIssue, tabletRows, untilArrived } from '../../support/field';
import { openGateway, type Gateway, type Weather } from '../../support/gateway';
import { acceptedChanges, queryStore } from '../../support/town';
import { useTown } from '../../support/use-town';

let gateway: Gateway;
const here = useTown('liping', async () => (gateway = await openGateway()));
afterAll(() => gateway.close());
afterEach(() => void (gateway.weather = 'open'));

interface Trouble {
  status: string;
}
const accepted = (text: string) => acceptedChanges(here.folder).filter(({ body }) => body.includes(text));
const tryNow = async () => {
  await here.page.goto(`${here.origin}/waiting`);
  await here.page.getByRole('button', { name: '现在试一次' }).click();
};

/** Nothing was settled, dropped or blamed by an answer that was none. */
async function expectUnsettled(): Promise<void> {
  const troubles = await tabletRows<Trouble>(here.page, 'troubles');
  expect(troubles.filter(({ status }) => status !== 'deferred')).toEqual([]);
}

async function expectArrivedOnce(text: string): Promise<void> {
  gateway.weather = 'open';
  await tryNow();
  await expect.poll(() => accepted(text).length, { timeout: 90_000 }).toBe(1);
  await untilArrived(here.page, 90_000);
  const ids = acceptedChanges(here.folder).map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
}

describe('hostile 4: a push that is answered', () => {
  test.each<[string, Weather, string]>([
    ['by a captive portal with its own page', 'portal', '校园网登录页'],
    ['with 502', 502, '网关出错'],
    ['with 413 by a gateway', 413, '网关嫌大'],
    ['with 500', 500, '服务器出错'],
    ['to nobody, the change being stored', 'answer-lost', '回音丢了']
  ])('%s settles nothing; afterwards it arrives once', async (_name, weather, text) => {
    const { page, origin } = here;
    gateway.weather = weather;
    const before = gateway.pushes;
    const number = await recordIssue(page, origin, { text });
    await page.goto(`${origin}/waiting`);
    await page.getByText(number).waitFor();
    await expect.poll(() => gateway.pushes, { timeout: 30_000 }).toBeGreaterThan(before);
    await expect.poll(() => accepted(text).length).toBe(weather === 'answer-lost' ? 1 : 0);
    await expectUnsettled();
    await expectArrivedOnce(text);
  });

  test('never, the change being stored: after the time limit it is asked again, and stored once', async () => {
    const { page, origin, tablet } = here;
    // A minute of the app's is two seconds here.
    await tablet.addInitScript(() => {
      const timeout = AbortSignal.timeout.bind(AbortSignal);
      AbortSignal.timeout = (ms) => timeout(ms / 30);
    });
    gateway.weather = 'answer-late';
    const before = gateway.pushes;
    await recordIssue(page, origin, { text: '一直没有回音' });
    await tryNow();
    await expect.poll(() => gateway.pushes, { timeout: 60_000 }).toBeGreaterThan(before + 1);
    await expectUnsettled();
    expect(accepted('一直没有回音')).toHaveLength(1);
    await expectArrivedOnce('一直没有回音');
  });
});

describe('hostile 4: whatever is asked, photos and pulls too, is answered', () => {
  test.each<[string, Weather, string]>([
    ['by a captive portal with status 200', 'portal', '连上了要登录的 Wi-Fi'],
    ['with 413 by a gateway', 413, '网关不让照片过'],
    ['with 502', 502, '网关全坏了'],
    ['to nobody, the work being done', 'answer-lost', '回音全丢了']
  ])('%s: the photo stays here, is never called stored, and arrives once', async (_name, weather, text) => {
    const { page, origin, folder } = here;
    const stored = () => queryStore(folder, 'SELECT id FROM photo WHERE stored_at IS NOT NULL').length;
    const before = stored();
    // The text goes through first, so that the picture's own requests meet the weather.
    gateway.weather = ({ path }) => (path.startsWith('/api/photos') ? weather : 'open');
    await recordIssue(page, origin, { text, photo: true });
    await tryNow();
    await expect.poll(() => accepted(text).length, { timeout: 60_000 }).toBe(1);
    const met = gateway.spoilt;
    gateway.weather = ({ path }) => (path.startsWith('/api/') ? weather : 'open');
    await tryNow();
    await expect.poll(() => gateway.spoilt, { timeout: 60_000 }).toBeGreaterThan(met);
    await expect
      .poll(async () => (await tabletRows<{ state: string }>(page, 'photos')).at(-1)!.state)
      .toBe('ready');
    expect(await page.locator('header a.safe').count()).toBe(0);
    await expectArrivedOnce(text);
    await expect.poll(stored, { timeout: 60_000 }).toBe(before + 1);
    expect(queryStore(folder, 'SELECT id FROM photo')).toHaveLength(stored());
  });
});
