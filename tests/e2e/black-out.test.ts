// A picture that leaves: what was dragged over is black in its pixels, all else as it was, and nothing of the camera's in it.
import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { axeViolations } from '../support/axe';
import { launchDesk } from '../support/browser';
import { openRecord, recordIssue, tabletRows, untilArrived } from '../support/field';
import { signInAs } from '../support/town';
import { useTown } from '../support/use-town';

const here = useTown();

interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** Sends the picture as it stands in the dialog. This browser hands to no other app: it saves the file. */
async function send(page: Page): Promise<Buffer> {
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.locator('dialog[open] footer').getByRole('button', { name: '发照片', exact: true }).click()
  ]);
  await page.locator('dialog[open]').waitFor({ state: 'detached' });
  return readFile(await file.path());
}

async function openBlackOut(page: Page): Promise<Box> {
  await page.locator('.photos').getByRole('button', { name: '发照片', exact: true }).click();
  await page.getByText('还没有涂黑').waitFor();
  return (await page.locator('dialog[open] canvas').boundingBox())!;
}

async function drag(page: Page, from: [number, number], to: [number, number]): Promise<void> {
  await page.mouse.move(...from);
  await page.mouse.down();
  await page.mouse.move(...to, { steps: 5 });
  await page.mouse.up();
}

/** The brightest value in the box, and how far two pictures of one size differ outside it, a block of JPEG away from its edge. */
function compare(page: Page, files: { before: Buffer; after: Buffer }, box: Box) {
  const asked = { before: files.before.toString('base64'), after: files.after.toString('base64'), box };
  return page.evaluate(async ({ before, after, box }) => {
    const read = async (base64: string) => {
      const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
      const bitmap = await createImageBitmap(new Blob([bytes]));
      const { width, height } = bitmap;
      const context = new OffscreenCanvas(width, height).getContext('2d')!;
      context.drawImage(bitmap, 0, 0);
      return { width, height, data: context.getImageData(0, 0, width, height).data };
    };
    const [one, other] = [await read(before), await read(after)];
    const block = 16;
    let [brightest, largest] = [0, 0];
    for (let at = 0; at < one.data.length; at++) {
      if (at % 4 === 3) continue;
      const [x, y] = [Math.floor(at / 4) % one.width, Math.floor(at / 4 / one.width)];
      const inside = (margin: number) =>
        x >= box.x - margin &&
        x < box.x + box.width + margin &&
        y >= box.y - margin &&
        y < box.y + box.height + margin;
      if (inside(0)) brightest = Math.max(brightest, other.data[at]!);
      else if (!inside(block)) largest = Math.max(largest, Math.abs(one.data[at]! - other.data[at]!));
    }
    return { width: other.width, height: other.height, brightest, largest };
  }, asked);
}

test('what was dragged over is black in the file that leaves, and nothing else is changed', async () => {
  const { page, origin } = here;
  const number = await recordIssue(page, origin, { text: '楼道里停着电动车', photo: true });
  await untilArrived(page);
  await openRecord(page, origin, number);
  const kept = await tabletRows(page, 'pictures', Infinity);
  expect(kept.length).toBeGreaterThan(0);

  await openBlackOut(page);
  const before = await send(page);

  const shown = await openBlackOut(page);
  const picture = await page
    .locator('dialog[open] canvas')
    .evaluate(({ width, height }: HTMLCanvasElement) => ({ width, height }));
  const scale = picture.width / shown.width;
  expect(picture.height / shown.height).toBeCloseTo(scale, 1);
  // From the right below to the left above, as a thumb may.
  await drag(page, [shown.x + 300, shown.y + 260], [shown.x + 120, shown.y + 150]);
  await page.getByText('已涂黑 1 处').waitFor();
  await drag(page, [shown.x + 20, shown.y + 20], [shown.x + 80, shown.y + 80]);
  await page.getByText('已涂黑 2 处').waitFor();
  await page.getByRole('button', { name: '撤掉上一块' }).click();
  await page.getByText('已涂黑 1 处').waitFor();
  const after = await send(page);

  const onScreen = { x: 120, y: 150, width: 180, height: 110 };
  const box = Object.fromEntries(
    Object.entries(onScreen).map(([side, length]) => [side, Math.round(length * scale)])
  ) as unknown as Box;
  // The edge of the box may fall into the middle of a pixel.
  const inner = { x: box.x + 1, y: box.y + 1, width: box.width - 2, height: box.height - 2 };
  const found = await compare(page, { before, after }, inner);
  expect(found).toMatchObject(picture);
  expect(found.brightest).toBeLessThan(12);
  expect(found.largest).toBeLessThan(12);
  expect(after.subarray(0, 2)).toEqual(Buffer.from([0xff, 0xd8]));
  expect(after.includes('Exif')).toBe(false);
  expect(await tabletRows(page, 'pictures', Infinity)).toEqual(kept);
});

