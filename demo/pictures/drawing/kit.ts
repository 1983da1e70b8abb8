/** What all pictures of the demo share: canvas, light, trees, houses. Everything is SVG as text, in pixels. */

export const canvas = { width: 1200, height: 900 };

/** Corners as '0,0 40,0 40,20'. */
export const polygon = (corners: string, fill: string, more = '') =>
  `<polygon points="${corners}" fill="${fill}" ${more}/>`;

export const rect = (x: number, y: number, width: number, height: number, fill: string, more = '') =>
  `<rect x="${x}" y="${y}" width="${width}" height="${height}" fill="${fill}" ${more}/>`;

export const line = (path: string, stroke: string, width: number, more = '') =>
  `<path d="${path}" fill="none" stroke="${stroke}" stroke-width="${width}" stroke-linecap="round" stroke-linejoin="round" ${more}/>`;

export const shape = (path: string, fill: string, more = '') => `<path d="${path}" fill="${fill}" ${more}/>`;

/** The soft shadow of something standing on the ground. */
export const shadow = (x: number, y: number, rx: number, ry: number, strength = 0.32) =>
  `<ellipse cx="${x}" cy="${y}" rx="${rx}" ry="${ry}" fill="#1f2530" opacity="${strength}" filter="url(#soft)"/>`;

export const blurred = (inner: string, by: 'soft' | 'far' | 'very' = 'far') =>
  `<g filter="url(#${by})">${inner}</g>`;

export const moved = (inner: string, x: number, y: number, scale = 1, turn = 0) =>
  `<g transform="translate(${x} ${y}) scale(${scale}) rotate(${turn})">${inner}</g>`;

const gradients: Record<string, [string, string]> = {
  sky: ['#cfe0ea', '#f4ecdd'],
  dusk: ['#27344f', '#8c7a8d'],
  wallLight: ['#efe4cd', '#ddcdae'],
  wallBrick: ['#c9906f', '#b07556'],
  wallDusk: ['#4a4a5c', '#3a3b4d'],
  concrete: ['#d6d1c6', '#b9b3a7'],
  asphalt: ['#8b8d92', '#6c6f76'],
  asphaltDusk: ['#4a4d5b', '#33353f'],
  plaster: ['#f3f0e8', '#dfdacd'],
  dado: ['#8fb09a', '#739a82'],
  floor: ['#c5bfb4', '#a49d91'],
  steel: ['#f4f6f7', '#8d969e'],
  blueTube: ['#5b9bd5', '#245a94'],
  yellowTube: ['#f7cf73', '#d1932c'],
  rubber: ['#4b5058', '#25282d'],
  river: ['#a8c9cc', '#6d9ca5'],
  grass: ['#a9c48c', '#7fa269'],
  timber: ['#c99a68', '#9a6a3f'],
  sofa: ['#b5604f', '#8a4136'],
  iron: ['#7b7f85', '#4a4e54'],
  wet: ['#7a715f', '#514a3d']
};

const gradientDefs = Object.entries(gradients)
  .map(
    ([id, [from, to]]) =>
      `<linearGradient id="${id}" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="${from}"/><stop offset="1" stop-color="${to}"/></linearGradient>`
  )
  .join('');

const blur = (id: string, deviation: number) =>
  `<filter id="${id}" x="-30%" y="-30%" width="160%" height="160%"><feGaussianBlur stdDeviation="${deviation}"/></filter>`;

const grain =
  '<filter id="grain"><feTurbulence type="fractalNoise" baseFrequency="0.8" numOctaves="2" seed="7"/><feColorMatrix values="0 0 0 0 0.5  0 0 0 0 0.5  0 0 0 0 0.5  0 0 0 0.9 0"/></filter>';

const vignette =
  '<radialGradient id="vignette" cx="0.5" cy="0.46" r="0.78"><stop offset="0.62" stop-color="#101826" stop-opacity="0"/><stop offset="1" stop-color="#101826" stop-opacity="0.3"/></radialGradient>';

