import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchTablet } from '../support/browser';
import { enter, insecureName, openDevicePage, type DevicePage } from '../support/device-harness/open';

let site: DevicePage;
beforeAll(async () => { site = await openDevicePage(); });
afterAll(() => site.close());
it('probe', async () => {
  const context = await launchTablet({ args: [insecureName], geolocation: { longitude: 104.1, latitude: 30.67, accuracy: 12 } });
  const page = await enter(context.pages()[0]!, site.origin);
  page.on('console', (m) => console.log('console', m.text()));
  const jpeg = Buffer.from(await page.evaluate(() => window.device.quarters(2000, 1500, 'image/jpeg')), 'base64');
  site.files.set('a.jpg', jpeg);
  const out = await page.evaluate(() => window.device.processFrom('/files/a.jpg'));
  console.log({ ...out, bytes: 0, thumbnail: 0, picture: 0, thumbnailPicture: 0 });
  console.log(page.workers().length);
  console.log('trouble', await page.evaluate(() => window.device.browserTrouble()));
  console.log('storage', await page.evaluate(async () => [await window.device.storageState(), await window.device.askForPersistence()]));
  console.log('fix', await page.evaluate(() => window.device.currentFix()));
  console.log('wake', await page.evaluate(async () => { const s: string[] = []; const r = window.device.keepAwake((x) => s.push(x)); await new Promise((d) => setTimeout(d, 500)); r(); return s; }));
  console.log('camera', await page.evaluate(async () => { const v = document.querySelector('video')!; const c = await window.device.openCamera(v); if (!c.ok) return c; const s = await c.shoot(); const t = s.ok ? await window.device.tell(await window.device.processPhoto(s.bytes, s.mime)) : null; c.close(); return [s.ok && s.mime, s.ok && s.bytes.byteLength, t && t.ok && t.width]; }));
  console.log('voice', await page.evaluate(async () => { const s: unknown[] = []; await new Promise<void>((done) => void window.device.recordVoice((x) => { s.push(x); if (x.state !== 'recording') done(); }, { seconds: 2, bytes: 1e6 })); return s.map((x) => JSON.stringify(x)); }));
  console.log('share', await page.evaluate(() => [typeof navigator.canShare, typeof navigator.clipboard]));
  await enter(page, site.insecureOrigin);
  console.log('trouble', await page.evaluate(() => [window.device.browserTrouble(), isSecureContext]));
  await context.close();
});
