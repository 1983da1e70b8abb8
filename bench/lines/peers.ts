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

interface Row {
  id: string;
  scenarios: string;
  what: string;
  figure: (pair: Pair, before?: Pair) => number;
  /** Otherwise a ratio. */
  unit?: Line['unit'];
  bar: number;
  aim?: number;
}

const line = ({ id, scenarios, what, figure, unit = '×', bar, aim }: Row): Line => ({
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

const pushMs = ({ push }: PeerRun) => push.ms;
const pullMs = ({ pull }: PeerRun) => pull.ms;
const pushUp = ({ push }: PeerRun) => push.up;
const pullDown = ({ pull }: PeerRun) => pull.down;
const pushRequests = ({ push }: PeerRun) => push.requests;
const pullRequests = ({ pull }: PeerRun) => pull.requests;

const badLinks: Line[] = [
  line({ id: 'S1', scenarios: cuthard, what: 'push', figure: times(pushMs), bar: 1.25, aim: 1.1 }),
  line({ id: 'S1b', scenarios: cuthard, what: 'bytes sent again', figure: again, unit: '%', bar: 3 }),
  exact('S1c', cuthard),
  line({
    id: 'S2',
    scenarios: cuthard,
    what: 'all texts receipted',
    figure: ownFigure(({ push }) => push.textsMs && push.textsMs / 1000),
    unit: 's',
    bar: 8,
    aim: 5
  }),
  line({ id: 'S3', scenarios: cut, what: 'push', figure: times(pushMs), bar: 1.2, aim: 1.1 }),
  line({ id: 'S3b', scenarios: cut, what: 'bytes sent again', figure: again, unit: '%', bar: 2 }),
  exact('S3c', cut),
  line({ id: 'S4', scenarios: 'thin', what: 'push', figure: times(pushMs), bar: 1.12, aim: 1.05 }),
  line({ id: 'S4b', scenarios: 'thin', what: 'pull', figure: times(pullMs), bar: 1.12, aim: 1.05 }),
  line({ id: 'S4c', scenarios: 'thin', what: 'bytes pushed', figure: times(pushUp), bar: 1.05 }),
  line({ id: 'S4d', scenarios: 'thin', what: 'bytes pulled', figure: times(pullDown), bar: 1.05 }),
  line({
    id: 'S5',
    scenarios: 'thin',
    what: 'push of 20 edits',
    figure: times(({ editPush }) => editPush?.ms),
    bar: 1.5,
    aim: 1.2
  }),
  line({
    id: 'S5b',
    scenarios: 'thin',
    what: 'pull of them',
    figure: times(({ editPull }) => editPull?.ms),
    bar: 1.5,
    aim: 1.2
  }),
  line({
    id: 'S5c',
    scenarios: 'thin',
    what: 'bytes pushed with them',
    figure: times(({ editPush }) => editPush?.up),
    bar: 1.5
  }),
  line({
    id: 'S5d',
    scenarios: 'thin',
    what: 'bytes pulled with them',
    figure: times(({ editPull }) => editPull?.down),
    bar: 1.5
  }),
  exact('S5e', 'thin')
];

const goodLinks: Line[] = [
  line({ id: 'S6', scenarios: 'day', what: 'push', figure: times(pushMs), bar: 3, aim: 1.5 }),
  line({ id: 'S6b', scenarios: 'day', what: 'bytes pushed', figure: times(pushUp), bar: 1.03 }),
  line({
    id: 'S6c',
    scenarios: 'day',
    what: 'requests of the push',
    figure: ownFigure(pushRequests),
    unit: 'requests',
    bar: 60
  }),
  line({
    id: 'S7',
    scenarios: 'day',
    what: '20 edits up',
    figure: ownFigure(({ editPush }) => editPush && editPush.up / 1000),
    unit: 'kB',
    bar: 7,
    aim: 5
  }),
  line({
    id: 'S7b',
    scenarios: 'day',
    what: '20 edits down',
    figure: ownFigure(({ editPull }) => editPull && editPull.down / 1000),
    unit: 'kB',
    bar: 13
  }),
  exact('S7c', 'day'),
  line({ id: 'S8', scenarios: 'big', what: 'push', figure: times(pushMs), bar: 2.2, aim: 1.5 }),
  line({ id: 'S8b', scenarios: 'big', what: 'pull', figure: times(pullMs), bar: 1.6, aim: 1.5 }),
  line({ id: 'S8c', scenarios: 'big', what: 'bytes pushed', figure: times(pushUp), bar: 1.15 }),
  line({ id: 'S8d', scenarios: 'big', what: 'bytes pulled', figure: times(pullDown), bar: 1.15 }),
  line({
    id: 'S8e',
    scenarios: 'big',
    what: 'requests of the push',
    figure: ownFigure(pushRequests),
    unit: 'requests',
    bar: 20
  }),
  line({
    id: 'S8f',
    scenarios: 'big',
    what: 'requests of the pull',
    figure: ownFigure(pullRequests),
    unit: 'requests',
    bar: 20
  }),
  exact('S8g', 'big'),
  line({
    id: 'S9',
    scenarios: 'huge',
    what: 'first opening',
    figure: ownFigure(({ open }) => open.firstMs / 1000),
    unit: 's',
    bar: 0.3
  }),
  line({
    id: 'S9b',
    scenarios: 'huge',
    what: 'newest 50 on screen',
    figure: ownFigure(({ open }) => open.script),
    unit: 'ms',
    bar: 60
  }),
  line({ id: 'S10', scenarios: 'huge', what: 'pull', figure: times(pullMs), bar: 1.4, aim: 0.9 }),
  exact('S10b', 'huge'),
  line({
    id: 'S11',
    scenarios: 'day',
    what: 'local write',
    figure: times(({ write }) => write.median),
    bar: 1.3,
    aim: 1
  }),
  line({
    id: 'S11b',
    scenarios: 'day',
    what: 'local write with a photo',
    figure: times(({ write }) => write.photoMedian),
    bar: 2,
    aim: 1
  }),
  line({
    id: 'S11c',
    scenarios: 'huge',
    what: 'local write at 50,000, of that at 1,000',
    figure: ({ ours }) => ours.write.atNMedian / ours.write.median,
    bar: 1.2
  })
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

const heap: Line = line({
  id: 'S13',
  scenarios: 'huge',
  what: 'heap of the page',
  figure: times(({ heapA }) => heapA),
  bar: 1.5,
  aim: 1
});

export const peers: Line[] = [...badLinks, ...goodLinks, shipped, heap];
