import type { CalendarDay } from '../../domain/calendar';
import { Day } from '../../domain/instant';
import { cellsOf, type LineTrouble } from './cells';

/** `2027-02-05 休息`, with the words for worked days and days off. */
export function formatCalendar(days: readonly CalendarDay[], words: { worked: string; off: string }): string {
  return days.map(({ day, isWorked }) => `${day}\t${isWorked ? words.worked : words.off}`).join('\n');
}

/** Lines of a date (`2027-02-05`, `2027/2/5`, `2027年2月5日`) and a word, in the order of the dates. */
export function parseCalendar(
  text: string,
  { workedByWord }: { workedByWord: ReadonlyMap<string, 'worked' | 'off'> }
): { items: CalendarDay[]; troubles: LineTrouble<'date' | 'worked' | 'twice'>[] } {
  const items: CalendarDay[] = [];
  const troubles: LineTrouble<'date' | 'worked' | 'twice'>[] = [];
  for (const { line, cells } of cellsOf(text)) {
    const [date = '', word = ''] = cells;
    const day = dayOf(date);
    const worked = workedByWord.get(word.toLowerCase());
    if (!day) troubles.push({ line, what: 'date', value: date });
    else if (!worked) troubles.push({ line, what: 'worked', value: word });
    else if (items.some((item) => item.day === day)) troubles.push({ line, what: 'twice', value: date });
    else items.push({ day, isWorked: worked === 'worked' });
  }
  return { items: items.sort((a, b) => (a.day < b.day ? -1 : 1)), troubles };
}

function dayOf(date: string): Day | undefined {
  const [, year, month = '', day = ''] = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(date) ?? [];
  return Day.safeParse([year, month.padStart(2, '0'), day.padStart(2, '0')].join('-')).data;
}
