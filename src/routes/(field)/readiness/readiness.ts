import type { Permission } from '$lib/device/permission';
import type { MediaTrouble } from '$lib/device/media';
import type { FixResult } from '$lib/device/position';
import { clockMinutesOff } from '$lib/device/clock';
import { poorAccuracyMetres } from '$lib/domain/place';
import type { readinessWords } from '$lib/messages/readiness';

type Words = (typeof readinessWords)['zh'];
type Mend = keyof Words['mends'];

/** note: worth knowing, nothing to be done about it at once. */
export type Verdict = 'good' | 'note' | 'todo';

export interface Item {
  id: keyof Words['names'];
  verdict: Verdict;
  says: string;
  mend?: Mend;
}

/** What the tablet knows of itself before a walk. Nothing here needs a network. */
export interface ReadinessFacts {
  name: string;
  version: string;
  isUpdateWaiting: boolean;
  outcome: 'done' | 'away' | 'signed-out' | 'account-mismatch' | 'upgrade-needed' | 'tablet-lost' | null;
  /** Since the office last answered, in hours and in words; null if it never did. */
  contact: { hours: number; words: string } | null;
  hasReference: boolean;
  grids: number;
  gridsWithoutBorder: number;
  basemapLines: number;
  buildings: number;
  openTasks: number;
  storage: { freeBytes: number; persisted: boolean } | null;
  clockOffsetMs: number | null;
  positionPermission: Permission;
  /** Only after a tap: nobody is asked where they are without it. */
  fix: FixResult | null;
  cameraPermission: Permission;
  /** What came of trying it; undefined before that, null where it works. */
  cameraTrouble: MediaTrouble | null | undefined;
  battery: { percent: number; isCharging: boolean } | null;
  unsent: {
    count: number;
    troubled: number;
    oldestDays: number;
    others: number;
    /** What a restored office is still to get back. */
    toHandBack: number;
    /** A lifeline file was begun to be read and not read to its end. */
    halfRead: boolean;
  };
}

type Judged = Omit<Item, 'id'>;
const good = (says: string, mend?: Mend): Judged => ({ verdict: 'good', says, mend });
const note = (says: string, mend?: Mend): Judged => ({ verdict: 'note', says, mend });
const todo = (says: string, mend?: Mend): Judged => ({ verdict: 'todo', says, mend });

/** Each thing a walk depends on: well, or what to do about it. Pure. */
export function judgeReadiness(facts: ReadinessFacts, words: Words): Item[] {
  const judges: [Item['id'], (facts: ReadinessFacts, words: Words) => Judged | null][] = [
    ['version', version],
    ['session', session],
    ['unsent', unsent],
    ['grids', grids],
    ['basemap', basemap],
    ['tasks', tasks],
    ['storage', room],
    ['persistence', persistence],
    ['clock', clock],
    ['position', position],
    ['camera', camera],
    ['battery', battery]
  ];
  return judges.flatMap(([id, judge]) => {
    const judged = judge(facts, words);
    return judged ? [{ id, ...judged }] : [];
  });
}

function version({ outcome, isUpdateWaiting, version }: ReadinessFacts, words: Words): Judged {
  if (isUpdateWaiting) return todo(words.updateWaiting, 'update');
  return outcome === 'upgrade-needed' ? todo(words.updateForced, 'update') : good(words.upToDate(version));
}

function session({ outcome, name }: ReadinessFacts, words: Words): Judged {
  if (outcome === 'signed-out') return todo(words.signedOut, 'sign-in');
  if (outcome === 'account-mismatch') return todo(words.otherAccount, 'sign-in');
  return good(words.signedIn(name));
}

function unsent({ unsent }: ReadinessFacts, words: Words): Judged {
  const { count, troubled, oldestDays, others, toHandBack, halfRead } = unsent;
  if (halfRead) return todo(words.halfRead, 'read-again');
  if (troubled > 0) return todo(words.troubled(troubled), 'unsent');
  if (oldestDays >= 1) return todo(words.unsentOld(oldestDays), 'unsent');
  if (count > 0) return note(words.unsent(count), 'unsent');
  if (toHandBack > 0) return note(words.toHandBack(toHandBack), 'unsent');
  return others > 0 ? note(words.othersUnsent(others), 'unsent') : good(words.nothingUnsent);
}

