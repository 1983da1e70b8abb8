import { moveAside, softBend, type PlanePoint } from './plane.ts';

/**
 * The corners where roads, lanes and the river meet, drawn by hand in metres. Grids and roads are both traced
 * along these corners, so that neighbours share every vertex and a border runs along its road.
 *
 *   n 厂北路, the north edge · w 石桥路, the west edge · e 槐树路, the east edge · l 长天路, across the middle
 *   s 新塘街, across the south · d 锦和路, the diagonal · r 长天河, the river
 *   x, y 槐树店 in the east · z where the river comes from and goes to
 *   a1, a2 inside grid 1, b1, b2 inside grid 2, c1 inside grid 3 and so on
 */
const corners: Record<string, PlanePoint> = {
  ...row('n', [-446, 368], [-312, 392], [-166, 411], [-18, 412], [142, 400], [300, 402], [440, 416]),
  ...row('w', [-468, 256], [-462, 120], [-472, -4], [-456, -126], [-444, -238]),
  ...row('e', [454, 276], [456, 138], [463, 24], [464, -100], [472, -236]),
  ...row('l', [-310, 112], [-172, 128], [-12, 138], [140, 130], [214, 126], [334, 130]),
  ...row('s', [-298, -120], [-138, -128], [48, -112], [234, -104]),
  ...row('d', [-78, 24], [88, -238]),
  ...row('r', [-436, -348], [-284, -384], [-104, -352], [124, -386], [288, -424], [480, -376]),
  ...row('a', [-308, 262], [-176, 272]),
  ...row('b', [-4, 256], [150, 264]),
  ...row('c', [280, 272]),
  ...row('f', [-292, 2]),
  ...row('g', [4, 18], [222, 12]),
  ...row('h', [338, 8]),
  ...row('i', [-300, -252], [-112, -240]),
  ...row('k', [250, -240]),
  ...row('x', [640, 408], [812, 394], [806, 30], [818, -352]),
  ...row('y', [632, 16], [646, -344]),
  ...row('z', [-580, -342], [960, -384])
};

/** Corners a1, a2, … */
function row(letter: string, ...points: PlanePoint[]): Record<string, PlanePoint> {
  return Object.fromEntries(points.map((point, index) => [`${letter}${index + 1}`, point]));
}

/** A road between two corners is seldom straight. */
const roadBends: Record<string, PlanePoint[]> = {
  'n1 n2': [[-380, 384]],
  'n4 n5': [[64, 411]],
  'n4 b1': [[-2, 326]],
  'b1 l3': [[-16, 198]],
  'n6 c1': [[300, 336]],
  'c1 l5': [[252, 194]],
  'w1 a1': [[-388, 270]],
  'a1 a2': [[-240, 257]],
  'n3 a2': [[-166, 340]],
  'b1 b2': [[72, 274]],
  'c1 e1': [[362, 264]],
  'l2 l3': [[-96, 142]],
  'l6 e2': [[398, 140]],
  'l2 d1': [[-120, 72]],
  'd1 s3': [[-8, -52]],
  's3 d2': [[78, -172]],
  'd2 r4': [[102, -320]],
  'w4 s1': [[-380, -134]],
  's1 s2': [[-216, -114]],
  's2 s3': [[-40, -106]],
  's4 e4': [[344, -112]],
  'f1 s2': [
    [-228, -36],
    [-182, -94]
  ],
  'g1 g2': [[112, 26]],
  'g2 s4': [[220, -46]],
  'h1 e3': [[402, 2]],
  'i1 i2': [
    [-256, -230],
    [-182, -252]
  ],
  'i2 d2': [
    [-42, -218],
    [30, -246]
  ],
  'd2 k1': [[168, -250]],
  'k1 e5': [[356, -226]],
  'x1 y1': [[620, 210]],
  'y1 y2': [[650, -160]]
};

const river = 'z1 r1 r2 r3 r4 r5 r6 y2 x4 z2'.split(' ');

function bendsOfRiver(): Record<string, PlanePoint[]> {
  const reaches = river.slice(1).map((to, index) => {
    const from = river[index]!;
    const before = river[index - 1] ?? from;
    const after = river[index + 2] ?? to;
    return [`${from} ${to}`, softBend(corner(before), corner(from), corner(to), corner(after))] as const;
  });
  return Object.fromEntries(reaches);
}

const bends: Record<string, PlanePoint[]> = { ...roadBends, ...bendsOfRiver() };

function corner(name: string): PlanePoint {
  const found = corners[name];
  if (!found) throw new Error(`the lattice has no corner ${name}`);
  return found;
}

/** What bends between two neighbouring corners, in the direction of travel. */
function bendsBetween(from: string, to: string): PlanePoint[] {
  return bends[`${from} ${to}`] ?? bends[`${to} ${from}`]?.toReversed() ?? [];
}

/** The line through corners written as 'w2 l1 l2', with every bend of the roads between them. */
export function traceLine(names: string): PlanePoint[] {
  const path = names.split(' ');
  return path.flatMap((name, index) => {
    const next = path[index + 1];
    return [corner(name), ...(next ? bendsBetween(name, next) : [])];
  });
}

/** As traceLine, round and back to the first corner, which is not repeated. */
export function traceRound(names: string): PlanePoint[] {
  const [first = ''] = names.split(' ');
  return traceLine(`${names} ${first}`).slice(0, -1);
}

/** A line some metres to the left (north) of the river's middle, from one of its corners to another. */
export function alongRiver(from: string, to: string, metres: number): PlanePoint[] {
  const middle = traceLine(river.join(' '));
  const [start, end] = [middle.indexOf(corner(from)), middle.indexOf(corner(to))];
  return moveAside(middle, metres).slice(start, end + 1);
}
