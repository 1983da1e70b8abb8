import type { Grid } from '../../src/lib/domain/grid';
import { traceRound } from './lattice.ts';
import { mergeBorders } from './merge-borders.ts';
import { toBorder } from './plane.ts';

/** A grid as drawn: its part of town, and the corners round each micro-grid, west to east and north to south. */
interface GridPlan {
  quarter: string;
  microGrids: string[];
}

export const townGridPlans: GridPlan[] = [
  { quarter: '机械厂片区', microGrids: ['n1 n2 a1 w1', 'n2 n3 a2 a1', 'w1 a1 a2 l2 l1 w2'] },
  { quarter: '向阳片区', microGrids: ['n3 n4 b1 l3 l2 a2', 'n4 n5 b2 b1', 'b1 b2 l4 l3'] },
  { quarter: '天和汇片区', microGrids: ['n5 n6 c1 l5 l4 b2', 'n6 n7 e1 c1', 'c1 e1 e2 l6 l5'] },
  { quarter: '青松苑片区', microGrids: ['w2 l1 f1 w3', 'l1 l2 d1 s3 s2 f1', 'w3 f1 s2 s1 w4'] },
  { quarter: '农贸市场片区', microGrids: ['l2 l3 g1 d1', 'l3 l4 l5 g2 g1', 'd1 g1 g2 s4 s3'] },
  { quarter: '锦和里片区', microGrids: ['l5 l6 h1 g2', 'l6 e2 e3 h1', 'g2 h1 e3 e4 s4'] },
  { quarter: '石灰巷片区', microGrids: ['w4 s1 i1 r2 r1 w5', 's1 s2 s3 d2 i2 i1', 'i1 i2 d2 r4 r3 r2'] },
  { quarter: '沿河片区', microGrids: ['s3 s4 k1 d2', 's4 e4 e5 k1', 'd2 k1 e5 r6 r5 r4'] }
];

export const neighbourGridPlans: GridPlan[] = [
  { quarter: '槐荫片区', microGrids: ['n7 x1 y1 e3 e2 e1', 'x1 x2 x3 y1'] },
  { quarter: '金桂片区', microGrids: ['e3 y1 y2 r6 e5 e4', 'y1 x3 x4 y2'] }
];

const serial = (number: number, digits: number) => String(number).padStart(digits, '0');

function gridCodeOf(communityCode: string, gridNumber: number): string {
  return communityCode + serial(gridNumber, 3);
}

export function microGridCodeOf(communityCode: string, gridNumber: number, microGridNumber: number): string {
  return gridCodeOf(communityCode, gridNumber) + serial(microGridNumber, 2);
}

/** Every grid, each followed by its micro-grids; a grid's border is the union of theirs. */
export function drawGrids(communityCode: string, plans: readonly GridPlan[]): Grid[] {
  return plans.flatMap(({ quarter, microGrids }, index) => {
    const number = index + 1;
    const parts = microGrids.map((names, at) => ({
      code: microGridCodeOf(communityCode, number, at + 1),
      name: `${number}-${at + 1} 微网格`,
      border: toBorder(traceRound(names))
    }));
    const whole = {
      code: gridCodeOf(communityCode, number),
      name: `第${number}网格（${quarter}）`,
      border: mergeBorders(parts.map((part) => part.border))
    };
    return [whole, ...parts];
  });
}
