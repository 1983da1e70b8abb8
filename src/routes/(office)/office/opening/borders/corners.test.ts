import { expect, test } from 'vitest';
import { parseBorderFile } from '$lib/geo/border-file';
import { cornersToFile, formatCorners, parseCorners } from './corners';

const corners = [
  { longitude: 104.1, latitude: 30.6 },
  { longitude: 104.2, latitude: 30.6 },
  { longitude: 104.2, latitude: 30.7 }
];

test.each([
  ['as it writes them', formatCorners(corners)],
  ['as people copy them', ' 104.1，30.6\n\n104.2\t30.6\r\n104.2, 30.7 ']
])('reads corners %s', (_name, text) => {
  expect(parseCorners(text)).toEqual({ corners });
});

test.each([
  ['104.1,30.6\n东门', 2],
  ['104.1', 1],
  ['104.1,30.6,500', 1],
  ['30.6,104.1', 1]
])('says which line of %j is none', (text, wrongLine) => {
  expect(parseCorners(text).wrongLine).toBe(wrongLine);
});

test('makes a file that is read like any other', () => {
  const file = parseBorderFile(cornersToFile(corners, '510108011007001'));
  expect(file).toMatchObject({
    ok: true,
    features: [{ code: '510108011007001', border: { type: 'Polygon' } }]
  });
});
