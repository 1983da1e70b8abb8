import { line, moved, picture, polygon, rect, shadow, shape } from './kit.ts';

/** The ground floor of an old block: painted walls, stairs up on the right, the open door to the yard on the left. */

const dadoTop = 470;

const room =
  rect(0, 0, 1200, 900, 'url(#plaster)') +
  polygon('0,0 1200,0 960,120 260,120', '#e9e5da') +
  polygon('0,0 260,120 260,640 0,900', '#e2ddd0') +
  rect(260, 120, 700, 520, 'url(#plaster)') +
  polygon(`260,${dadoTop - 80} 960,${dadoTop - 80} 960,640 260,640`, 'url(#dado)') +
  polygon(`0,500 260,${dadoTop - 80} 260,640 0,900`, '#7fa38d') +
  polygon('0,900 260,640 960,640 1200,900', 'url(#floor)') +
  line('M0 500 L260 390 H960', '#5f8470', 5) +
  [0.16, 0.36, 0.64]
    .map((share) => line(`M${260 - 260 * share} ${640 + 260 * share} H${960 + 240 * share}`, '#00000016', 3))
    .join('') +
  [330, 470, 610, 750, 890]
    .map((x, index) => line(`M${x} 640 L${x + (index - 2) * 90 - 40} 900`, '#00000012', 3))
    .join('');

/** Daylight falls in through the door in the back wall. */
const door =
  rect(330, 190, 230, 450, '#6b4f3a') +
  rect(346, 206, 198, 434, '#eef4f1') +
  rect(346, 440, 198, 200, '#d7d3c4') +
  `<g filter="url(#far)">${rect(346, 300, 198, 150, '#9cb98a')}<circle cx="400" cy="330" r="52" fill="#86a878"/><circle cx="490" cy="316" r="60" fill="#93b384"/>${rect(352, 206, 80, 110, '#e4d5b6')}</g>` +
  rect(544, 190, 16, 450, '#6b4f3a') +
  rect(330, 190, 16, 450, '#6b4f3a') +
  polygon('330,190 330,640 268,690 268,170', '#7d5d45') +
  polygon('318,230 318,420 284,430 284,222', '#8d6c52') +
  polygon('346,640 544,640 760,900 250,900', '#fff6dd', 'opacity="0.4"');

const letterBoxes = Array.from({ length: 8 }, (_, index) => {
  const [column, row] = [index % 4, Math.floor(index / 4)];
  const [x, y] = [602 + column * 38, 300 + row * 48];
  return (
    rect(x, y, 34, 42, '#a9b5bb') +
    rect(x + 6, y + 9, 22, 4, '#55606a') +
    rect(x + 13, y + 26, 8, 8, '#78848c')
  );
}).join('');

/** Twelve steps to the half landing, seen from their side. */
function stairs(): string {
  const steps = Array.from({ length: 10 }, (_, index) => {
    const [x, y] = [800 + index * 46, 640 - index * 50];
    return (
      polygon(
        `${x},${y} ${x + 400},${y} ${x + 400},${y - 50} ${x},${y - 50}`,
        index % 2 ? '#b3ada1' : '#bab4a8'
      ) + rect(x, y - 54, 400, 7, '#8d877c')
    );
  });
  const bars = Array.from({ length: 9 }, (_, index) => {
    const [x, y] = [822 + index * 46, 590 - index * 50];
    return rect(x, y - 130, 7, 134, '#5d6a66');
  });
  return (
    polygon('800,640 1300,640 1300,90', '#a29c90') +
    steps.join('') +
    polygon('960,640 1200,900 1200,640', 'url(#floor)') +
    bars.join('') +
    line('M812 468 L1250 -8', '#7a4f35', 16) +
    line('M812 464 L1250 -12', '#a87650', 5) +
    rect(800, 440, 22, 202, '#6a4630', 'rx="6"')
  );
}

const lamp =
  rect(606, 96, 8, 40, '#8b8b86') +
  `<ellipse cx="610" cy="142" rx="40" ry="15" fill="#fffbe9"/><ellipse cx="610" cy="150" rx="150" ry="60" fill="#fff3c4" opacity="0.35" filter="url(#soft)"/>`;

const notice =
  moved(
    rect(0, 0, 96, 124, '#fffdf5') +
      rect(12, 14, 72, 12, '#c0453c') +
      [40, 56, 72, 88, 104].map((y) => rect(12, y, y === 104 ? 40 : 72, 5, '#9aa1a6')).join(''),
    634,
    414
  ) + rect(672, 408, 20, 10, '#e8d98a', 'opacity="0.9"');

const hall = room + door + letterBoxes + lamp + stairs();