test('a finger draws, and keys place a box where there is none', async () => {
  const { page, tablet } = here;
  const shown = await openBlackOut(page);
  expect(await axeViolations(page)).toEqual([]);
  const touch = await tablet.newCDPSession(page);
  const points = (x: number, y: number) => [{ x: shown.x + x, y: shown.y + y }];
  await touch.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: points(40, 40) });
  await touch.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: points(90, 90) });
  await touch.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: points(140, 60) });
  await touch.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
  await page.getByText('已涂黑 1 处').waitFor();
  await page.getByRole('button', { name: '撤掉上一块' }).click();

  const brightAt = (right: number, down: number) =>
    page.locator('dialog[open] canvas').evaluate(
      (canvas: HTMLCanvasElement, [right, down]) => {
        const pixel = canvas
          .getContext('2d')!
          .getImageData(canvas.width * right!, canvas.height * down!, 1, 1);
        return Math.max(...pixel.data.slice(0, 3));
      },
      [right, down]
    );
  await page.getByRole('button', { name: '加一块' }).focus();
  await page.keyboard.press('Enter');
  await page.getByText('已涂黑 1 处').waitFor();
  expect(await brightAt(0.42, 0.42)).toBe(0);
  const right = await brightAt(0.62, 0.5);
  expect(right).toBeGreaterThan(0);
  for (let press = 0; press < 3; press++) await page.keyboard.press('ArrowRight');
  expect(await brightAt(0.42, 0.42)).toBeGreaterThan(0);
  expect(await brightAt(0.62, 0.5)).toBe(0);
  await page.keyboard.press('Shift+ArrowUp');
  expect(await brightAt(0.62, 0.59)).toBeGreaterThan(0);
  await page.keyboard.press('Escape');
  await page.locator('dialog[open]').waitFor({ state: 'detached' });
});

test('no other way out of the tablet passes it by; the desk saves a blacked-out copy beside the file itself', async () => {
  const { page, server } = here;
  await page.locator('ul[aria-label] button').first().click();
  const view = page.locator('dialog[open]');
  await view.locator('img').waitFor();
  expect(await view.locator('footer').getByRole('button').allInnerTexts()).toEqual(['发照片']);
  expect(await view.locator('a[download]').count()).toBe(0);
  await page.keyboard.press('Escape');

  const desk = await launchDesk();
  try {
    const office = desk.pages()[0]!;
    await signInAs(office, server.origin, 'wangli');
    await office.goto(`${server.origin}/office`);
    await office.getByText('楼道里停着电动车').first().click();
    await office.locator('ul[aria-label] button').first().click();
    await office.locator('dialog[open] img').waitFor();
    expect(await office.locator('dialog[open] a[download]').count()).toBe(1);
    await office.getByRole('button', { name: '存图（带时间地点）' }).click();
    const canvas = office.locator('dialog[open] canvas');
    const shown = (await canvas.boundingBox())!;
    const whole = await canvas.evaluate(({ width, height }: HTMLCanvasElement) => ({ width, height }));
    await drag(office, [shown.x, shown.y], [shown.x + shown.width, shown.y + shown.height]);
    await office.getByText('已涂黑 1 处').waitFor();
    const [file] = await Promise.all([
      office.waitForEvent('download'),
      office.locator('dialog[open]:has(canvas) footer').getByRole('button', { name: '存图' }).click()
    ]);
    const after = await readFile(await file.path());
    const inner = { x: 1, y: 1, width: whole.width - 2, height: whole.height - 2 };
    expect((await compare(page, { before: after, after }, inner)).brightest).toBeLessThan(12);
    await canvas.waitFor({ state: 'detached' });
  } finally {
    await desk.close();
  }
});
