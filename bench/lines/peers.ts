import type { Line, Measured, NotMeasured } from '../line';
import { summary } from '../line';
import { missingHarness, pairsOf, runScenarios, type Pair, type PeerRun } from '../peers-harness';

/** Bound by the link where it is bad, by the processor where it is good: there the median of five counts. */
const repsOf: Record<string, number> = {
  'cuthardref,cuthard': 1,
  'cutref,cut': 1,
  thin: 1,
  day: 5,
  big: 5,
  huge: 5
};

async function fromPairs(
  scenarios: string,
  figure: (pair: Pair, before?: Pair) => number
): Promise<Measured | NotMeasured> {
  const report = await runScenarios(scenarios, repsOf[scenarios]!);
  if (!report) return { notMeasured: missingHarness };
  // The scenario that counts stands last; before it the same work on an open link.
  const [last, before] = scenarios.split(',').reverse();
  const uncut = before ? pairsOf(report, before) : [];
  return summary(pairsOf(report, last!).map((pair, rep) => figure(pair, uncut[rep])));
}

const line = (
  id: string,
  scenarios: string,
  what: string,
  figure: (pair: Pair, before?: Pair) => number,
  { unit = '×', bar, aim }: { unit?: Line['unit']; bar: number; aim?: number }
): Line => ({
  id,
  what: `${scenarios.split(',').at(-1)!}: ${what}`,
  unit,
  bar,
  aim,
  measure: () => fromPairs(scenarios, figure)
});

type Path = (run: PeerRun) => number | undefined;
/** Of the floor's in the same repetition; endless where it did not come to an end. */
const times =
  (of: Path) =>
  ({ ours, floor }: Pair) =>
    (of(ours) ?? Infinity) / of(floor)!;
const ownFigure =
  (of: Path) =>
  ({ ours }: Pair) =>
    of(ours) ?? Infinity;
const again = ({ ours }: Pair, before?: Pair) =>
  (100 * (ours.push.up - before!.ours.push.up)) / before!.ours.push.up;

/** What the harness compares at the end: every entry and every picture's digest, at the office and on both tablets. */
function isExact({ failed, push, pull, server, serverAfterPush, deviceA, deviceB }: PeerRun): boolean {
  const judged = [server, serverAfterPush, deviceA, deviceB].filter((one) => one !== undefined);
  // After the first push the office lacks the edits that follow: only the last look at it counts.
  const counted = judged.filter((one) => one !== serverAfterPush || !server);
  return !failed && push.ok && pull.ok && counted.length > 0 && counted.every(({ exact }) => exact);
}

const exact = (id: string, scenarios: string): Line => ({
  id,
  what: `${scenarios.split(',').at(-1)!}: runs that left anything out, doubled or changed it`,
  unit: 'lost',
  bar: 0,
  measure: async () => {
    const report = await runScenarios(scenarios, repsOf[scenarios]!);
    if (!report) return { notMeasured: missingHarness };
    const pairs = scenarios.split(',').flatMap((scenario) => pairsOf(report, scenario));
    return { value: pairs.filter(({ ours }) => !isExact(ours)).length };
  }
});

const cuthard = 'cuthardref,cuthard';
const cut = 'cutref,cut';

const badLinks: Line[] = [
  line(
    'S1',
    cuthard,
    'push',
    times(({ push }) => push.ms),
    { bar: 1.25, aim: 1.1 }
  ),
  line('S1b', cuthard, 'bytes sent again', again, { unit: '%', bar: 3 }),
  exact('S1c', cuthard),
  line(
    'S2',
    cuthard,
    'all texts receipted',
    ownFigure(({ push }) => push.textsMs && push.textsMs / 1000),
    {
      unit: 's',
      bar: 8,
      aim: 5
    }
  ),
  line(
    'S3',
    cut,
    'push',
    times(({ push }) => push.ms),
    { bar: 1.2, aim: 1.1 }
  ),
  line('S3b', cut, 'bytes sent again', again, { unit: '%', bar: 2 }),
  exact('S3c', cut),
  line(
    'S4',
    'thin',
    'push',
    times(({ push }) => push.ms),
    { bar: 1.12, aim: 1.05 }
  ),
  line(
    'S4b',
    'thin',
    'pull',
    times(({ pull }) => pull.ms),
    { bar: 1.12, aim: 1.05 }
  ),
  line(
    'S4c',
    'thin',
    'bytes pushed',
    times(({ push }) => push.up),
    { bar: 1.05 }
  ),
  line(
    'S4d',
    'thin',
    'bytes pulled',
    times(({ pull }) => pull.down),
    { bar: 1.05 }
  ),
  line(
    'S5',
    'thin',
    'push of 20 edits',
    times(({ editPush }) => editPush?.ms),
    { bar: 1.5, aim: 1.2 }
  ),
  line(
    'S5b',
    'thin',
    'pull of them',
    times(({ editPull }) => editPull?.ms),
    { bar: 1.5, aim: 1.2 }
  ),
  line(
    'S5c',
    'thin',
    'bytes pushed with them',
    times(({ editPush }) => editPush?.up),
    { bar: 1.5 }
  ),
  line(
    'S5d',
    'thin',
    'bytes pulled with them',
    times(({ editPull }) => editPull?.down),
    { bar: 1.5 }
  ),
  exact('S5e', 'thin')
];

