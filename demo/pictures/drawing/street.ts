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

/** The hall of the elders at nightfall: one lamp before its steps, dark or lit. */
export function lamp(isLit: boolean): string {
  return picture(evening + hall + (isLit ? light : '') + post(isLit));
}

const evening =
  backdrop('url(#dusk)', -40, 600) +
  blurred(
    facade({
      x: 640,
      y: 60,
      width: 640,
      height: 500,
      columns: 5,
      rows: 4,
      wall: 'url(#wallDusk)',
      glass: '#2c3346',
      frame: '#565869',
      lit: ['0 3', '1 1', '2 4', '3 2', '1 4']
    }) +
      moved(tree('#2f4440', '#263733', '#3a524b', '#2b2a30'), 590, 600, 1.4) +
      moved(tree('#2c403d', '#233430', '#354c46', '#2b2a30'), 1180, 610, 1.2)
  ) +
  paving(580, 'url(#asphaltDusk)', '#0000002c');

const hall =
  polygon('-20,210 470,210 530,280 -20,280', '#2b2d3c') +
  rect(-20, 280, 510, 340, '#4c4a5b') +
  rect(-20, 560, 510, 60, '#403f50') +
  rect(300, 350, 130, 250, '#2d2c3a') +
  rect(312, 362, 106, 238, '#3a3948') +
  rect(362, 362, 4, 238, '#2d2c3a') +
  rect(60, 360, 170, 120, '#2c3346') +
  rect(52, 352, 186, 8, '#5d5c6c') +
  rect(142, 360, 6, 120, '#5d5c6c') +
  [0, 1, 2]
    .map((step) =>
      rect(262 - step * 26, 600 + step * 28, 206 + step * 52, 28, ['#5d5c69', '#53525f', '#494856'][step]!)
    )
    .join('') +
  line('M236 690 V560 L270 520', '#6d6c78', 8) +
  line('M494 690 V560 L462 520', '#6d6c78', 8);

const light =
  `<defs><radialGradient id="glow"><stop offset="0" stop-color="#ffe3a3" stop-opacity="0.62"/><stop offset="0.45" stop-color="#ffd98a" stop-opacity="0.26"/><stop offset="1" stop-color="#ffd98a" stop-opacity="0"/></radialGradient></defs>` +
  `<ellipse cx="800" cy="250" rx="430" ry="400" fill="url(#glow)"/>` +
  `<ellipse cx="740" cy="780" rx="640" ry="190" fill="url(#glow)"/>` +
  `<ellipse cx="380" cy="620" rx="300" ry="180" fill="url(#glow)" opacity="0.7"/>`;

function post(isLit: boolean): string {
  const glass = isLit ? '#fff4cf' : '#39404f';
  return (
    shadow(800, 770, 90, 14, 0.5) +
    rect(790, 300, 20, 470, '#20242f') +
    rect(793, 300, 5, 470, '#4a5062') +
    shape('M764 770 h72 l8 -40 h-88Z', '#1b1f29') +
    shape('M752 196 L766 290 H834 L848 196Z', glass) +
    (isLit ? '' : line('M778 200 L786 286 M810 214 L818 280', '#535c70', 4)) +
    shape('M740 196 Q800 130 860 196Z', '#20242f') +
    rect(760, 288, 80, 16, '#20242f', 'rx="4"')
  );
}

/** The fire lane of the courtyard, with a car across it or free. */
export function fireLane(isBlocked: boolean): string {
  return picture(day + laneMarks + gatePosts + (isBlocked ? moved(car, 330, 420, 1.2) : cone));
}

const day =
  backdrop('url(#sky)', -40, 500) +
  blurred(
    facade({ x: -60, y: -20, width: 470, height: 470, columns: 4, rows: 4 }) +
      facade({ x: 800, y: 10, width: 470, height: 440, columns: 4, rows: 4, wall: 'url(#wallBrick)' }) +
      backdrop('#9db386', 420, 480) +
      moved(tree(), 500, 470, 1.1) +
      moved(tree('#8fae7a', '#6f935f', '#b3ca9b'), 720, 466, 0.9)
  ) +
  backdrop('url(#asphalt)', 462) +
  polygon('-40,470 330,470 -40,720', 'url(#concrete)') +
  polygon('1240,470 850,470 1240,730', 'url(#concrete)');

/** Yellow borders and hatching as on every fire lane, with the words on the ground. */
const laneMarks =
  line('M420 476 L40 900 M770 476 L1160 900', '#e9bd3e', 14) +
  `<g transform="matrix(1 0 -0.02 0.52 0 0)"><text x="600" y="1560" text-anchor="middle" font-family="Noto Sans CJK SC, sans-serif" font-weight="700" font-size="150" fill="#e9bd3e" letter-spacing="18">消防通道</text></g>` +
  `<g transform="matrix(1 0 -0.02 0.5 0 0)"><text x="600" y="1330" text-anchor="middle" font-family="Noto Sans CJK SC, sans-serif" font-weight="700" font-size="92" fill="#e9bd3e" letter-spacing="10">禁止占用</text></g>`;

