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

/** What is seen when one looks down: a manhole cover, a sunken road, a septic tank that spills. */

const cone = (x: number, y: number, scale: number) =>
  moved(
    shadow(0, 70, 74, 15) +
      polygon('-9,-110 9,-110 46,60 -46,60', '#e4632d') +
      polygon('-20,-56 20,-56 31,-6 -31,-6', '#fbf5ea') +
      polygon('-9,-110 -2,-110 -14,60 -46,60', '#fff', 'opacity="0.16"') +
      rect(-62, 58, 124, 18, '#c9501f', 'rx="5"'),
    x,
    y,
    scale
  );

const roadside =
  backdrop('url(#sky)', -40, 260) +
  blurred(
    facade({ x: 560, y: -220, width: 700, height: 420, columns: 6, rows: 3 }) +
      backdrop('#9db386', 180, 250) +
      moved(tree(), 260, 230, 0.9) +
      moved(tree('#8fae7a', '#6f935f', '#b3ca9b'), 470, 226, 0.7)
  ) +
  backdrop('#d9d4c9', 226, 252) +
  backdrop('#b4aea2', 252, 266) +
  backdrop('url(#asphalt)', 266) +
  specks();

/** Asphalt is never one colour. */
function specks(): string {
  return Array.from({ length: 150 }, (_, index) => {
    const [x, y] = [(index * 337) % 1200, 290 + ((index * 211) % 600)];
    return `<ellipse cx="${x}" cy="${y}" rx="${2 + (y - 260) / 120}" ry="${1 + (y - 260) / 320}" fill="${index % 2 ? '#fff' : '#000'}" opacity="0.09"/>`;
  }).join('');
}

export function manhole(isBroken: boolean): string {
  return picture(
    roadside +
      `<ellipse cx="600" cy="610" rx="330" ry="176" fill="#5c5f66"/><ellipse cx="600" cy="604" rx="312" ry="164" fill="#9b9a96"/>` +
      `<ellipse cx="600" cy="604" rx="282" ry="146" fill="#191b1f"/>` +
      (isBroken ? brokenCover + cone(230, 470, 1.15) + cone(1010, 520, 1.3) : wholeCover)
  );
}

const coverPattern = Array.from({ length: 44 }, (_, index) => {
  const [column, row] = [index % 11, Math.floor(index / 11)];
  const [x, y] = [370 + column * 46 + (row % 2) * 22, 512 + row * 56];
  const isInside = ((x - 600) / 250) ** 2 + ((y - 600) / 120) ** 2 < 1;
  return isInside
    ? `<ellipse cx="${x}" cy="${y}" rx="15" ry="8" fill="#7f858c"/><ellipse cx="${x}" cy="${y - 2}" rx="15" ry="7" fill="#989ea5"/>`
    : '';
}).join('');

const wholeCover =
  `<ellipse cx="600" cy="602" rx="280" ry="145" fill="url(#iron)"/><ellipse cx="600" cy="600" rx="258" ry="130" fill="none" stroke="#8d9299" stroke-width="8"/>` +
  coverPattern +
  rect(566, 588, 68, 22, '#2a2d32', 'rx="10"');

const brokenCover =
  `<clipPath id="cover"><ellipse cx="600" cy="602" rx="280" ry="145"/></clipPath>` +
  `<g clip-path="url(#cover)"><ellipse cx="600" cy="640" rx="240" ry="110" fill="#0c0d10"/>` +
  shape('M300 440 H600 L560 520 L600 566 L540 640 L572 690 L540 760 H300Z', 'url(#iron)') +
  `<g transform="translate(46 26) rotate(5 700 600)">${shape('M640 440 L600 530 L640 574 L590 640 L616 700 L590 760 H900 V440Z', '#5d6168')}</g></g>` +
  `<g clip-path="url(#cover)">${shape('M600 440 L560 520 L600 566 L540 640 L572 690 L540 760', 'none', 'stroke="#a9adb2" stroke-width="9"')}</g>` +
  line('M420 520 L470 560 L448 610 L500 650', '#2f3237', 6) +
  line('M360 600 L420 590', '#2f3237', 5);

export function road(isSunken: boolean): string {
  return picture(roadside + (isSunken ? hole + cone(1000, 430, 1.05) : patch));
}

const edge =
  'M250 560 C300 470 420 500 520 452 C640 410 800 450 880 520 C980 560 960 660 880 700 C800 770 640 742 520 780 C380 800 260 740 236 660Z';

