import type { Phone } from '../../domain/reference';
import { cellsOf, type LineTrouble } from './cells';

/** What every community in China can call. */
export const starterPhones: Phone[] = [
  { zh: '报警', en: 'Police', number: '110', urgent: true },
  { zh: '火警', en: 'Fire', number: '119', urgent: true },
  { zh: '急救', en: 'Ambulance', number: '120', urgent: true },
  { zh: '反诈专线', en: 'Fraud line', number: '96110', urgent: true }
];

export function formatPhones(phones: readonly Phone[], urgent: string): string {
  return phones
    .map(({ zh, en, number, urgent: isUrgent }) =>
      [zh, number, isUrgent ? urgent : '', en === zh ? '' : en].join('\t').trimEnd()
    )
    .join('\n');
}

/** Lines of name, number, a word where it is urgent, and the English name if it has one. */
export function parsePhones(
  text: string,
  { urgentWords }: { urgentWords: ReadonlySet<string> }
): { items: Phone[]; troubles: LineTrouble<'number'>[] } {
  const items: Phone[] = [];
  const troubles: LineTrouble<'number'>[] = [];
  for (const { line, cells } of cellsOf(text)) {
    const [name = '', number = '', ...more] = cells;
    const urgent = more.some((cell) => urgentWords.has(cell.toLowerCase()));
    const english = more.find((cell) => cell && !urgentWords.has(cell.toLowerCase()));
    if (!name || !/^[+\d][\d ()-]{2,24}$/.test(number))
      troubles.push({ line, what: 'number', value: number || name });
    else items.push({ zh: name, en: english ?? name, number, urgent });
  }
  return { items, troubles };
}