const goodLinks: Line[] = [
  line(
    'S6',
    'day',
    'push',
    times(({ push }) => push.ms),
    { bar: 3, aim: 1.5 }
  ),
  line(
    'S6b',
    'day',
    'bytes pushed',
    times(({ push }) => push.up),
    { bar: 1.03 }
  ),
  line(
    'S6c',
    'day',
    'requests of the push',
    ownFigure(({ push }) => push.requests),
    { unit: 'requests', bar: 60 }
  ),
  line(
    'S7',
    'day',
    '20 edits up',
    ownFigure(({ editPush }) => editPush && editPush.up / 1000),
    {
      unit: 'kB',
      bar: 7,
      aim: 5
    }
  ),
  line(
    'S7b',
    'day',
    '20 edits down',
    ownFigure(({ editPull }) => editPull && editPull.down / 1000),
    {
      unit: 'kB',
      bar: 13
    }
  ),
  exact('S7c', 'day'),
  line(
    'S8',
    'big',
    'push',
    times(({ push }) => push.ms),
    { bar: 2.2, aim: 1.5 }
  ),
  line(
    'S8b',
    'big',
    'pull',
    times(({ pull }) => pull.ms),
    { bar: 1.6, aim: 1.5 }
  ),
  line(
    'S8c',
    'big',
    'bytes pushed',
    times(({ push }) => push.up),
    { bar: 1.15 }
  ),
  line(
    'S8d',
    'big',
    'bytes pulled',
    times(({ pull }) => pull.down),
    { bar: 1.15 }
  ),
  line(
    'S8e',
    'big',
    'requests of the push',
    ownFigure(({ push }) => push.requests),
    { unit: 'requests', bar: 20 }
  ),
  line(
    'S8f',
    'big',
    'requests of the pull',
    ownFigure(({ pull }) => pull.requests),
    { unit: 'requests', bar: 20 }
  ),
  exact('S8g', 'big'),
  line(
    'S9',
    'huge',
    'first opening',
    ownFigure(({ open }) => open.firstMs / 1000),
    { unit: 's', bar: 0.3 }
  ),
  line(
    'S9b',
    'huge',
    'newest 50 on screen',
    ownFigure(({ open }) => open.script),
    { unit: 'ms', bar: 60 }
  ),
  line(
    'S10',
    'huge',
    'pull',
    times(({ pull }) => pull.ms),
    { bar: 1.4, aim: 0.9 }
  ),
  exact('S10b', 'huge'),
  line(
    'S11',
    'day',
    'local write',
    times(({ write }) => write.median),
    { bar: 1.3, aim: 1 }
  ),
  line(
    'S11b',
    'day',
    'local write with a photo',
    times(({ write }) => write.photoMedian),
    { bar: 2, aim: 1 }
  ),
  line(
    'S11c',
    'huge',
    'local write at 50,000, of that at 1,000',
    ({ ours }) => ours.write.atNMedian / ours.write.median,
    {
      bar: 1.2
    }
  )
];

const shipped: Line = {
  id: 'S12',
  what: 'store and sync as a page ships them, with Dexie, gzip',
  unit: 'kB',
  bar: 45,
  aim: 40,
  measure: async () => {
    const report = await runScenarios('thin', repsOf.thin!);
    const ours = report?.peers.find(({ name }) => name === 'xunge');
    return ours ? { value: ours.bundle.gzKB } : { notMeasured: missingHarness };
  }
};

const heap: Line = line(
  'S13',
  'huge',
  'heap of the page',
  times(({ heapA }) => heapA),
  { bar: 1.5, aim: 1 }
);

export const peers: Line[] = [...badLinks, ...goodLinks, shipped, heap];
