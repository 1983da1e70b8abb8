import { expect, test } from 'vitest';
import { boxBetween, middleBox, movedBox, stretchedBox } from './black-out';

/** A picture of 1600 × 1200 shown at half its size, 50 from the left and 100 from the top of the window. */
const picture = { width: 1600, height: 1200 };
const shown = { left: 50, top: 100, width: 800, height: 600 };

test('what was dragged on screen is the same part of the picture', () => {
  const box = boxBetween({ x: 150, y: 200 }, { x: 250, y: 260 }, shown, picture);
  expect(box).toEqual({ x: 200, y: 200, width: 200, height: 120 });
});

test('it does not matter from which corner', () => {
  const [one, other] = [
    { x: 150, y: 260 },
    { x: 250, y: 200 }
  ];
  expect(boxBetween(one, other, shown, picture)).toEqual(boxBetween(other, one, shown, picture));
});

test('a pixel that was touched in part is in it', () => {
  const box = boxBetween({ x: 150.3, y: 200.3 }, { x: 250.3, y: 260.3 }, shown, picture);
  expect(box).toEqual({ x: 200, y: 200, width: 201, height: 121 });
});

test('a finger that leaves the picture covers up to its edge', () => {
  const box = boxBetween({ x: 750, y: 650 }, { x: 2_000, y: 2_000 }, shown, picture);
  expect(box).toEqual({ x: 1_400, y: 1_100, width: 200, height: 100 });
});

test('a straight stroke and a tap are as broad as a finger', () => {
  const stroke = boxBetween({ x: 150, y: 200 }, { x: 350, y: 200 }, shown, picture);
  expect(stroke).toEqual({ x: 200, y: 176, width: 400, height: 48 });
  const tap = boxBetween({ x: 50, y: 100 }, { x: 50, y: 100 }, shown, picture);
  expect(tap).toEqual({ x: 0, y: 0, width: 24, height: 24 });
});

test('a picture smaller than its place on screen is met as well', () => {
  const box = boxBetween({ x: 150, y: 200 }, { x: 250, y: 300 }, shown, { width: 400, height: 300 });
  expect(box).toEqual({ x: 50, y: 50, width: 50, height: 50 });
});

test('keys move and stretch a box inside the picture', () => {
  const box = middleBox(picture);
  expect(box).toEqual({ x: 640, y: 480, width: 320, height: 240 });
  expect(movedBox(box, -32, 32, picture)).toEqual({ ...box, x: 608, y: 512 });
  expect(movedBox(box, 5_000, -5_000, picture)).toEqual({ ...box, x: 1_280, y: 0 });
  expect(stretchedBox(box, 32, -32, picture)).toEqual({ ...box, width: 352, height: 208 });
  expect(stretchedBox(box, -5_000, 5_000, picture)).toEqual({ ...box, width: 1, height: 720 });
});