const hole =
  `<g transform="translate(0 -8)">${shape(edge, '#4a4c52')}</g>` +
  shape(edge, '#5a4c3c') +
  `<g transform="translate(36 52) scale(0.94 0.9)">${shape(edge, '#8fa5ac')}</g>` +
  `<g transform="translate(60 96) scale(0.9 0.82)">${shape(edge, '#a9bfc6', 'opacity="0.7"')}</g>` +
  shape('M420 600 C520 570 640 580 760 560 L740 580 C640 600 520 596 430 622Z', '#fff', 'opacity="0.45"') +
  shape('M520 690 C600 676 700 680 780 660 L760 676 C690 694 600 692 528 706Z', '#fff', 'opacity="0.35"') +
  [
    [250, 700],
    [300, 760],
    [930, 560],
    [900, 740],
    [560, 440]
  ]
    .map(([x = 0, y = 0], index) =>
      moved(
        shape('M-26 8 L-10 -14 L16 -12 L28 6 L8 18Z', '#63656b'),
        x,
        y,
        0.8 + (index % 3) * 0.3,
        index * 40
      )
    )
    .join('') +
  line('M250 560 L170 520 L120 530 M960 600 L1060 590 L1120 620 M520 780 L500 860', '#45474d', 7);

const patch =
  shape('M236 520 L900 452 L972 700 L262 782Z', '#595c63') +
  shape('M236 520 L900 452 L972 700 L262 782Z', 'none', 'stroke="#43464c" stroke-width="10"') +
  shape('M236 520 L900 452 L908 480 L240 548Z', '#6b6e76', 'opacity="0.8"') +
  Array.from(
    { length: 60 },
    (_, index) =>
      `<circle cx="${280 + ((index * 173) % 640)}" cy="${520 + ((index * 89) % 210)}" r="3.4" fill="${index % 2 ? '#70737a' : '#474a50'}"/>`
  ).join('');

/** Dirty water wells up round a cover in the yard and runs towards the viewer. */
export const septicOverflow = () =>
  picture(
    backdrop('url(#sky)', -40, 300) +
      blurred(
        facade({ x: -40, y: -180, width: 760, height: 470, columns: 6, rows: 3, wall: 'url(#wallBrick)' }) +
          backdrop('#a9bd92', 260, 300) +
          moved(tree(), 980, 300, 1.1)
      ) +
      paving(290, 'url(#concrete)', '#00000022') +
      puddle +
      moved(coverInYard, 570, 540, 0.92) +
      warningBoard
  );

const puddle =
  shape(
    'M170 520 C260 420 470 380 640 392 C830 400 960 430 1000 500 C1030 560 1110 590 1180 610 L1240 640 V760 C1120 760 1060 720 960 740 C840 764 780 830 600 820 C460 812 420 760 300 744 C150 724 90 600 170 520Z',
    '#7d7460'
  ) +
  shape(
    'M210 536 C300 446 480 408 640 418 C810 424 930 452 966 516 C1000 580 1090 616 1240 656 V730 C1120 730 1050 694 950 714 C830 740 760 800 606 792 C474 786 430 734 314 718 C180 700 140 606 210 536Z',
    '#5f5948'
  ) +
  shape(
    'M260 640 C360 610 420 640 520 650 C600 656 640 640 700 650 C620 676 540 672 470 668 C400 664 330 652 260 640Z',
    '#a9a695',
    'opacity="0.65"'
  ) +
  shape('M560 724 C640 700 720 716 800 690 C780 726 680 744 560 724Z', '#a9a695', 'opacity="0.6"') +
  shape('M880 560 C940 570 980 610 1060 640 C990 636 920 610 880 560Z', '#a9a695', 'opacity="0.55"') +
  shape('M250 566 C290 510 350 480 400 470 C360 500 320 530 300 580Z', '#a9a695', 'opacity="0.4"') +
  [
    [330, 600],
    [470, 720],
    [820, 640],
    [720, 560],
    [980, 660]
  ]
    .map(
      ([x = 0, y = 0], index) =>
        `<ellipse cx="${x}" cy="${y}" rx="${16 + (index % 3) * 6}" ry="6" fill="#3f3b30"/>`
    )
    .join('');

const coverInYard =
  `<ellipse cx="0" cy="10" rx="200" ry="82" fill="#4d4a42"/><ellipse cx="0" cy="0" rx="188" ry="74" fill="#8b867a"/><ellipse cx="0" cy="0" rx="168" ry="62" fill="#a39e91"/>` +
  line('M-60 -6 H-20 M20 -6 H60', '#4d4a42', 12) +
  [-150, -90, 90, 150]
    .map(
      (x, index) =>
        `<ellipse cx="${x}" cy="${44 + (index % 2) * 16}" rx="26" ry="10" fill="#cfc9b6" opacity="0.7"/>`
    )
    .join('') +
  shape('M-180 30 C-120 76 120 78 184 26 C160 92 -150 96 -180 30Z', '#70674f');

const warningBoard = moved(
  shadow(0, 214, 96, 14) +
    line('M-60 60 L-84 210 M60 60 L84 210', '#c9a13a', 12) +
    rect(-92, -70, 184, 140, '#f1c644', 'rx="10"') +
    rect(-80, -58, 160, 116, '#f6d567', 'rx="6"') +
    polygon('0,-48 52,42 -52,42', '#2b2b2b') +
    rect(-6, -16, 12, 32, '#f6d567') +
    rect(-6, 22, 12, 11, '#f6d567'),
  1060,
  330,
  0.95
);
