import {
  offered,
  unsaid,
  type BusinessLine,
  type Category,
  type Limit,
  type NeedType
} from '../../domain/category';
import { cellsOf, type LineTrouble } from './cells';

type Trouble = LineTrouble<'name' | 'group' | 'limit' | 'line' | 'afterPhoto' | 'twice' | 'codes'>;

/** Three digits of a code. */
const lastCode = 999;

/** What is said on a line, in one language. */
export interface CategoryWords {
  lines: Record<BusinessLine, string>;
  afterPhotos: Record<Category['afterPhoto'], string>;
  limit: (limit: Limit) => string;
}

/** What may be said there, in any language and lower case. */
export interface CategoryReading {
  lineByWord: ReadonlyMap<string, BusinessLine>;
  afterPhotoByWord: ReadonlyMap<string, Category['afterPhoto']>;
  limitOf: (text: string) => Limit | undefined;
}

/** Code, name, group, limit, business line, after-photo, English name. */
export function formatCategories(
  categories: readonly Category[],
  { lines, afterPhotos, limit }: CategoryWords
): string {
  return offered(categories)
    .map((one) => [
      one.code,
      one.words.zh,
      one.group.zh,
      limit(one.limit),
      lines[one.line],
      afterPhotos[one.afterPhoto],
      englishOf(one)
    ])
    .map((cells) => cells.join('\t').trimEnd())
    .join('\n');
}

/**
 * Categories in the order of their lines. One is known by its code and keeps what is not on a line: its questions and
 * marks. Without a code it is a new one and gets the next. Without a word on after-photos they are suggested; without an
 * English name it is called the same in both languages. What has no line any more is retired; a line with its code brings
 * it back.
 */
export function parseCategories(
  text: string,
  categories: readonly Category[],
  { lineByWord, afterPhotoByWord, limitOf }: CategoryReading
): { items: Category[]; troubles: Trouble[] } {
  const { lines, troubles } = codedLines(text, 'C', categories);
  const items: Category[] = [];
  for (const { line: at, code, cells } of lines) {
    const [name = '', groupName = '', limitWords = '', lineWord = '', photoWord = '', english = ''] = cells;
    const known = categories.find((category) => category.code === code);
    const limit = limitOf(limitWords);
    const line = lineByWord.get(lineWord.toLowerCase());
    const afterPhoto = photoWord ? afterPhotoByWord.get(photoWord.toLowerCase()) : 'suggested';
    const trouble = (what: Trouble['what'], value: string) => troubles.push({ line: at, what, value });
    if (!groupName) trouble('group', name);
    else if (!limit) trouble('limit', limitWords);
    else if (!line) trouble('line', lineWord);
    else if (!afterPhoto) trouble('afterPhoto', photoWord);
    else
      items.push({
        publicFacility: false,
        quickReport: false,
        questions: [],
        ...known,
        retired: undefined,
        code,
        words: { zh: name, en: english || name },
        group: groupOf(groupName, categories),
        limit,
        line,
        afterPhoto
      });
  }
  return { items: [...items, ...retire(categories, items)], troubles: inOrder(troubles) };
}

/** Code, name, limit, English name. */
export function formatNeedTypes(
  needTypes: readonly NeedType[],
  { limit }: Pick<CategoryWords, 'limit'>
): string {
  return offered(needTypes)
    .map((one) => [one.code, one.words.zh, limit(one.limit), englishOf(one)].join('\t').trimEnd())
    .join('\n');
}

/** Types of need, as categories are read. */
export function parseNeedTypes(
  text: string,
  needTypes: readonly NeedType[],
  { limitOf }: Pick<CategoryReading, 'limitOf'>
): { items: NeedType[]; troubles: Trouble[] } {
  const { lines, troubles } = codedLines(text, 'N', needTypes);
  const items: NeedType[] = [];
  for (const { line, code, cells } of lines) {
    const [name = '', limitWords = '', english = ''] = cells;
    const limit = limitOf(limitWords);
    if (limit) items.push({ code, words: { zh: name, en: english || name }, limit });
    else troubles.push({ line, what: 'limit', value: limitWords });
  }
  return { items: [...items, ...retire(needTypes, items)], troubles: inOrder(troubles) };
}

/** Those without a line: a tablet without signal may still file something under them. */
function retire<One extends Category | NeedType>(known: readonly One[], kept: readonly One[]): One[] {
  const isKept = ({ code }: One) => kept.some((one) => one.code === code);
  const isNeeded = ({ code }: One) => Object.values(unsaid).includes(code);
  return known.filter((one) => !isKept(one) && !isNeeded(one)).map((one) => ({ ...one, retired: true }));
}

/** Each line with its code, given or new, and the cells after it. */
function codedLines(text: string, letter: 'C' | 'N', known: readonly { code: string }[]) {
  const isCode = (cell = '') => new RegExp(`^${letter}\\d{2,3}$`).test(cell.toUpperCase());
  const read = cellsOf(text).map(({ line, cells: [first = '', ...more] }) =>
    isCode(first)
      ? { line, code: first.toUpperCase(), cells: more }
      : { line, code: '', cells: first ? [first, ...more] : more }
  );
  let last = Math.max(0, ...[...known, ...read].map(({ code }) => Number(code.slice(1))));
  const lines: typeof read = [];
  const troubles: Trouble[] = [];
  for (const { line, code, cells } of read) {
    const name = cells[0];
    if (!name) troubles.push({ line, what: 'name', value: code });
    else if (code && lines.some((one) => one.code === code))
      troubles.push({ line, what: 'twice', value: code });
    else if (!code && last === lastCode) troubles.push({ line, what: 'codes', value: name });
    else lines.push({ line, code: code || letter + String(++last).padStart(2, '0'), cells });
  }
  return { lines, troubles };
}

/** A group's English name is the one it has elsewhere on the list. */
function groupOf(zh: string, categories: readonly Category[]): Category['group'] {
  return categories.find(({ group }) => group.zh === zh)?.group ?? { zh, en: zh };
}

const englishOf = ({ words: { zh, en } }: NeedType | Category) => (en === zh ? '' : en);
const inOrder = (troubles: Trouble[]) => troubles.sort((a, b) => a.line - b.line);
