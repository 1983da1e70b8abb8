import { expect, test } from 'vitest';
import { panBy, wholePicture, zoomAt } from './zoom';

const frame = { width: 400, height: 300 };

test('the point under the pointer stays where it is', () => {
  const view = zoomAt(wholePicture, 2, 100, -50, frame);
  expect(view).toEqual({ scale: 2, x: -100, y: 50 });
  // The picture's point that was 100 right of the middle is at 100 × 2 − 100.
  expect(100 * view.scale + view.x).toBe(100);
});

test('zooming out ends at the whole picture, in the middle', () => {
  const view = zoomAt(zoomAt(wholePicture, 4, 200, 150, frame), 0.01, 0, 0, frame);
  expect(view).toEqual(wholePicture);
});

test('zooming in ends at eight times', () => {
  expect(zoomAt(wholePicture, 100, 0, 0, frame).scale).toBe(8);
});

test('the picture cannot be dragged out of its frame', () => {
  expect(panBy(wholePicture, 50, 50, frame)).toEqual(wholePicture);
  expect(panBy({ scale: 2, x: 0, y: 0 }, 1000, -1000, frame)).toEqual({ scale: 2, x: 200, y: -150 });
});
