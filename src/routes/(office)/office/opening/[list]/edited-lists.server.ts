import { listChanges, phoneItems, saveList, type ListKind, type ListRefusal } from '$lib/server/lists';
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
import type { Items } from '$lib/server/records/reference';
import { usualOfflineDays } from '$lib/server/session';
import type { Instant } from '$lib/domain/instant';
import type { Reference } from '$lib/domain/reference';
import type { Refusal } from '$lib/domain/refusal';
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
import { changedLines } from './changed-lines';

export type Wrong =
  | { troubles: { line: number; what: keyof (typeof openingWords)['zh']['troubles']; value: string }[] }
  | ListRefusal
  | Refusal;

/** One list of a community: what is on it, how that is written, and how what was typed is read. */
interface ListOf<Kind extends ListKind> {
  kind: Kind;
  listed: (reference: Reference) => readonly Items[Kind][];
  format: (items: readonly Items[Kind][], language: Language) => string;
  parse: (
    text: string,
    reference: Reference
  ) => { items: readonly Items[Kind][]; troubles: Extract<Wrong, { troubles: unknown }>['troubles'] };
  codes: (items: readonly Items[Kind][]) => { code: string; item: Items[Kind] }[];
}

/** A change of a list as the lines that went and came; neither, where only their order or a shape on the map did. */
interface ListChange {
  at: Instant;
  name: string;
  gone: string[];
  come: string[];
}

interface EditedList {
  text: (reference: Reference, language: Language) => string;
  /** Latest first. */
  changes: (administering: Administering, reference: Reference, language: Language) => Promise<ListChange[]>;
  /** Answers with what is wrong, if anything. */
  save: (text: string, reference: Reference, administering: Administering) => Promise<Wrong | null>;
}

function edited<Kind extends ListKind>({ kind, listed, format, parse, codes }: ListOf<Kind>): EditedList {
  return {
    text: (reference, language) => format(listed(reference), language),
    changes: async (administering, { community }, language) =>
      (await listChanges(administering, community, kind)).map(({ at, name, before, after }) => ({
        at,
        name,
        ...changedLines(format(before, language), format(after, language))
      })),
    save: async (text, reference, administering) => {
      const { items, troubles } = parse(text, reference);
      if (troubles.length) return { troubles };
      return saveList(administering, reference.community, kind, codes(items));
    }
  };
}

/** As long as a session lasts at most: see server/session.ts. */
const maxOfflineDays = 60;

/** Workers read it before they agree. */
const maxPurpose = 300;

export const editedLists: Record<ListName, EditedList> = {
  grids: edited({
    kind: 'grid',
    listed: ({ grids }) => grids,
    format: formatGrids,
    parse: (text, { community, grids }) => parseGrids(text, { community, grids }),
    codes: byCode
  }),
  buildings: edited({
    kind: 'building',
    listed: ({ buildings }) => buildings,
    format: formatBuildings,
    parse: (text, { community, grids, buildings }) => parseBuildings(text, { community, grids, buildings }),
    codes: byCode
  }),
  units: edited({
    kind: 'unit',
    listed: ({ units }) => units,
    format: (units, language) => formatUnits(units, openingWords[language].kinds),
    parse: (text, { units }) => parseUnits(text, { units, kindByWord: unitKindByWord }),
    codes: (units) => units.map((item) => ({ code: item.id, item }))
  }),
  phones: edited({
    kind: 'phone',
    listed: ({ phones }) => phones,
    format: (phones, language) => formatPhones(phones, openingWords[language].urgent),
    parse: (text) => parsePhones(text, { urgentWords }),
    codes: phoneItems
  }),
  categories: edited({
    kind: 'category',
    listed: ({ categories }) => categories,
    format: (categories, language) => formatCategories(categories, categoryWords(language)),
    parse: (text, { categories }) =>
      parseCategories(text, categories, { lineByWord, afterPhotoByWord, limitOf }),
    codes: byCode
  }),
  needs: edited({
    kind: 'needType',
    listed: ({ needTypes }) => needTypes,
    format: (needTypes, language) => formatNeedTypes(needTypes, categoryWords(language)),
    parse: (text, { needTypes }) => parseNeedTypes(text, needTypes, { limitOf }),
    codes: byCode
  }),
  calendar: edited({
    kind: 'calendar',
    listed: ({ calendar = [] }) => calendar,
    format: (days, language) => formatCalendar(days, openingWords[language].workdays),
    parse: (text) => parseCalendar(text, { workedByWord }),
    codes: (days) => days.map((item) => ({ code: item.day, item }))
  }),
  tracks: edited({
    kind: 'setting',
    listed: ({ trackPurpose }) => (trackPurpose ? [{ trackPurpose }] : []),
    format: ([stated]) => stated?.trackPurpose ?? '',
    parse: (text) => {
      const trackPurpose = text.trim();
      const { length } = trackPurpose;
      if (length > maxPurpose) return wrong('long', String(length));
      return { items: trackPurpose ? [{ trackPurpose }] : [], troubles: [] };
    },
    codes: (stated) => stated.map((item) => ({ code: 'trackPurpose', item }))
  }),
  offline: edited({
    kind: 'offlinePeriod',
    listed: ({ offlineDays = usualOfflineDays }) => [{ days: offlineDays }],
    format: ([period]) => (period ? String(period.days) : ''),
    parse: (text) => {
      const days = Number(text.trim());
      const isPeriod = Number.isInteger(days) && days >= 1 && days <= maxOfflineDays;
      return isPeriod ? { items: [{ days }], troubles: [] } : wrong('days', text.trim());
    },
    codes: (periods) => periods.map((item) => ({ code: 'days', item }))
  })
};

const wrong = (what: 'long' | 'days', value: string) => ({ items: [], troubles: [{ line: 1, what, value }] });

function byCode<Item extends { code: string }>(items: readonly Item[]): { code: string; item: Item }[] {
  return items.map((item) => ({ code: item.code, item }));
}

function categoryWords(language: Language): CategoryWords {
  const { lines, afterPhotos } = officeWords[language];
  return { lines, afterPhotos, limit: (limit) => limitInWords(limit, language) };
}
