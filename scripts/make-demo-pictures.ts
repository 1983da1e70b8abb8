// Draws the pictures of the demo anew: SVG scenes in demo/pictures/drawing, photographed by a browser as JPEG.
//   npx node scripts/make-demo-pictures.ts                 all of them
//   npx node scripts/make-demo-pictures.ts lamp manhole    those whose name begins so
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { canvas } from '../demo/pictures/drawing/kit.ts';
import { scenes } from '../demo/pictures/drawing/scenes.ts';
import { launchDesk } from '../tests/support/browser.ts';

const folder = path.join(import.meta.dirname, '../demo/pictures');
const maxBytes = { picture: 90 * 1024, thumbnail: 6 * 1024 };
const thumbnailWidth = 240;

async function main(): Promise<void> {
  const wanted = process.argv.slice(2);
  mkdirSync(path.join(folder, 'thumbnails'), { recursive: true });
  const browser = await launchDesk({ viewport: canvas });
  const page = await browser.newPage();
  for (const [name, draw] of Object.entries(scenes)) {
    if (wanted.length > 0 && !wanted.some((start) => name.startsWith(start))) continue;
    await page.setContent(`<style>body{margin:0}</style>${draw()}`);
    const picture = await shoot(page, canvas.width, maxBytes.picture);
    const thumbnail = await shoot(page, thumbnailWidth, maxBytes.thumbnail);
    writeFileSync(path.join(folder, `${name}.jpg`), picture);
    writeFileSync(path.join(folder, 'thumbnails', `${name}.jpg`), thumbnail);
    console.log(`${name}: ${picture.length} bytes, thumbnail ${thumbnail.length}`);
  }
  await browser.close();
}

/** The best quality that fits. */
async function shoot(page: Page, width: number, maximum: number): Promise<Buffer> {
  const scale = width / canvas.width;
  const height = Math.round(canvas.height * scale);
  await page.setViewportSize({ width, height });
  await page.evaluate((zoom) => {
    const drawing = document.querySelector('svg');
    drawing?.setAttribute('width', String(1200 * zoom));
    drawing?.setAttribute('height', String(900 * zoom));
  }, scale);
  for (let quality = 86; quality > 20; quality -= 6) {
    const jpeg = await page.screenshot({ type: 'jpeg', quality, scale: 'css' });
    if (jpeg.length <= maximum) return jpeg;
  }
  throw new Error(`no quality makes ${width} pixels fit into ${maximum} bytes`);
}

await main();
