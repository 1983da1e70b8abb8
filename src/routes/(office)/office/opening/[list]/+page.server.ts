import { error, fail } from '@sveltejs/kit';
import { buildingLabel } from '$lib/domain/grid';
import { instantToDay } from '$lib/domain/instant';
import type { Reference } from '$lib/domain/reference';
import { officeWords } from '$lib/messages/office';
import {
  afterPhotoByWord,
  limitInWords,
  limitOf,
  lineByWord,
  openingWords,
  unitKindByWord,
  urgentWords,
  workedByWord,
  type ListName
} from '$lib/messages/opening';
import type { Language } from '$lib/messages/language';
import { calendarKnows } from '$lib/server/calendar';
import { listChanges, phoneItems, saveList, type ListKind } from '$lib/server/lists';
import { formatBuildings, parseBuildings } from '$lib/server/lists/buildings';
import { formatCalendar, parseCalendar } from '$lib/server/lists/calendar';
import {
  formatCategories,
  formatNeedTypes,
  parseCategories,
  parseNeedTypes,
  type CategoryWords
} from '$lib/server/lists/categories';
import { formatGrids, parseGrids } from '$lib/server/lists/grids';
import { formatPhones, parsePhones } from '$lib/server/lists/phones';
import { formatUnits, parseUnits } from '$lib/server/lists/units';
import type { Administering } from '$lib/server/people';
import { readForm, textOf } from '$lib/server/read-form';
import { usualOfflineDays } from '$lib/server/session';
import { openAdministered } from '../../administration.server';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

/** One list of a community: how it is written, and how it is read and saved. Saving answers with what is wrong, if anything. */
interface EditedList {
  kind: ListKind;
  format: (reference: Reference, language: Language) => string;
  save: (text: string, reference: Reference, administering: Administering) => Promise<Wrong | null>;
}

type Wrong =
  | { troubles: { line: number; what: keyof (typeof openingWords)['zh']['troubles']; value: string }[] }
  | Exclude<Awaited<ReturnType<typeof saveList>>, null>;

/** As long as a session lasts at most: see server/session.ts. */
const maxOfflineDays = 60;

/** Workers read it before they agree. */
const maxPurpose = 300;

