// Draws the app's icons from static/icon.svg, for systems that want PNG: `npx node scripts/make-icons.ts` after the drawing
// has changed, then look at them and commit them.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { launchDesk } from '../tests/support/browser.ts';

const folder = path.join(import.meta.dirname, '..', 'static');

/** `cut`: the system cuts the icon to a shape of its own. `circle` may take all but the safe circle in the middle. */
const icons = [
  { file: 'icon-192.png', size: 192, cut: 'none' },
  { file: 'icon-512.png', size: 512, cut: 'none' },
  { file: 'icon-maskable-512.png', size: 512, cut: 'circle' },
  { file: 'apple-touch-icon.png', size: 180, cut: 'corners' }
];

const drawing = await readFile(path.join(folder, 'icon.svg'), 'utf8');
const browser = await launchDesk();
try {
  for (const { file, size, cut } of icons) {
    const page = await browser.newPage();
    await page.setViewportSize({ width: size, height: size });
    await page.setContent(`<style>body { margin: 0 } svg { display: block }</style>${drawing}`);
    if (cut !== 'none') await page.locator('svg > rect').evaluate((ground) => ground.removeAttribute('rx'));
    if (cut === 'circle') await page.locator('#mark').evaluate((mark) => mark.removeAttribute('transform'));
    await page.screenshot({ path: path.join(folder, file), omitBackground: true });
    await page.close();
  }
} finally {
  await browser.close();
}
