/** What stands where a number was. */
const hidden = '***';

/**
 * A mobile, a telephone with its area code, or an identity number, as people write and paste them: with spaces or dashes in
 * between, or in full width. Nothing inside a longer run of digits or letters, such as the code of an area or a hash.
 */
const digit = '[0-9０-９]';
const gap = '[ \\u00a0－—–-]?';
const numbers = [
  `[1１][3-9３-９]${digit}(?:${gap}${digit}){8}`,
  `[(（]?[0０]${digit}{2,3}[)）]?${gap}${digit}{3,4}${gap}${digit}{4}`,
  `[1-9１-９]${digit}{16}[0-9０-９XxＸｘ]`
];
const edge = '[0-9０-９A-Za-z.]';
const pattern = new RegExp(`(?<!${edge})(?:${numbers.join('|')})(?![0-9０-９A-Za-z])`, 'g');

/** The last group of an id may be digits alone. */
const isId = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;

/** The words without the numbers by which somebody can be called or looked up: whoever reported left theirs, or a neighbour's. */
export function withoutNumbers(words: string): string {
  return isId.test(words) ? words : words.replaceAll(pattern, hidden);
}

/** The same of every word in a value. */
export function withoutAnyNumbers<Value>(value: Value): Value {
  const replace = (_: string, inner: unknown) => (typeof inner === 'string' ? withoutNumbers(inner) : inner);
  return JSON.parse(JSON.stringify(value, replace)) as Value;
}
