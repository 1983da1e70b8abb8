import type { Position } from '$lib/domain/geometry';

/** About a tenth of a metre. */
const decimals = 6;

/** Corners of a border as lines of longitude and latitude; `wrongLine` is the first that cannot be read. */
export function parseCorners(text: string): { corners: Position[]; wrongLine?: number } {
  const corners: Position[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    if (!line.trim()) continue;
    const [longitude, latitude, more] = line
      .trim()
      .split(/[\s,，、]+/)
      .map(Number);
    if (more !== undefined || !isDegrees(longitude, 180) || !isDegrees(latitude, 90))
      return { corners, wrongLine: index + 1 };
    corners.push({ longitude, latitude });
  }
  return { corners };
}

const isDegrees = (value: number | undefined, limit: number): value is number =>
  value !== undefined && Math.abs(value) <= limit;

export function formatCorners(corners: readonly Position[]): string {
  return corners
    .map(({ longitude, latitude }) => `${longitude.toFixed(decimals)},${latitude.toFixed(decimals)}\n`)
    .join('');
}

/** As a file with one border, for the grid of this code; a new grid where it is empty. */
export function cornersToFile(corners: readonly Position[], code: string): string {
  const ring = [...corners, corners[0]!].map(({ longitude, latitude }) => [longitude, latitude]);
  return JSON.stringify({
    type: 'Feature',
    properties: { code },
    geometry: { type: 'Polygon', coordinates: [ring] }
  });
}
