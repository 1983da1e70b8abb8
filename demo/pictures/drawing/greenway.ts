import {
  backdrop,
  blurred,
  facade,
  line,
  moved,
  picture,
  polygon,
  rect,
  shadow,
  shape,
  tree
} from './kit.ts';

/** The walk along the river with its timber rail: a stretch broken off, or mended with new wood. */
export function greenwayRail(isMended: boolean): string {
  return picture(riverbank + (isMended ? rail(true) : rail(false) + tape));
}

const riverbank =
  backdrop('url(#sky)', -40, 330) +
  blurred(
    facade({ x: 60, y: 30, width: 300, height: 260, columns: 4, rows: 4 }) +
      facade({ x: 420, y: 70, width: 240, height: 220, columns: 3, rows: 3, wall: 'url(#wallBrick)' }) +
      backdrop('#9bb784', 268, 330) +
      moved(tree(), 760, 310, 0.75) +
      moved(tree('#8fae7a', '#6f935f', '#b3ca9b'), 930, 312, 0.85) +
      moved(tree(), 1100, 310, 0.8) +
      backdrop('#8fa878', 312, 336)
  ) +
  backdrop('url(#river)', 332, 640) +
  ripples() +
  reeds() +
  polygon('-40,560 1240,620 1240,940 -40,940', 'url(#grass)') +
  polygon('-40,660 1240,700 1240,940 -40,940', '#b8746a') +
  line('M-40 660 L1240 700', '#e2d6bf', 12) +
  line('M-40 800 L1240 850', '#f0e6d2', 6, 'stroke-dasharray="60 46"');

function ripples(): string {
  return Array.from({ length: 26 }, (_, index) => {
    const [x, y] = [(index * 271) % 1180, 350 + ((index * 67) % 210)];
    return line(`M${x} ${y} q30 -8 60 0 t60 0`, '#fff', 3, `opacity="${0.18 + (index % 3) * 0.08}"`);
  }).join('');
}

function reeds(): string {
  return Array.from({ length: 34 }, (_, index) => {
    const x = -10 + index * 37;
    const lean = ((index * 13) % 30) - 15;
    return line(
      `M${x} ${590 + index * 1.6} q${lean / 2} -60 ${lean} -${80 + ((index * 29) % 60)}`,
      index % 2 ? '#6e9160' : '#88a872',
      5
    );
  }).join('');
}

const post = (x: number, isNew = false) => {
  const y = 560 + x * 0.045;
  const fill = isNew ? '#e0b27c' : 'url(#timber)';
  return (
    shadow(x + 10, y + 152, 44, 9) +
    rect(x - 17, y - 90, 34, 242, fill, 'rx="4"') +
    rect(x - 12, y - 90, 7, 242, '#fff', 'opacity="0.2"') +
    shape(`M${x - 24} ${y - 88} h48 l-8 -16 h-32Z`, isNew ? '#c99558' : '#8a5d37')
  );
};

const bar = (from: number, to: number, drop: number, isNew = false) => {
  const y = (x: number) => 560 + x * 0.045 + drop;
  return (
    line(`M${from} ${y(from)} L${to} ${y(to)}`, isNew ? '#d9a76c' : '#b48254', 26, 'stroke-linecap="butt"') +
    line(`M${from} ${y(from) - 8} L${to} ${y(to) - 8}`, '#fff', 5, 'opacity="0.25"')
  );
};

function rail(isMended: boolean): string {
  const [left, right] = [380, 800];
  const whole = bar(-40, left, -50) + bar(-40, left, 40) + bar(right, 1240, -50) + bar(right, 1240, 40);
  const middle = isMended
    ? bar(left, right, -50, true) + bar(left, right, 40, true)
    : bar(left, left + 96, -50) +
      splinter(left + 96, -50) +
      bar(left, left + 60, 40) +
      splinter(left + 60, 40) +
      moved(
        line('M0 0 L250 96', '#b48254', 26, 'stroke-linecap="butt"') +
          line('M0 -8 L250 88', '#fff', 5, 'opacity="0.25"'),
        520,
        650
      ) +
      moved(splinterAt(), 770, 746, 1, 20);
  return (
    whole + middle + [-10, 175, left, right, 985, 1170].map((x) => post(x, isMended && x === left)).join('')
  );
}

const splinterAt = () => shape('M0 -13 L34 -8 L12 -2 L46 4 L10 8 L20 14 L0 13Z', '#e6c594');
const splinter = (x: number, drop: number) => moved(splinterAt(), x, 560 + x * 0.045 + drop);

const tape =
  line('M380 548 C500 600 660 604 800 566', '#f4d24b', 18, 'stroke-linecap="butt"') +
  line('M380 548 C500 600 660 604 800 566', '#2d2d2d', 18, 'stroke-linecap="butt" stroke-dasharray="26 26"');