const sofa = moved(
  shadow(250, 300, 310, 34, 0.42) +
    shape('M10 40 Q12 0 60 0 H440 Q488 0 490 40 V190 H10Z', 'url(#sofa)') +
    line('M250 8 V170', '#7b392f', 5) +
    shape('M-28 120 Q-30 84 14 84 Q48 84 48 122 V270 H-28Z', '#9a4a3e') +
    shape('M452 122 Q452 84 486 84 Q530 84 528 120 V270 H452Z', '#8a4136') +
    shape('M48 168 Q48 150 66 150 H236 Q250 150 250 168 V226 H48Z', '#c4705e') +
    shape('M250 168 Q250 150 266 150 H434 Q452 150 452 168 V226 H250Z', '#bd6857') +
    rect(48, 224, 404, 50, '#8f463a') +
    shape('M300 150 q26 30 8 62 q-14 -22 -36 -26 Z', '#e8d7b5') +
    line('M120 152 q10 30 -6 60', '#8f463a', 4) +
    rect(-10, 270, 26, 26, '#4d2f22') +
    rect(480, 270, 26, 26, '#4d2f22'),
  0,
  0
);

export const stairsCleared = () => picture(hall + notice);

export const sofaInHall = () => picture(hall + moved(sofa, 262, 506, 1.12));

/** The sofa on the landing between two flights, where one person passes sideways. */
export const sofaOnStairs = () => picture(landing() + moved(sofa, 300, 440, 1.2));

function landing(): string {
  const up = Array.from({ length: 9 }, (_, index) => {
    const [x, y] = [700 + index * 52, 560 - index * 56];
    return rect(x, y, 520, 58, index % 2 ? '#b5afa3' : '#beb8ac') + rect(x, y - 5, 520, 8, '#8b8579');
  }).join('');
  const down = Array.from({ length: 4 }, (_, index) => {
    const y = 820 + index * 34;
    return rect(-20 - index * 40, y, 330 - index * 26, 40, index % 2 ? '#8f897e' : '#999388');
  }).join('');
  return (
    rect(0, 0, 1200, 900, 'url(#plaster)') +
    rect(0, 330, 1200, 300, 'url(#dado)') +
    line('M0 330 H1200', '#5f8470', 5) +
    window() +
    polygon('0,620 1200,620 1200,900 0,900', 'url(#floor)') +
    up +
    line('M676 470 L1180 -72', '#7a4f35', 18) +
    Array.from({ length: 8 }, (_, index) => rect(706 + index * 52, 452 - index * 56, 8, 116, '#5d6a66')).join(
      ''
    ) +
    rect(664, 440, 26, 190, '#6a4630', 'rx="6"') +
    down +
    line('M40 700 L310 900', '#7a4f35', 18) +
    [90, 160, 230].map((x) => rect(x, 730 + (x - 90) * 0.74, 8, 150, '#5d6a66')).join('')
  );
}

/** A window of cement lattice, as old stairwells have it. */
function window(): string {
  const holes = Array.from({ length: 20 }, (_, index) => {
    const [x, y] = [206 + (index % 5) * 62, 66 + Math.floor(index / 5) * 52];
    return rect(x, y, 50, 40, '#dcebf0', 'rx="4"');
  }).join('');
  return rect(190, 50, 332, 228, '#cfc9bb') + holes + rect(180, 276, 352, 14, '#b7b1a3');
}

export const eBikeInStairwell = () =>
  picture(
    hall +
      rect(596, 404, 26, 36, '#f3f3ee') +
      `<circle cx="609" cy="422" r="4" fill="#555"/>` +
      moved(eBike(), 250, 500, 1.18) +
      line('M609 424 C640 520 560 560 600 620 C640 690 590 700 560 690', '#1f2327', 6)
  );

function eBike(): string {
  const wheel = (x: number) =>
    `<circle cx="${x}" cy="250" r="72" fill="none" stroke="#2b2e33" stroke-width="22"/><circle cx="${x}" cy="250" r="54" fill="none" stroke="#9aa1a8" stroke-width="5"/><circle cx="${x}" cy="250" r="22" fill="#6c737b"/>`;
  return (
    shadow(240, 322, 300, 24, 0.4) +
    wheel(70) +
    wheel(420) +
    line('M420 250 L372 70', '#8b9299', 14) +
    shape('M92 232 C60 150 110 120 190 124 L300 132 L330 204 L200 226 C190 250 150 262 120 256Z', '#3f8fb5') +
    shape(
      'M300 210 C330 214 350 190 356 140 L380 70 L398 76 L382 160 C372 214 350 250 310 254 L200 254 L196 228Z',
      '#3582a8'
    ) +
    shape('M350 96 C380 60 420 84 424 120 L414 176 L372 170Z', '#4aa0c7') +
    `<ellipse cx="424" cy="112" rx="12" ry="20" fill="#fdf4cf" stroke="#bfc5c9" stroke-width="4"/>` +
    shape('M86 128 C84 104 110 98 140 100 L262 104 C282 106 284 122 270 126 L110 134Z', '#2a2d32') +
    rect(60, 122, 66, 10, '#555b62') +
    shape('M48 60 h84 v62 h-84Z', '#3a3e45', '') +
    rect(48, 60, 84, 10, '#555b62') +
    line('M372 70 L350 40 L318 44', '#2b2e33', 12) +
    line('M352 40 L366 8', '#8b9299', 5) +
    `<ellipse cx="368" cy="0" rx="16" ry="11" fill="#3a3e45"/>` +
    line('M386 206 C400 178 440 172 476 196', '#2f7596', 12) +
    rect(205, 236, 60, 10, '#1f2226') +
    line('M214 250 L196 318', '#4a4e54', 10)
  );
}
