import {
  backdrop,
  blurred,
  facade,
  line,
  moved,
  paving,
  picture,
  polygon,
  rect,
  shadow,
  shape,
  tree
} from './kit.ts';

/** The air walker of the gym corner, close to its left foot plate: the bolt loose, or new and tight. */
export function walker(isFixed: boolean): string {
  return picture(courtyard + frame + rightPlate + leftPlate(isFixed));
}

const courtyard = blurred(
  backdrop('url(#sky)', -40, 560) +
    facade({ x: -40, y: 30, width: 620, height: 440, columns: 5, rows: 3 }) +
    facade({ x: 700, y: -60, width: 560, height: 520, columns: 4, rows: 4, wall: 'url(#wallBrick)' }) +
    backdrop('#93ad7b', 452, 512) +
    moved(tree(), 640, 505, 1.35) +
    moved(tree('#8fae7a', '#6f935f', '#b3ca9b'), 1120, 505, 1.1) +
    paving(500, '#c96f5a', '#00000014') +
    backdrop('#e8dcc4', 498, 508),
  'far'
);

const foot = shape('M-60 838 h120 l16 34 h-152Z', '#8a8f96') + screw(-42) + screw(42);

function screw(x: number): string {
  return `<circle cx="${x}" cy="856" r="8" fill="#d6d9dc" stroke="#5d636a" stroke-width="2"/>`;
}

const post = (x: number) =>
  moved(
    rect(-24, -20, 48, 860, 'url(#yellowTube)') + rect(-14, -20, 9, 860, '#fff', 'opacity="0.28"') + foot,
    x,
    0
  );

/** The posts; the bar between them is above the picture. */
const frame = shadow(600, 862, 500, 26) + post(120) + post(1050);

const arm = (turn: number, height: number) =>
  moved(
    rect(-29, -700, 58, height + 700, 'url(#blueTube)') +
      rect(-18, -700, 11, height + 700, '#fff', 'opacity="0.3"'),
    0,
    0,
    1,
    turn
  );

function plate(): string {
  const ridges = Array.from({ length: 8 }, (_, index) =>
    line(`M${-118 + index * 30} -16 l-14 40`, '#6a707a', 5)
  ).join('');
  return (
    polygon('-140,-22 120,-22 150,34 -176,34', 'url(#rubber)') +
    ridges +
    polygon('-176,34 150,34 150,58 -176,58', '#1b1d21') +
    rect(-176, 34, 326, 6, '#5d636d')
  );
}

const rightPlate = moved(
  moved(arm(0, 640), 0, 0) + shadow(0, 820, 170, 22) + moved(plate(), 10, 640, 0.86),
  806,
  40,
  0.92
);

function bolt(isFixed: boolean): string {
  const nut = (fill: string) =>
    polygon('-34,0 -17,-30 17,-30 34,0 17,30 -17,30', fill, 'stroke="#50555c" stroke-width="3"') +
    `<circle r="15" fill="#c7ccd1" stroke="#6b7178" stroke-width="3"/>`;
  const threads = Array.from({ length: 7 }, (_, index) =>
    line(`M${18 + index * 12} -13 l4 26`, '#6b5138', 4)
  );
  if (isFixed)
    return (
      `<circle r="47" fill="#dfe3e6" stroke="#8d949b" stroke-width="4"/>` +
      nut('url(#steel)') +
      line('M-20 -16 L-8 -24', '#fff', 5, 'opacity="0.9"')
    );
  return (
    `<circle r="47" fill="#b9a58d" stroke="#7d6850" stroke-width="4"/><circle r="26" fill="#2b2320"/>` +
    shape('M-30 34 C-26 70 -34 96 -22 130 C-12 96 -14 66 -8 40Z', '#8a4b22', 'opacity="0.55"') +
    rect(0, -14, 104, 28, '#a98c6b', 'rx="5"') +
    threads.join('') +
    moved(nut('#b08a5f'), 112, 12, 0.9, 24)
  );
}

function leftPlate(isFixed: boolean): string {
  const turn = isFixed ? 0 : 11;
  return (
    moved(arm(isFixed ? 0 : -1.5, 560), 470, 0) +
    shadow(470, 838, 210, 26) +
    moved(
      moved(
        rect(-46, -150, 92, 150, 'url(#blueTube)', 'rx="10"') +
          rect(-34, -150, 12, 150, '#fff', 'opacity="0.25"'),
        0,
        0
      ) + moved(plate(), 0, 20, 1.16),
      470,
      690,
      1,
      turn
    ) +
    moved(bolt(isFixed), 470, 566, 1.12)
  );
}