const lists: Record<ListName, EditedList> = {
  grids: {
    kind: 'grid',
    format: ({ grids }) => formatGrids(grids),
    save: async (text, { community, grids }, administering) => {
      const { items, troubles } = parseGrids(text, { community, grids });
      if (troubles.length) return { troubles };
      return saveList(administering, community, 'grid', byCode(items));
    }
  },
  buildings: {
    kind: 'building',
    format: ({ buildings }) => formatBuildings(buildings),
    save: async (text, { community, grids, buildings }, administering) => {
      const { items, troubles } = parseBuildings(text, { community, grids, buildings });
      if (troubles.length) return { troubles };
      return saveList(administering, community, 'building', byCode(items));
    }
  },
  units: {
    kind: 'unit',
    format: ({ units }, language) => formatUnits(units, openingWords[language].kinds),
    save: async (text, { community, units }, administering) => {
      const { items, troubles } = parseUnits(text, { units, kindByWord: unitKindByWord });
      if (troubles.length) return { troubles };
      const byId = items.map((item) => ({ code: item.id, item }));
      return saveList(administering, community, 'unit', byId);
    }
  },
  phones: {
    kind: 'phone',
    format: ({ phones }, language) => formatPhones(phones, openingWords[language].urgent),
    save: async (text, { community }, administering) => {
      const { items, troubles } = parsePhones(text, { urgentWords });
      if (troubles.length) return { troubles };
      return saveList(administering, community, 'phone', phoneItems(items));
    }
  },
  categories: {
    kind: 'category',
    format: ({ categories }, language) => formatCategories(categories, categoryWords(language)),
    save: async (text, { community, categories }, administering) => {
      const { items, troubles } = parseCategories(text, categories, {
        lineByWord,
        afterPhotoByWord,
        limitOf
      });
      if (troubles.length) return { troubles };
      return saveList(administering, community, 'category', byCode(items));
    }
  },
  needs: {
    kind: 'needType',
    format: ({ needTypes }, language) => formatNeedTypes(needTypes, categoryWords(language)),
    save: async (text, { community, needTypes }, administering) => {
      const { items, troubles } = parseNeedTypes(text, needTypes, { limitOf });
      if (troubles.length) return { troubles };
      return saveList(administering, community, 'needType', byCode(items));
    }
  },
  calendar: {
    kind: 'calendar',
    format: ({ calendar = [] }, language) => formatCalendar(calendar, openingWords[language].workdays),
    save: async (text, { community }, administering) => {
      const { items, troubles } = parseCalendar(text, { workedByWord });
      if (troubles.length) return { troubles };
      const byDay = items.map((item) => ({ code: item.day, item }));
      return saveList(administering, community, 'calendar', byDay);
    }
  },
  tracks: {
    kind: 'setting',
    format: ({ trackPurpose }) => trackPurpose,
    save: async (text, { community }, administering) => {
      const trackPurpose = text.trim();
      const { length } = trackPurpose;
      if (length > maxPurpose) return { troubles: [{ line: 1, what: 'long', value: String(length) }] };
      const stated = trackPurpose ? [{ code: 'trackPurpose', item: { trackPurpose } }] : [];
      return saveList(administering, community, 'setting', stated);
    }
  },
  offline: {
    kind: 'offlinePeriod',
    format: ({ offlineDays = usualOfflineDays }) => String(offlineDays),
    save: async (text, { community }, administering) => {
      const days = Number(text.trim());
      const isPeriod = Number.isInteger(days) && days >= 1 && days <= maxOfflineDays;
      if (!isPeriod) return { troubles: [{ line: 1, what: 'days', value: text.trim() }] };
      return saveList(administering, community, 'offlinePeriod', [{ code: 'days', item: { days } }]);
    }
  }
};

async function open(event: RequestEvent) {
  const name = event.params.list;
  if (!isList(name)) error(404, { message: 'not-found' });
  return { ...(await openAdministered(event)), name, list: lists[name] };
}

function byCode<Item extends { code: string }>(items: readonly Item[]): { code: string; item: Item }[] {
  return items.map((item) => ({ code: item.code, item }));
}

function categoryWords(language: Language): CategoryWords {
  const { lines, afterPhotos } = officeWords[language];
  return { lines, afterPhotos, limit: (limit) => limitInWords(limit, language) };
}

function isList(name: string): name is ListName {
  return Object.hasOwn(lists, name);
}

export const load: PageServerLoad = async (event) => {
  const { name, list, reference, administering, now } = await open(event);
  const thisYear = Number(instantToDay(now).slice(0, 4));
  const isKnown = (year: number) => calendarKnows(year, reference.calendar ?? []);
  return {
    list: name,
    /** Whether the holidays of this and the next year are known. */
    years: [thisYear, thisYear + 1].map((year) => ({ year, isKnown: isKnown(year) })),
    text: list.format(reference, event.locals.language),
    changes: await listChanges(administering, reference.community, list.kind)
  };
};

export const actions: Actions = {
  default: async (event) => {
    const { list, reference, administering } = await open(event);
    const typed = textOf(await readForm(event.request), 'list');
    const wrong = await list.save(typed, reference, administering);
    if (!wrong) return { saved: true };
    if ('inUse' in wrong)
      return fail(400, { typed, inUse: wrong.inUse.map((code) => nameOf(reference, code)) });
    return fail(400, 'troubles' in wrong ? { typed, troubles: wrong.troubles } : { typed, refusal: wrong });
  }
};

function nameOf({ grids, units, buildings, categories, needTypes }: Reference, code: string): string {
  const building = buildings.find((one) => one.code === code);
  if (building) return buildingLabel(building);
  const category = [...categories, ...needTypes].find((one) => one.code === code);
  if (category) return category.words.zh;
  return grids.find((grid) => grid.code === code)?.name ?? units.find(({ id }) => id === code)?.name ?? code;
}
