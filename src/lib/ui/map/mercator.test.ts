import { describe, expect, it } from 'vitest';
import { metresBetween, boxAround } from '../../geo/distance';
import { wgs84ToGcj02 } from '../../geo/coordinate-system';
import { metresPerPixel, pixelToWorld, scaleLength, worldToPixel, type MapView } from './map-view';
import { metresPerUnit, positionToWorld, worldToPosition } from './mercator';

const here = { longitude: 104.128, latitude: 30.652 };

describe('the drawing plane', () => {
  it.each(['wgs84', 'gcj02', 'bd09'] as const)(
    'gives a tap in %s back as the position that is drawn there',
    (crs) => {
      const back = worldToPosition(positionToWorld(here, crs), crs);
      expect(metresBetween(back, here)).toBeLessThan(1);
    }
  );

  it('shifts what it draws in GCJ-02, by the 361 m of Chengdu', () => {
    const [plain, shifted] = [positionToWorld(here), positionToWorld(here, 'gcj02')];
    expect(shifted).toEqual(positionToWorld(wgs84ToGcj02(here)));
    const metres = Math.hypot(shifted.x - plain.x, shifted.y - plain.y) * metresPerUnit(plain);
    expect(metres).toBeGreaterThan(300);
    expect(metres).toBeLessThan(420);
  });

  it('measures metres as the ground does', () => {
    const east = positionToWorld({ longitude: boxAround(here, 100).east, latitude: here.latitude });
    const start = positionToWorld(here);
    expect((east.x - start.x) * metresPerUnit(start)).toBeCloseTo(100, 0);
  });

  it('stays finite at the poles and turns round at the edge of the world', () => {
    expect(Number.isFinite(positionToWorld({ longitude: 0, latitude: 90 }).y)).toBe(true);
    expect(worldToPosition({ x: 256 + 128, y: 128 })).toEqual({ longitude: 0, latitude: 0 });
  });
});

describe('a view', () => {
  const view: MapView = { centre: positionToWorld(here), zoom: 17, width: 800, height: 1280 };

  it('turns pixels into places and back', () => {
    const pixel = { x: 123, y: 456 };
    const back = worldToPixel(pixelToWorld(pixel, view), view);
    expect(back.x).toBeCloseTo(pixel.x, 6);
    expect(back.y).toBeCloseTo(pixel.y, 6);
    expect(worldToPixel(view.centre, view)).toEqual({ x: 400, y: 640 });
  });

  it('has a scale bar of a round length that is not too wide', () => {
    for (let zoom = 5; zoom <= 20; zoom += 0.5) {
      const { metres, pixels } = scaleLength({ ...view, zoom }, 110);
      expect(String(metres)).toMatch(/^[125]0*$/);
      expect(pixels).toBeLessThanOrEqual(110);
      expect(pixels).toBeGreaterThan(40);
      expect(metres / metresPerPixel({ ...view, zoom })).toBeCloseTo(pixels, 9);
    }
  });
});
