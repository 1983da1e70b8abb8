import { v7 as uuidV7 } from 'uuid';
import type { RecordId } from '../../src/lib/domain/ids';
import type { Who } from '../people';
import { dayOf, whenToMs } from './clock';
import type { Deed, Story } from './story';

/** One deed with its moments fixed: on the device, and when it reached the office. */
export interface Deal {
  story: Story;
  who: Who;
  deed: Deed;
  atMs: number;
  arrivesMs: number;
  /** Of a report: 李平-1120-03. */
  number?: string;
  /** The walk the author was on. */
  patrol?: RecordId;
}

export interface Plan {
  /** In the order they reached the office. */
  deals: Deal[];
  idsByStory: Map<string, { subject: RecordId; work: RecordId }>;
}

/** Seconds from a tap to the office where there is a signal. */
const secondsToArrive = 4;

/** Fixes every moment of all stories for a demo started at `nowMs`. Throws where a story runs backwards or ahead. */
export function arrange(stories: readonly Story[], nowMs: number): Plan {
  const idsByStory = new Map<string, { subject: RecordId; work: RecordId }>();
  const deals: Deal[] = [];
  for (const story of stories) {
    if (idsByStory.has(story.key)) throw new Error(`two stories are called ${story.key}`);
    const told = dealsOf(story, nowMs);
    idsByStory.set(story.key, {
      subject: uuidV7({ msecs: told[0]!.atMs }) as RecordId,
      work: uuidV7({ msecs: told[0]!.atMs + 1 }) as RecordId
    });
    deals.push(...told);
  }
  numberReports(deals);
  notePatrols(deals, idsByStory);
  return { deals: deals.sort((a, b) => a.arrivesMs - b.arrivesMs), idsByStory };
}

function dealsOf(story: Story, nowMs: number): Deal[] {
  let lastMs = -Infinity;
  return story.steps.map(([when, who, deed, minutesWithoutSignal = 0]) => {
    const atMs = whenToMs(when, nowMs);
    const arrivesMs = atMs + secondsToArrive * 1000 + minutesWithoutSignal * 60_000;
    if (arrivesMs < lastMs) throw new Error(`${story.key} runs backwards at ${new Date(atMs).toISOString()}`);
    if (arrivesMs > nowMs) throw new Error(`${story.key} runs ahead of now`);
    lastMs = arrivesMs;
    return { story, who, deed, atMs, arrivesMs };
  });
}

/** As the tablet numbers: name, month and day, and the count of the day. */
function numberReports(deals: readonly Deal[]): void {
  const countByDay = new Map<string, number>();
  const reports = deals.filter(({ deed }) => deed.isReport).sort((a, b) => a.atMs - b.atMs);
  for (const deal of reports) {
    const key = `${deal.who}-${dayOf(deal.atMs).slice(5).replace('-', '')}`;
    const count = (countByDay.get(key) ?? 0) + 1;
    countByDay.set(key, count);
    deal.number = `${key}-${String(count).padStart(2, '0')}`;
  }
}

/** What was recorded between the start and the end of the author's own walk belongs to it. */
function notePatrols(deals: readonly Deal[], idsByStory: Plan['idsByStory']): void {
  const walks = new Set(deals.map(({ story }) => story).filter(({ ends }) => ends === 'ended'));
  for (const walk of walks) {
    const steps = deals.filter(({ story }) => story === walk);
    const [start, end] = [steps[0]!, steps.at(-1)!];
    const onTheWay = deals.filter(
      ({ deed, who, atMs }) => deed.isReport && who === start.who && atMs >= start.atMs && atMs <= end.atMs
    );
    for (const deal of onTheWay) deal.patrol = idsByStory.get(walk.key)!.subject;
  }
}
