// Row 1: the browser ends without a word, at the worst moments: what was saved is saved, and arrives once.
import { describe, expect, test } from 'vitest';
import { tearStoreLog } from '../../support/browser-process';
import { choose, recordIssue, shoot, tabletRows } from '../../support/field';
import { queryStore } from '../../support/town';
import { useFreshTown } from '../../support/use-fresh-town';

const here = useFreshTown();

describe('hostile 1: the browser is killed', () => {
  test('right after "saved": every record is there on restart', async () => {
    const rounds = 5;
    const texts = Array.from({ length: rounds }, (_, round) => `第 ${round + 1} 次断电`);
    for (const [round, text] of texts.entries()) {
      await here.tablet.setOffline(true);
      await recordIssue(here.page, here.origin, { text, photo: round % 2 === 0 });
      await here.killAndOpen();
      await here.tablet.setOffline(true);
      await here.page.goto(`${here.origin}/mine`);
      await here.page.locator('main li', { hasText: text }).waitFor();
      expect(await here.page.locator('main li a[href^="/records/"]').count()).toBe(round + 1);
    }
    await here.tablet.setOffline(false);
    await here.expectOnce(texts, 3);
  });

  test('and the power with it, in the middle of a write: what is saved after the restart outlives the next one', async () => {
    await here.tablet.setOffline(true);
    await recordIssue(here.page, here.origin, { text: '断电前记的' });
    // Written last, and torn by the cut.
    await here.page.goto(`${here.origin}/needs/new`);
    await here.page.locator('textarea').fill('断电时正在写');
    await here.page.waitForTimeout(1_000);
    await here.killAndOpen(() => tearStoreLog(here.profile));
    await here.tablet.setOffline(true);
    await recordIssue(here.page, here.origin, { text: '断电后记的' });
    await here.killAndOpen();
    await here.tablet.setOffline(true);
    await here.page.goto(`${here.origin}/mine`);
    const said = ['断电前记的', '断电后记的'];
    for (const text of said) await here.page.locator('main li', { hasText: text }).waitFor();
    await here.tablet.setOffline(false);
    await here.expectOnce(said, 0);
  });

  test('with a half-filled form and the camera open again: the form comes back exactly', async () => {
    await here.page.goto(`${here.origin}/issues/new`);
    await shoot(here.page);
    await here.page.locator('textarea').fill('写到一半，');
    await choose(here.page, 'C20');
    await here.page.getByRole('switch', { name: '现场已处理' }).check();
    await here.page.locator('.place strong', { hasText: '精度约 12 米' }).waitFor();
    await here.page.getByRole('button', { name: '再拍一张' }).click();
    await here.page.locator('.shutter:enabled').waitFor();
    const before = await tabletRows(here.page, 'drafts');

    await here.killAndOpen();
    await here.page.goto(here.origin);
    expect(await tabletRows(here.page, 'drafts')).toEqual(before);
    await here.page.getByRole('link', { name: /问题草稿.*写到一半/ }).click();
    expect(await here.page.locator('textarea').inputValue()).toBe('写到一半，');
    expect(await here.page.locator('[data-code=C20]').getAttribute('aria-pressed')).toBe('true');
    expect(await here.page.getByRole('switch', { name: '现场已处理' }).isChecked()).toBe(true);
    const picture = here.page.locator('figure img');
    await picture.waitFor();
    expect(await picture.evaluate((img: HTMLImageElement) => img.naturalWidth)).toBeGreaterThan(0);
    await here.page.locator('footer button').click();
    await here.page.waitForURL(`${here.origin}/`);
    await here.expectOnce(['写到一半，'], 1);
  });

  test('by the same picture whenever it is worked on: the picture arrives as the camera gave it', async () => {
    const hang = () => {
      class HangingWorker {
        // As a browser that knows module workers does.
        constructor(_address: string, options: { type?: string }) {
          void options.type;
        }
        postMessage = () => {};
        terminate = () => {};
      }
      Object.assign(window, { Worker: HangingWorker });
    };
    await here.tablet.addInitScript(hang);
    await recordIssue(here.page, here.origin, { text: '打不开的照片', photo: true });
    for (const tries of [1, 2, 3]) {
      await expect
        .poll(() => tabletRows(here.page, 'photos'), { timeout: 15_000 })
        .toMatchObject([{ state: 'raw', tries }]);
      await here.killAndOpen();
      if (tries < 3) await here.tablet.addInitScript(hang);
      await here.page.goto(here.origin);
      await here.page.locator('.frame').waitFor();
    }
    await here.expectOnce(['打不开的照片'], 1);
  });

  test('while a voice note is spoken: what was said so far is in the form', async () => {
    await here.page.goto(`${here.origin}/issues/new`);
    await here.page.locator('.skip button').click();
    await here.page.getByRole('button', { name: '录一段话' }).click();
    await here.page.getByRole('button', { name: /^停止（3 秒）/ }).waitFor();
    await here.killAndOpen();
    await here.page.goto(here.origin);
    await here.page.getByRole('link', { name: /问题草稿/ }).click();
    const audio = here.page.locator('audio');
    await audio.waitFor();
    const played = await audio.evaluate(async (element: HTMLAudioElement) => {
      element.muted = true;
      await element.play();
      await new Promise((resolve) => element.addEventListener('ended', resolve, { once: true }));
      return element.currentTime;
    });
    expect(played).toBeGreaterThan(1);
    await choose(here.page, 'C12');
    await here.page.locator('footer button').click();
    await here.page.waitForURL(`${here.origin}/`);
    await here.expectOnce([], 1);
  });

  test('during an upload through a thin link: everything arrives once', async () => {
    const texts = ['慢网一', '慢网二'];
    await here.tablet.setOffline(true);
    for (const text of texts) await recordIssue(here.page, here.origin, { text, photo: true });
    await here.tablet.setOffline(false);
    const link = await here.tablet.newCDPSession(here.page);
    const slow = { offline: false, latency: 300, downloadThroughput: 50_000, uploadThroughput: 2_000 };
    await link.send('Network.emulateNetworkConditions', slow);
    const uploading = here.page.waitForRequest(
      (request) => request.method() === 'PATCH' && request.url().includes('/api/photos/'),
      { timeout: 60_000 }
    );
    await here.page.evaluate(() => window.dispatchEvent(new Event('online')));
    await uploading;
    await here.page.waitForTimeout(1_000);
    await here.killAndOpen();
    expect(queryStore(here.folder, 'SELECT id FROM photo WHERE stored_at IS NOT NULL')).toHaveLength(0);
    await here.expectOnce(texts, 2);
  });
});
