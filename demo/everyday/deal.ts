import { starterCategories } from '../../src/lib/server/starter/categories';
import { demoCommunityCode } from '../community.ts';
import { workerOf, type Who } from '../people';
import { chanceOf, pick } from '../story/chance';
import { on } from '../story/clock';
import { buildingAt, communityAt } from '../story/places';
import type { Deed, Story } from '../story/story';
import {
  closes,
  handles,
  opens,
  passes,
  reportsIssue,
  reportsNeed,
  sendsTo,
  takesUp,
  tells
} from '../story/verbs';
import type { UnitName } from '../units';
import type { Entry } from './entries';
import { changtianCourtyards, oftenSolvedOnSpot, outcomes } from './outcomes';

/** Five weeks of working days. */
export const workdaysTold = 25;

/** Minutes after midnight, so many working days ago. */
interface Moment {
  day: number;
  minute: number;
}
type Turn = [moment: Moment, who: Who, deed: Deed, ends: Story['ends']];

/** Deals out the days and the course of each entry: by chance, but the same in every run. */
export function dealOut(entries: readonly Entry[]): Story[] {
  return entries.map(([code, at, text, picture]) => {
    const chance = chanceOf(text);
    // More of the last days than of the first, so that there is enough that is still open.
    const day = 1 + Math.floor((workdaysTold - 1) * chance() ** 1.4);
    const inTheMorning = chance() < 0.6;
    const minute = Math.round((inTheMorning ? 525 : 845) + chance() * 160);
    const turns = courseOf({ code, at, text, picture, moment: { day, minute }, chance });
    // What would lie after yesterday has not happened yet.
    const told = turns.filter(([moment]) => moment.day >= 1);
    return {
      key: text,
      tells: `${code} ${at}`,
      community: communityAt(at),
      ends: told.at(-1)![3],
      steps: told.map(([moment, who, deed]) => [on(moment.day, clockOf(moment.minute)), who, deed] as const)
    };
  });
}

/** One entry with its moment, and the chance that deals the rest. */
interface Occasion {
  code: string;
  at: string;
  text: string;
  picture: Entry[3];
  moment: Moment;
  chance: () => number;
}

function courseOf(one: Occasion): Turn[] {
  const { code, at, text, picture, moment, chance } = one;
  const worker = (day: number) => workerAt(at, day);
  const officer: Who = isTown(at) ? pick(['王丽', '王丽', '吴晓'], chance) : '陈蓉';
  const solved = oftenSolvedOnSpot.has(code) && chance() < 0.5;
  const details = {
    at,
    known: code.startsWith('N') ? ('building' as const) : ('gps' as const),
    ...(picture && { photos: [picture] }),
    ...(solved && { solved: true as const })
  };
  const reports = code.startsWith('N') ? reportsNeed(code, text, details) : reportsIssue(code, text, details);
  const seen = later(moment, 8 + chance() * 40);
  const start: Turn[] = [
    [moment, worker(moment.day), reports, solved ? 'solvedOnSpot' : 'reported'],
    [seen, officer, opens(), solved ? 'solvedOnSpot' : 'reported'],
    [later(seen, 2), officer, takesUp(), 'accepted']
  ];
  if (solved) return [...start, [later(seen, 3), officer, closes('solvedOnSpot'), 'closed']];
  const { unit, instruction, result, picture: after } = outcomeOf(one);
  const sent: Turn = [later(seen, 4), officer, sendsTo(unit, instruction), 'dispatched'];
  const done = doneAt(one);
  // Now and then a unit does not answer, though never where it presses.
  if (chance() < 0.12 && !isUrgent(code)) return [...start, sent];
  const checked = nextDay(done, 545 + chance() * 90);
  const closed = later(checked, 12 + chance() * 25);
  return [
    ...start,
    sent,
    [done, handlerOf(unit) ?? officer, handles(result, after), 'handled'],
    [checked, worker(checked.day), passes(), 'handled'],
    [closed, officer, closes(), 'closed'],
    ...(code.startsWith('N')
      ? ([[later(closed, 20), worker(checked.day), tells('已当面告知。'), 'told']] as Turn[])
      : [])
  ];
}

const isTown = (at: string) => communityAt(at) === demoCommunityCode;

function workerAt(at: string, day: number): Who {
  return isTown(at) ? workerOf(buildingAt(at).code.charAt(14), day) : '邓刚';
}

function outcomeOf({ code, at }: Occasion) {
  const outcome = outcomes[code]!;
  return { ...outcome, unit: outcome.unit === 'property' ? propertyOf(at) : outcome.unit };
}

function propertyOf(at: string): UnitName {
  if (!isTown(at)) return '金桂物业';
  return changtianCourtyards.includes(buildingAt(at).courtyard) ? '长天物业' : '锦和物业';
}

/** The unit's own account where it has one; else the office notes what the unit said. */
function handlerOf(unit: UnitName): Who | undefined {
  const handlers: Partial<Record<UnitName, Who>> = {
    锦和物业: '张师傅',
    市政养护所: '冯工',
    万年场派出所: '郑警官'
  };
  return handlers[unit];
}

function isUrgent(code: string): boolean {
  const limit = starterCategories.find((category) => category.code === code)?.limit;
  return limit !== undefined && (limit.unit !== 'workDay' || limit.count <= 1);
}

/** Mostly inside the limit: what is urgent the same afternoon or the next morning, all else in a day or two. */
function doneAt({ code, moment, chance }: Occasion): Moment {
  if (!isUrgent(code))
    return { day: moment.day - 1 - Math.floor(chance() * 2), minute: 850 + chance() * 120 };
  return moment.minute < 12 * 60
    ? { day: moment.day, minute: 850 + chance() * 120 }
    : { day: moment.day - 1, minute: 545 + chance() * 60 };
}

const later = ({ day, minute }: Moment, minutes: number): Moment => ({ day, minute: minute + minutes });
const nextDay = ({ day }: Moment, minute: number): Moment => ({ day: day - 1, minute });

function clockOf(minute: number): string {
  const whole = Math.round(minute);
  return [Math.floor(whole / 60), whole % 60].map((part) => String(part).padStart(2, '0')).join(':');
}
