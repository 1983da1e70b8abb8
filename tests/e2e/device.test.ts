import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { launchTablet } from '../support/browser';
import { enter, insecureName, openDevicePage, type DevicePage } from '../support/device-harness/open';

const here = { longitude: 104.1234567, latitude: 30.6712345, accuracy: 12 };

let site: DevicePage;
let context: BrowserContext;
let page: Page;
beforeAll(async () => {
  site = await openDevicePage();
  context = await launchTablet({ args: [insecureName], geolocation: here });
  page = context.pages()[0]!;
});
afterAll(async () => {
  await context?.close();
  await site?.close();
});
beforeEach(() => enter(page, site.origin));

describe('the position', () => {
  it('is one fix with its accuracy and this clock', async () => {
    const before = Date.now();
    const result = await page.evaluate(() => window.device.currentFix());
    expect(result).toMatchObject({
      ok: true,
      fix: { longitude: here.longitude, latitude: here.latitude, accuracyMetres: here.accuracy }
    });
    if (result.ok) expect(Math.abs(result.fix.at - before)).toBeLessThan(60_000);
  });

  it('is followed until stopped', async () => {
    await page.evaluate(() => {
      const fixes: number[] = [];
      const stop = window.device.watchPosition(
        (fix) => fixes.push(fix.latitude),
        () => {}
      );
      Object.assign(window, { fixes, stop });
    });
    const fixes = () => page.evaluate(() => (window as unknown as { fixes: number[] }).fixes);
    await expect.poll(async () => (await fixes()).at(-1)).toBe(here.latitude);
    await context.setGeolocation({ ...here, latitude: 30.68 });
    await expect.poll(async () => (await fixes()).at(-1)).toBe(30.68);
    await page.evaluate(() => (window as unknown as { stop(): void }).stop());
    await context.setGeolocation(here);
    await page.waitForTimeout(500);
    expect((await fixes()).at(-1)).toBe(30.68);
  });

  it('that nobody knows is said, and not waited for', async () => {
    await context.setGeolocation(null);
    expect(await page.evaluate(() => window.device.currentFix(1_000))).toMatchObject({ ok: false });
    const reason = await page.evaluate(() => {
      navigator.geolocation.getCurrentPosition = () => {};
      return window.device.currentFix(300);
    });
    expect(reason).toEqual({ ok: false, reason: 'timeout' });
    await context.setGeolocation(here);
  });

  it('that may not be known is denied, for one fix and for many', async () => {
    await context.clearPermissions();
    expect(await page.evaluate(() => window.device.currentFix(3_000))).toEqual({
      ok: false,
      reason: 'denied'
    });
    const reason = page.evaluate(() => new Promise((tell) => window.device.watchPosition(() => {}, tell)));
    expect(await reason).toBe('denied');
    await context.grantPermissions(['geolocation', 'camera', 'microphone']);
  });
});

describe('the storage', () => {
  it('says what it has and whether it stays', async () => {
    const [state, answer] = await page.evaluate(() =>
      Promise.all([window.device.storageState(), window.device.askForPersistence()])
    );
    expect(state!.quotaBytes).toBeGreaterThan(0);
    expect(state!.freeBytes).toBe(state!.quotaBytes - state!.usedBytes);
    expect(typeof state!.persisted).toBe('boolean');
    expect(['granted', 'refused']).toContain(answer);
  });
});

describe('the screen', () => {
  it('stays on until released, and comes back after the page was hidden', async () => {
    await context.grantPermissions(['screen-wake-lock'], { origin: site.origin });
    const states = await page.evaluate(async () => {
      const pause = () => new Promise((resume) => setTimeout(resume, 300));
      const states: string[] = [];
      const request = navigator.wakeLock.request.bind(navigator.wakeLock);
      let sentinel: WakeLockSentinel | undefined;
      navigator.wakeLock.request = async () => (sentinel = await request('screen'));
      const release = window.device.keepAwake((state) => states.push(state));
      await pause();
      await sentinel?.release();
      document.dispatchEvent(new Event('visibilitychange'));
      await pause();
      release();
      await pause();
      return [...states, sentinel?.released];
    });
    expect(states).toEqual(['awake', 'asleep', 'awake', true]);
  });
});

describe('two tabs', () => {
  it('take turns under one name; a closed one leaves no lock behind', async () => {
    const other = await enter(await context.newPage(), site.origin);
    await other.evaluate(async () => {
      await new Promise<void>((begun) => {
        void window.device.withLock('sync', () => {
          begun();
          return new Promise(() => {});
        });
      });
    });
    await page.evaluate(() => {
      void window.device.withLock('sync', () =>
        Promise.resolve(document.body.setAttribute('data-turn', 'mine'))
      );
    });
    await page.waitForTimeout(300);
    expect(await page.getAttribute('body', 'data-turn')).toBeNull();
    await other.close();
    await expect.poll(() => page.getAttribute('body', 'data-turn')).toBe('mine');
  });

  it('hear each other, and not themselves', async () => {
    const other = await enter(await context.newPage(), site.origin);
    const listen = (tab: Page) =>
      tab.evaluate(() => {
        const heard: unknown[] = [];
        const channel = window.device.openChannel('sync-state', (message) => heard.push(message));
        Object.assign(window, { heard, channel });
      });
    await listen(page);
    await listen(other);
    await other.evaluate(() =>
      (window as unknown as { channel: { send(message: unknown): void } }).channel.send({ waiting: 3 })
    );
    const heard = (tab: Page) => tab.evaluate(() => (window as unknown as { heard: unknown[] }).heard);
    await expect.poll(() => heard(page)).toEqual([{ waiting: 3 }]);
    expect(await heard(other)).toEqual([]);
    await other.close();
  });
});

