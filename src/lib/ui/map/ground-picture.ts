import { isWithin } from '../../domain/area';
import { isDrawn, type Grid } from '../../domain/grid';
import { labelsOf, type Label } from './label';
import { boxRound } from './map-view';
import type { WorldBox } from './mercator';
import { gridShape, landShapes, type Ground, type Projector, type Shape } from './shapes';

/** All that can be drawn of a ground, ready in world units. */
export interface GroundPicture {
  shapes: Shape[];
  labels: Label[];
  /** The borders of one's own grids; a micro-grid's only where it is what one was given. */
  own: Shape[];
  /** One's own grids, or everything where one has none; undefined where there is nothing. */
  whole: WorldBox | undefined;
}

export function pictureOf(ground: Ground, ownGridCodes: string[], project: Projector): GroundPicture {
  const isOwn = ({ code }: Grid) => ownGridCodes.some((own) => isWithin(code, own));
  const borders = ground.grids.filter(isDrawn).map((grid) => ({ grid, shape: gridShape(grid, project) }));
  const shapes = [...landShapes(ground, project), ...borders.map(({ shape }) => shape)];
  const own = borders
    .filter(({ grid }) => isOwn(grid) && (grid.code.length === 15 || ownGridCodes.includes(grid.code)))
    .map(({ shape }) => shape);
  const framed = [own, shapes.filter(({ kind }) => kind === 'grid'), shapes].find(({ length }) => length > 0);
  return {
    shapes,
    labels: labelsOf(ground, borders, isOwn, project),
    own,
    whole: framed && boxRound(framed.map(({ box }) => box))
  };
}
