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

/** Walls: a leak in a corridor, a crack seen from much too near, a cable out of a window. */

/** The top of a corridor: stains, paint that peels, a drop about to fall. */
export const wallLeak = () =>
  picture(
    rect(0, 0, 1200, 900, 'url(#plaster)') +
      polygon('0,0 1200,0 1200,150 820,250 0,120', '#ece8de') +
      polygon('820,250 1200,150 1200,900 820,900', '#d9d4c6') +
      line('M0 120 L820 250 L1200 150', '#c8c2b3', 5) +
      line('M820 250 V900', '#c8c2b3', 5) +
      rect(0, 640, 820, 260, 'url(#dado)') +
      polygon('820,640 1200,690 1200,900 820,900', '#6f957e') +
      line('M0 640 H820 L1200 690', '#5f8470', 6) +
      polygon('0,812 820,812 1200,880 1200,900 0,900', 'url(#floor)') +
      stain +
      peeling +
      pipe +
      bucket
  );

const stain =
  shape(
    'M330 172 C420 150 560 170 690 214 C760 240 820 300 812 380 C800 460 730 470 690 430 C660 520 600 560 560 480 C530 540 470 520 450 430 C390 440 330 380 320 300 C300 250 290 190 330 172Z',
    '#c9b183',
    'opacity="0.55"'
  ) +
  shape(
    'M380 196 C470 180 600 206 690 250 C740 280 760 340 730 380 C690 400 650 380 630 410 C600 450 560 420 540 400 C500 430 460 400 440 360 C390 340 360 290 360 250 C356 220 360 204 380 196Z',
    '#a98d5d',
    'opacity="0.4"'
  ) +
  shape(
    'M470 216 C540 210 640 240 680 280 C700 320 660 330 620 330 C560 340 500 320 480 290 C462 262 452 224 470 216Z',
    '#7d6a46',
    'opacity="0.35"'
  ) +
  line('M560 470 C556 560 566 640 558 730', '#b79d6c', 12, 'opacity="0.5"') +
  line('M690 430 C700 500 690 560 696 620', '#b79d6c', 9, 'opacity="0.45"');

const flake = (x: number, y: number, scale: number, turn: number) =>
  moved(
    shape('M0 0 C30 -16 70 -6 90 20 C70 34 30 30 0 0Z', '#b9aa8b') +
      shape(
        'M0 0 C30 -16 70 -6 90 20 C96 40 70 58 52 60 C60 40 40 20 0 0Z',
        '#faf7ef',
        'stroke="#cfc7b4" stroke-width="2"'
      ),
    x,
    y,
    scale,
    turn
  );

const peeling =
  flake(430, 300, 1.1, 10) + flake(560, 350, 1.3, -14) + flake(650, 300, 0.9, 24) + flake(510, 250, 0.8, 0);

const pipe =
  rect(120, 60, 44, 580, '#d9dcdb') +
  rect(128, 60, 10, 580, '#fff', 'opacity="0.6"') +
  rect(110, 260, 64, 26, '#b9bfbf', 'rx="4"') +
  rect(110, 520, 64, 26, '#b9bfbf', 'rx="4"');

const bucket = moved(
  shadow(0, 150, 110, 16) +
    shape('M-90 0 H90 L70 146 H-70Z', '#4a86b8') +
    `<ellipse cx="0" cy="0" rx="90" ry="22" fill="#2f5f88"/><ellipse cx="0" cy="6" rx="78" ry="15" fill="#8fb6cf"/>` +
    shape('M-90 0 L-60 0 L-48 146 H-70Z', '#fff', 'opacity="0.2"') +
    `<path d="M0 -140 q14 24 0 36 q-14 -12 0 -36Z" fill="#7fa6bf"/>`,
  560,
  730
);

/** What the office cannot use: a few square centimetres of plaster, out of focus. */
export const tooClose = () =>
  picture(
    rect(0, 0, 1200, 900, '#cdbf9f') +
      blurred(
        Array.from({ length: 70 }, (_, index) => {
          const [x, y] = [(index * 311) % 1300, (index * 197) % 980];
          const tone = ['#bfae8a', '#d9cdb1', '#b5a581', '#e2d8c0'][index % 4]!;
          return `<ellipse cx="${x}" cy="${y}" rx="${60 + (index % 5) * 26}" ry="${40 + (index % 4) * 22}" fill="${tone}" opacity="0.5"/>`;
        }).join('') +
          shape(
            'M540 -40 C500 160 640 260 590 420 C550 560 690 640 640 940 L700 940 C760 650 610 570 660 420 C710 260 560 160 620 -40Z',
            '#7c6c4e'
          ) +
          shape('M590 420 C460 440 380 520 240 500 L236 520 C390 556 470 480 600 462Z', '#86765a') +
          shape('M650 560 C760 600 860 560 980 620 L976 640 C860 590 760 640 652 604Z', '#86765a') +
          shape('M-40 700 C100 620 220 760 380 940 H-40Z', '#6b5b4a', 'opacity="0.8"'),
        'very'
      )
  );

/** A cable thrown from a window on the second floor down to an e-bike, with a socket strip in mid-air. */
export const hangingCable = () =>
  picture(
    backdrop('url(#sky)', -40, 620) +
      facade({ x: -40, y: -150, width: 920, height: 740, columns: 5, rows: 4 }) +
      rect(-40, 560, 920, 70, '#b7a583') +
      blurred(moved(tree(), 1040, 640, 1.5) + rect(880, 590, 400, 50, '#9db386')) +
      paving(628) +
      scooter +
      line('M470 160 C474 300 540 330 560 430', '#1e2226', 8) +
      strip +
      line('M590 500 C640 600 700 560 742 664', '#1e2226', 7) +
      shape('M452 150 h36 v22 h-36Z', '#2b2f34')
  );

const strip = moved(
  rect(-26, 0, 170, 46, '#f2f2ee', 'rx="8" stroke="#c6c6bf" stroke-width="3"') +
    [0, 40, 80].map((x) => rect(x, 15, 22, 5, '#4b4f54') + rect(x, 26, 22, 5, '#4b4f54')).join('') +
    `<circle cx="126" cy="23" r="7" fill="#d9483b"/>`,
  540,
  430,
  1,
  22
);

const scooter = moved(
  shadow(210, 200, 250, 20, 0.4) +
    [50, 360]
      .map(
        (x) =>
          `<circle cx="${x}" cy="150" r="54" fill="none" stroke="#2b2e33" stroke-width="18"/><circle cx="${x}" cy="150" r="18" fill="#7b828a"/>`
      )
      .join('') +
    line('M360 150 L322 10', '#8b9299', 12) +
    shape('M60 140 C40 80 90 56 150 60 L240 66 L262 122 L160 136 C130 152 80 156 60 140Z', '#c9503f') +
    shape(
      'M240 124 C270 124 284 100 288 70 L310 20 L330 30 L318 90 C306 140 290 152 256 154 L160 154 L158 134Z',
      '#b04436'
    ) +
    shape('M304 30 C330 10 362 26 366 56 L356 100 L322 96Z', '#d9614f') +
    `<ellipse cx="364" cy="48" rx="9" ry="15" fill="#fdf4cf"/>` +
    shape('M56 62 C54 44 80 40 100 42 L206 46 C222 48 224 60 210 62 L80 70Z', '#2a2d32') +
    line('M322 12 L304 -12 L276 -8', '#2b2e33', 11),
  690,
  640,
  1.12
);