describe('sharing', () => {
  const blob = 'new Blob(["photo"], { type: "image/jpeg" })';

  it('saves the picture where the browser cannot share files', async () => {
    const saved = page.waitForEvent('download');
    const answer = await page.evaluate(() =>
      window.device.sharePicture(new Blob(['photo'], { type: 'image/jpeg' }), '长天路-0123.jpg', '')
    );
    expect(answer).toBe('saved');
    expect((await saved).suggestedFilename()).toBe('长天路-0123.jpg');
  });

  it.each([
    ['shared', 'undefined'],
    ['cancelled', 'Promise.reject(new DOMException("", "AbortError"))']
  ])('hands it over where it can: %s', async (expected, answer) => {
    const result = await page.evaluate(`
      navigator.canShare = ({ files }) => files[0].name === 'a.jpg' && files[0].type === 'image/jpeg';
      navigator.share = async () => ${answer};
      device.sharePicture(${blob}, 'a.jpg', 'text')`);
    expect(result).toBe(expected);
  });

  it('copies a text, also from within a dialog and without the clipboard of today', async () => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: site.origin });
    const copy = (text: string) =>
      page.evaluate(async (text) => {
        const isCopied = await window.device.copyText(text);
        return [isCopied, await navigator.clipboard.readText()];
      }, text);
    expect(await copy('https://长天路.example')).toEqual([true, 'https://长天路.example']);
    await page.evaluate(() => {
      navigator.clipboard.writeText = () => Promise.reject(new DOMException('', 'NotAllowedError'));
      const dialog = document.body.appendChild(document.createElement('dialog'));
      dialog.append(document.querySelector('button')!);
      dialog.showModal();
    });
    await page.click('dialog button');
    expect(await copy('from the dialog')).toEqual([true, 'from the dialog']);
  });
});

describe('the browser', () => {
  it('of this test is fit for the work', async () => {
    expect(await page.evaluate(() => window.device.browserTrouble())).toBeNull();
  });

  it('inside another app is embedded', async () => {
    const session = await context.newCDPSession(page);
    await session.send('Emulation.setUserAgentOverride', {
      userAgent:
        'Mozilla/5.0 (Linux; Android 13; V2183A; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/116.0.0.0 Mobile Safari/537.36 XWEB/1160065 MMWEBSDK/20231202 MicroMessenger/8.0.47.2560(0x28002F35) WeChat/arm64 Weixin NetType/WIFI Language/zh_CN ABI/arm64'
    });
    expect(await page.evaluate(() => window.device.browserTrouble())).toBe('embedded');
    await session.send('Emulation.setUserAgentOverride', { userAgent: '' });
    await session.detach();
  });

  it('without module workers is old', async () => {
    const trouble = await page.evaluate(() => {
      const ModuleWorker = Worker;
      window.Worker = class extends ModuleWorker {
        constructor(address: string | URL) {
          super(address);
        }
      };
      return window.device.browserTrouble();
    });
    expect(trouble).toBe('old');
  });

  it('on plain http says so everywhere, and nothing throws', async () => {
    await enter(page, site.insecureOrigin);
    const answers = await page.evaluate(async () => {
      const { device } = window;
      const wake: string[] = [];
      device.keepAwake((state) => wake.push(state))();
      const turns = await Promise.all(
        [1, 2].map((turn) => device.withLock('sync', () => Promise.resolve(turn)))
      );
      return {
        trouble: device.browserTrouble(),
        camera: await device.openCamera(document.querySelector('video')!),
        voice: await device.recordVoice(() => {}),
        fix: await device.currentFix(),
        watch: await new Promise((tell) => device.watchPosition(() => {}, tell)),
        storage: [await device.storageState(), await device.askForPersistence()],
        photo: await device.processPhoto(new ArrayBuffer(3), 'image/jpeg'),
        wake,
        turns
      };
    });
    expect(answers).toEqual({
      trouble: 'insecure',
      camera: { ok: false, reason: 'insecure' },
      voice: { ok: false, reason: 'insecure' },
      fix: { ok: false, reason: 'insecure' },
      watch: 'insecure',
      storage: [null, 'absent'],
      photo: { ok: false, reason: 'unavailable' },
      wake: ['absent'],
      turns: [1, 2]
    });
  });
});
