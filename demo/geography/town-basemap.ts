import type { BasemapLine } from '../../src/lib/domain/grid';
import { area, riverside, way } from './basemap-plan.ts';
import { rectangle, roundPatch } from './plane.ts';

const mainRoads = [
  way('mainRoad', '长天路', [-580, 104], 'w2 l1 l2 l3 l4 l5 l6 e2'),
  way('mainRoad', '槐树路', [440, 500], 'n7 e1 e2 e3 e4 e5 r6', [486, -500]),
  way('mainRoad', '锦和路', 'l2 d1 s3 d2 r4', [140, -500])
];

const roads = [
  way('road', '厂北路', [-580, 380], 'n1 n2 n3 n4 n5 n6 n7'),
  way('road', '石桥路', [-450, 500], 'n1 w1 w2 w3 w4 w5 r1', [-430, -470]),
  way('road', '新塘街', [-580, -132], 'w4 s1 s2 s3 s4 e4'),
  way('road', '机械厂路', [-172, 500], 'n3 a2 l2'),
  way('road', '向阳街', 'n4 b1 l3 g1'),
  way('road', '天和路', [310, 500], 'n6 c1 l5 g2 s4 k1'),
  way('road', '河畔街', 'd2 k1 e5')
];

const lanes = [
  way('lane', '厂内巷', 'w1 a1 a2'),
  way('lane', '厂东巷', 'n2 a1'),
  way('lane', '向阳巷', 'b1 b2'),
  way('lane', '双桥巷', 'n5 b2 l4'),
  way('lane', '天和北巷', 'c1 e1'),
  way('lane', '青松北巷', 'l1 f1'),
  way('lane', '青松巷', 'w3 f1 s2'),
  way('lane', '市场巷', 'd1 g1 g2'),
  way('lane', '锦和中巷', 'l6 h1'),
  way('lane', '锦和后巷', 'g2 h1 e3'),
  way('lane', '窑口巷', 's1 i1 r2'),
  way('lane', '石灰巷', 'w5 i1 i2 d2')
];

const paths = [
  way('path', '', [-322, 384], [-324, 300], [-456, 299]),
  way('path', '', [-182, 352], [-310, 346]),
  way('path', '', [-456, 208], [-300, 204], [-298, 124]),
  way('path', '', [12, 352], [136, 346]),
  way('path', '', [14, 218], [130, 214], [132, 142]),
  way('path', '', [164, 290], [200, 316], [272, 304], [266, 250], [222, 214]),
  way('path', '', [312, 300], [352, 322], [440, 310]),
  way('path', '', [-448, 74], [-318, 70]),
  way('path', '', [-288, 70], [-176, 66], [-104, 40]),
  way('path', '', [-176, -4], [-152, -60], [-132, -104]),
  way('path', '', [-448, -62], [-250, -66]),
  way('path', '', [-118, 86], [-76, 70], [-40, 76], [-20, 30]),
  way('path', '', [250, 72], [322, 66]),
  way('path', '', [350, 76], [446, 76]),
  way('path', '', [240, -52], [342, -42], [454, -58]),
  way('path', '', [-446, -175], [-310, -178]),
  way('path', '', [-140, -136], [-138, -238]),
  way('path', '', [-90, -246], [-98, -316]),
  way('path', '', [110, -170], [240, -176]),
  way('path', '', [270, -172], [462, -170]),
  way('path', '', [262, -252], [300, -330], [284, -390])
];

const greens = [
  area('green', '三角小游园', [
    [-116, 90],
    [-34, 95],
    [-22, 34],
    [-70, 44]
  ]),
  area('green', '石灰窑遗址', roundPatch([-196, -316], [46, 26])),
  area('green', '向阳小学操场', rectangle([-74, 302], [76, 62], -2)),
  area('green', '', roundPatch([-262, 298], [24, 15])),
  area('green', '', rectangle([-246, 166], [96, 34], 2)),
  area('green', '', roundPatch([232, 292], [26, 22])),
  area('green', '', roundPatch([376, 316], [30, 16])),
  area('green', '', roundPatch([360, 196], [30, 11])),
  area('green', '', rectangle([-212, -72], [14, 26], 48)),
  area('green', '', roundPatch([-30, 0], [18, 12])),
  area('green', '', roundPatch([276, 71], [26, 10])),
  area('green', '', roundPatch([340, -62], [14, 26])),
  area('green', '', roundPatch([-50, -166], [58, 22])),
  area('green', '', roundPatch([30, -296], [36, 22])),
  area('green', '', roundPatch([378, -284], [52, 24])),
  area('green', '', rectangle([-30, 372], [10, 26], 0))
];

const waters = [
  area('water', '', roundPatch([376, -282], [24, 10])),
  area('water', '', roundPatch([234, 292], [9, 8]))
];

/** Greens and waters first, so that what is drawn later lies on top. */
export const townBasemap: BasemapLine[] = [
  ...riverside('z1', 'r6'),
  ...greens,
  ...waters,
  ...paths,
  ...lanes,
  ...roads,
  ...mainRoads
];