function grids(facts: ReadinessFacts, words: Words): Judged {
  const { hasReference, contact, gridsWithoutBorder: missing } = facts;
  if (!hasReference || !contact) return todo(words.noReference, 'connect');
  if (facts.grids === 0) return todo(words.noGrids);
  if (missing > 0) return note(words.bordersMissing(missing));
  return good(words.gridsHere(facts.grids, contact.words));
}

function basemap({ basemapLines: lines, buildings }: ReadinessFacts, words: Words): Judged {
  return lines > 0 ? good(words.basemapHere(lines, buildings)) : note(words.basemapNone);
}

/** A day at the desk: what was sent since the morning matters. */
const freshHours = 12;

function tasks({ contact, openTasks }: ReadinessFacts, words: Words): Judged {
  if (!contact) return todo(words.tasksNever, 'connect');
  if (contact.hours >= freshHours) return todo(words.tasksOld(contact.words), 'connect');
  return good(words.tasksFresh(openTasks, contact.words));
}

/** The camera's bytes and what is made of them, side by side for a moment; then 0.4 MB stay. */
const bytesPerPhoto = 400_000;
const bytesAside = 25_000_000;
const enoughPhotos = 200;

function room({ storage }: ReadinessFacts, words: Words): Judged {
  if (!storage) return note(words.roomUnknown);
  const photos = Math.max(0, Math.floor((storage.freeBytes - bytesAside) / bytesPerPhoto));
  if (photos < enoughPhotos) return todo(words.roomLow(photos));
  return good(photos > 10_000 ? words.roomMany : words.room(photos));
}

function persistence({ storage }: ReadinessFacts, words: Words): Judged | null {
  if (!storage) return null;
  return storage.persisted ? good(words.persisted) : note(words.notPersisted, 'persist');
}

function clock({ clockOffsetMs }: ReadinessFacts, words: Words): Judged {
  if (clockOffsetMs === null) return note(words.clockUnknown, 'connect');
  const minutes = clockMinutesOff(clockOffsetMs);
  return minutes ? todo(words.clockOff(minutes), 'connect') : good(words.clockGood);
}

function position({ fix, positionPermission }: ReadinessFacts, words: Words): Judged {
  if (fix?.ok) {
    const metres = Math.round(fix.fix.accuracyMetres);
    return metres > poorAccuracyMetres
      ? note(words.positionPoor(metres), 'position')
      : good(words.positionGood(metres), 'position');
  }
  if (fix?.reason === 'absent' || fix?.reason === 'insecure') return note(words.positionAbsent);
  if (fix?.reason === 'denied' || positionPermission === 'denied')
    return todo(words.positionDenied, 'position');
  if (fix) return note(words.positionNone, 'position');
  return positionPermission === 'granted'
    ? good(words.positionAllowed, 'position')
    : todo(words.positionAsk, 'position');
}

function camera({ cameraTrouble, cameraPermission }: ReadinessFacts, words: Words): Judged {
  if (cameraTrouble === null) return good(words.cameraGood);
  if (cameraTrouble === 'none' || cameraTrouble === 'insecure') return note(words.cameraNone);
  if (cameraTrouble === 'busy') return todo(words.cameraBusy, 'camera');
  if (cameraTrouble === 'denied' || cameraPermission === 'denied') return todo(words.cameraDenied, 'camera');
  return cameraPermission === 'granted' ? good(words.cameraGood) : todo(words.cameraAsk, 'camera');
}

const lowPercent = 30;

function battery({ battery }: ReadinessFacts, words: Words): Judged | null {
  if (!battery) return null;
  const { percent, isCharging } = battery;
  if (isCharging) return good(words.charging(percent));
  return percent < lowPercent ? todo(words.batteryLow(percent)) : good(words.battery(percent));
}