const gatePosts =
  rect(372, 330, 34, 150, '#d8d2c4') +
  rect(366, 320, 46, 14, '#b9b2a3') +
  rect(784, 330, 34, 150, '#d8d2c4') +
  rect(778, 320, 46, 14, '#b9b2a3');

const car =
  shadow(230, 318, 300, 32, 0.5) +
  shape(
    'M-10 250 C-20 180 -2 150 40 142 L92 60 C104 36 130 24 168 22 H300 C336 24 356 36 368 60 L420 142 C462 150 480 180 470 250 L462 300 H-2Z',
    '#d9dde1'
  ) +
  shape('M-10 250 C-14 220 -12 200 -6 184 H466 C472 200 474 220 470 250 L462 300 H-2Z', '#c2c8ce') +
  shape('M110 74 C118 56 136 48 166 46 H298 C326 48 344 56 350 74 L382 138 H78Z', '#5b6b78') +
  shape('M110 74 C118 56 136 48 166 46 H206 L150 138 H78Z', '#8ea0ad', 'opacity="0.7"') +
  rect(12, 176, 92, 34, '#c0392f', 'rx="12"') +
  rect(356, 176, 92, 34, '#c0392f', 'rx="12"') +
  rect(170, 206, 120, 38, '#2f6db0', 'rx="4"') +
  rect(178, 212, 104, 26, '#3f7fc4', 'rx="3"') +
  rect(0, 252, 460, 30, '#8b939b', 'rx="8"') +
  rect(18, 290, 66, 42, '#25282d', 'rx="10"') +
  rect(376, 290, 66, 42, '#25282d', 'rx="10"') +
  line('M60 148 H400', '#aeb5bc', 4);

const cone = moved(
  shadow(0, 62, 60, 12) +
    polygon('-10,-60 10,-60 34,52 -34,52', '#e4632d') +
    polygon('-18,-20 18,-20 24,10 -24,10', '#fbf5ea') +
    rect(-48, 50, 96, 14, '#c9501f', 'rx="4"'),
  1010,
  650,
  1.1
);

/** A big branch, broken off and lying across the pavement. */
export const fallenBranch = () =>
  picture(
    backdrop('url(#sky)', -40, 520) +
      blurred(
        facade({ x: 180, y: 40, width: 700, height: 420, columns: 6, rows: 3, wall: 'url(#wallBrick)' }) +
          backdrop('#a9bd92', 440, 500) +
          moved(tree('#8fae7a', '#6f935f', '#b3ca9b'), 1080, 500, 1.2)
      ) +
      backdrop('url(#asphalt)', 486, 640) +
      backdrop('#d8d3c8', 626, 644) +
      moved(paving(640, '#c8bfb0', '#00000016'), 0, 0) +
      trunk +
      moved(branch, 250, 640)
  );

const trunk =
  polygon('-20,680 330,680 380,740 -20,740', '#6a5a48') +
  line('M-20 680 H330 L380 740 H-20', '#b7ad9c', 10) +
  shape('M40 700 C70 520 50 300 90 -40 H230 C220 280 236 520 270 700Z', '#7a6049') +
  shape('M90 -40 C60 300 82 520 60 700 H40 C70 520 50 300 90 -40Z', '#5f4936') +
  shape('M196 210 C250 214 286 236 300 262 L270 300 C250 268 226 254 200 254Z', '#7a6049') +
  shape('M300 262 L270 300 L262 276 L278 280 L272 258Z', '#e3c79b') +
  moved(tree(), 120, 60, 1.6);

const leaf = (x: number, y: number, turn: number, fill: string) =>
  `<ellipse cx="${x}" cy="${y}" rx="34" ry="15" fill="${fill}" transform="rotate(${turn} ${x} ${y})"/>`;

const leaves = Array.from({ length: 74 }, (_, index) => {
  const angle = index * 2.4;
  const reach = 40 + (index % 9) * 24;
  return leaf(
    560 + Math.cos(angle) * reach * 1.35,
    40 + Math.sin(angle) * reach * 0.5,
    (index * 47) % 180,
    ['#5d8557', '#7ea371', '#8fb37f', '#6d9563'][index % 4]!
  );
}).join('');

const branch =
  shadow(460, 130, 470, 50, 0.36) +
  shape('M20 70 C180 40 340 70 520 30 L700 -20 L706 -4 L540 62 C360 110 190 90 30 120Z', '#7a6049') +
  shape('M20 70 L30 120 L6 110 L14 96 L0 84Z', '#e3c79b') +
  line('M360 70 C420 20 440 -30 500 -70', '#6b533e', 16) +
  line('M430 66 C500 110 560 120 640 150', '#6b533e', 16) +
  leaves;