/** A whole picture: the drawing, a little grain, and corners as a phone's lens darkens them. */
export function picture(drawing: string): string {
  const { width, height } = canvas;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"><defs>${gradientDefs}${blur('soft', 9)}${blur('far', 3.2)}${blur('very', 14)}${grain}${vignette}</defs>${drawing}${rect(0, 0, width, height, '#808080', 'filter="url(#grain)" opacity="0.05"')}${rect(0, 0, width, height, 'url(#vignette)')}</svg>`;
}

/** A round-headed tree; its foot stands at 0,0 and it is some 300 high. */
export function tree(leaf = '#7ea371', dark = '#5d8557', light = '#a3c08f', bark = '#7a5f47'): string {
  const blob = (x: number, y: number, r: number, fill: string) =>
    `<circle cx="${x}" cy="${y}" r="${r}" fill="${fill}"/>`;
  return (
    shape('M-12 0 C-8 -60 -14 -100 -8 -160 L10 -160 C12 -100 8 -60 14 0Z', bark) +
    shape('M-2 -90 C-20 -120 -40 -130 -52 -150 L-44 -156 C-30 -140 -14 -130 2 -112Z', bark) +
    [
      blob(-58, -168, 58, dark),
      blob(52, -172, 60, dark),
      blob(0, -150, 62, dark),
      blob(-44, -206, 60, leaf),
      blob(44, -212, 58, leaf),
      blob(0, -238, 60, leaf),
      blob(-26, -244, 36, light),
      blob(-60, -206, 26, light),
      blob(22, -262, 26, light)
    ].join('')
  );
}

interface Facade {
  x: number;
  y: number;
  width: number;
  height: number;
  columns: number;
  rows: number;
  wall?: string;
  glass?: string;
  frame?: string;
  /** Which windows are lit, by row and column. */
  lit?: readonly string[];
}

/** An old block as such courtyards have it: windows in rows, here an air conditioner, there a cage of bars. */
export function facade(plan: Facade): string {
  const { x, y, width, height, columns, rows, wall = 'url(#wallLight)', lit = [] } = plan;
  const [cellWidth, cellHeight] = [width / columns, height / rows];
  const windows = Array.from({ length: columns * rows }, (_, index) => {
    const [row, column] = [Math.floor(index / columns), index % columns];
    const isLit = lit.includes(`${row} ${column}`);
    return moved(
      pane(cellWidth * 0.56, cellHeight * 0.5, (row * 7 + column * 3) % 5, plan, isLit),
      x + column * cellWidth + cellWidth * 0.22,
      y + row * cellHeight + cellHeight * 0.22
    );
  });
  const bands = Array.from({ length: rows }, (_, row) =>
    rect(
      x,
      y + (row + 1) * cellHeight - cellHeight * 0.06,
      width,
      cellHeight * 0.035,
      '#000',
      'opacity="0.1"'
    )
  );
  return rect(x, y, width, height, wall) + bands.join('') + windows.join('');
}

function pane(width: number, height: number, look: number, plan: Facade, isLit: boolean): string {
  const { glass = '#8aa0ab', frame = '#f6f3ec' } = plan;
  const fill = isLit ? '#f3cf83' : glass;
  const body =
    rect(-4, -4, width + 8, height + 8, frame) +
    rect(0, 0, width, height, fill) +
    polygon(`0,0 ${width * 0.5},0 0,${height * 0.8}`, '#fff', `opacity="${isLit ? 0.12 : 0.2}"`) +
    rect(width / 2 - 2, 0, 4, height, frame) +
    rect(-8, height + 4, width + 16, 6, '#000', 'opacity="0.14"');
  const bars = Array.from({ length: 7 }, (_, bar) =>
    rect((bar * (width + 4)) / 7, -4, 2.4, height + 10, '#d9d6ce')
  ).join('');
  const cage =
    bars + rect(-4, height * 0.45, width + 8, 2.4, '#d9d6ce') + rect(-4, height + 2, width + 8, 4, '#c9c5bb');
  const cooler =
    rect(width * 0.2, height + 14, width * 0.6, height * 0.36, '#e9e7e1') +
    `<circle cx="${width * 0.42}" cy="${height * 1.32}" r="${height * 0.12}" fill="none" stroke="#b9b6ae" stroke-width="3"/>` +
    rect(width * 0.2, height * 1.5, width * 0.6, 4, '#000', 'opacity="0.18"');
  return body + (look === 1 || look === 3 ? cage : '') + (look === 0 || look === 3 ? cooler : '');
}

/** A ground or a sky from side to side and a little beyond, where a blur would fade out. */
export function backdrop(fill: string, from = -40, to = canvas.height + 40): string {
  return rect(-40, from, canvas.width + 80, to - from, fill);
}

/** Hard ground that runs away from the viewer, with its joints. */
export function paving(horizon: number, fill = 'url(#concrete)', joint = '#00000018'): string {
  const { width, height } = canvas;
  const middle = width / 2;
  const across = [0.05, 0.13, 0.25, 0.42, 0.66].map((share) => {
    const y = horizon + (height - horizon) * share;
    return line(`M-40 ${y} H${width + 40}`, joint, 1 + share * 4);
  });
  const away = Array.from({ length: 13 }, (_, index) => {
    const offset = (index - 6) * 260;
    return line(`M${middle + offset * 0.16} ${horizon} L${middle + offset} ${height}`, joint, 2.5);
  });
  return backdrop(fill, horizon) + across.join('') + away.join('');
}
