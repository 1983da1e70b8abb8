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

/** The north gate of the market hall: bins running over, or emptied and the ground washed. */
export function market(isClean: boolean): string {
  const bins = [250, 430, 610].map((x, index) => moved(bin(binColours[index]!, isClean), x, 600));
  return picture(hall + (isClean ? wetGround : '') + bins.join('') + (isClean ? '' : rubbish));
}

const binColours = ['#5f8f5a', '#3f6fa3', '#7d8288'];

const awning = (x: number, colour: string) =>
  Array.from({ length: 6 }, (_, stripe) =>
    polygon(
      `${x + stripe * 40},250 ${x + stripe * 40 + 40},250 ${x + stripe * 44 + 30},330 ${x + stripe * 44 - 14},330`,
      stripe % 2 ? '#f7f1e3' : colour
    )
  ).join('');

const crates = (x: number, y: number, fills: string[]) =>
  fills
    .map((fill, index) => {
      const left = x + index * 92;
      const heap = Array.from(
        { length: 7 },
        (_, one) =>
          `<circle cx="${left + 12 + one * 11}" cy="${y - 4 - (one % 3) * 7}" r="12" fill="${fill}"/>`
      ).join('');
      return (
        heap +
        rect(left, y, 88, 44, '#b98d5e') +
        rect(left, y + 12, 88, 5, '#8f6a42') +
        rect(left, y + 28, 88, 5, '#8f6a42')
      );
    })
    .join('');

const hall =
  blurred(
    backdrop('url(#sky)', -40, 470) +
      facade({ x: 820, y: -120, width: 460, height: 570, columns: 4, rows: 5, wall: 'url(#wallBrick)' }) +
      moved(tree(), 760, 470, 1.2) +
      rect(-40, 110, 760, 130, '#c9503f') +
      rect(-40, 110, 760, 16, '#e0705d') +
      `<text x="330" y="204" text-anchor="middle" font-family="Noto Sans CJK SC, sans-serif" font-weight="700" font-size="78" fill="#fdf3dc" letter-spacing="26">农贸市场</text>` +
      rect(-40, 240, 760, 260, '#4e4a45') +
      rect(20, 250, 300, 240, '#6b6258') +
      rect(400, 250, 300, 240, '#6b6258') +
      awning(30, '#4c9a72') +
      awning(410, '#d9893b') +
      crates(40, 420, ['#d8503c', '#e6a23c', '#7fae4c']) +
      crates(420, 420, ['#8c5fa8', '#e3c14d', '#c94f4f']) +
      rect(-40, 470, 760, 34, '#8b7355') +
      rect(720, 440, 520, 66, '#b9c7a6'),
    'far'
  ) + paving(500, 'url(#concrete)', '#00000020');

function bin(colour: string, isClean: boolean): string {
  const lid = isClean
    ? shape('M-12 -4 Q70 -36 152 -4 L150 14 H-10Z', '#3d4248')
    : moved(shape('M-12 -4 Q70 -36 152 -4 L150 14 H-10Z', '#3d4248'), 0, -64, 1, -24);
  const heap = isClean
    ? ''
    : `<circle cx="40" cy="-12" r="44" fill="#2f3338"/><circle cx="96" cy="-22" r="50" fill="#e9e5dc"/><circle cx="72" cy="-50" r="32" fill="#3a3f45"/>` +
      shape('M80 -58 l10 -26 l14 22Z', '#e9e5dc');
  return (
    shadow(70, 206, 110, 16, 0.4) +
    heap +
    shape('M0 0 H140 L126 196 H14Z', colour) +
    shape('M0 0 H34 L40 196 H14Z', '#fff', 'opacity="0.18"') +
    rect(-8, -6, 156, 22, colour) +
    rect(-8, 10, 156, 6, '#000', 'opacity="0.16"') +
    `<circle cx="34" cy="200" r="15" fill="#25282d"/><circle cx="106" cy="200" r="15" fill="#25282d"/>` +
    `<circle cx="70" cy="92" r="26" fill="none" stroke="#fff" stroke-width="7" opacity="0.7"/>` +
    lid
  );
}

const bag = (x: number, y: number, scale: number, fill: string) =>
  moved(
    shadow(0, 44, 80, 12) +
      shape('M-70 40 C-90 -10 -40 -50 -12 -54 L-20 -80 L0 -68 L18 -82 L14 -54 C50 -48 92 -6 70 40Z', fill) +
      line('M-14 -52 C-30 -20 -40 10 -36 34 M14 -52 C26 -20 34 0 30 34', '#00000030', 5),
    x,
    y,
    scale
  );

const cabbage = (x: number, y: number, turn: number) =>
  moved(
    shape('M-40 10 C-50 -20 -10 -40 20 -28 C50 -30 60 4 36 18 C10 34 -30 30 -40 10Z', '#86b05b') +
      line('M-30 6 C0 -6 20 -10 44 -8', '#d7e6b5', 6),
    x,
    y,
    0.9,
    turn
  );

const foamBox = moved(
  shadow(90, 104, 140, 16) +
    polygon('0,0 180,0 210,-34 36,-34', '#ffffff') +
    rect(0, 0, 180, 100, '#e9edef') +
    polygon('180,0 210,-34 210,62 180,100', '#cfd6da') +
    rect(0, 22, 180, 6, '#cfd6da'),
  790,
  700
);

const rubbish =
  shape('M180 830 C300 790 700 800 1080 846 C980 880 360 890 180 830Z', '#8b8069', 'opacity="0.45"') +
  bag(170, 780, 1, '#33373c') +
  foamBox +
  bag(720, 800, 1.1, '#e6e2d8') +
  bag(420, 836, 0.8, '#3c4147') +
  cabbage(560, 850, 10) +
  cabbage(640, 862, -30) +
  cabbage(310, 850, 60) +
  cabbage(1040, 820, 20) +
  shape('M880 850 l60 -14 l24 22 l-50 18Z', '#c99a68');

const wetGround =
  shape(
    'M120 800 C300 770 500 820 760 790 C900 776 1000 800 1120 790 C1040 850 300 880 120 800Z',
    '#8d939a',
    'opacity="0.35"'
  ) + shape('M300 812 C420 800 520 824 640 812 C560 834 400 838 300 812Z', '#fff', 'opacity="0.4"');
