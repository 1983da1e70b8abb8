/** So many digits, four at a time, are made up for a person: 66 bits, and they can be said on the telephone. */
const groups = 5;
const leastDigits = 16;
const leastCharacters = 10;
const leastDifferent = 5;

/** As it goes into the key: how it was spaced, hyphenated or typed on a Chinese keyboard makes no difference. */
export function plainPassphrase(typed: string): string {
  return typed.normalize('NFKC').replace(/[\s-]+/g, '');
}

export function isStrongPassphrase(typed: string): boolean {
  const plain = plainPassphrase(typed);
  const characters = [...plain];
  const least = /^\d*$/.test(plain) ? leastDigits : leastCharacters;
  return characters.length >= least && new Set(characters).size >= leastDifferent;
}

/** 4821-0937-5512-8846-2093, by chance. */
export function newPassphrase(): string {
  return Array.from({ length: groups }, () => String(chanceBelow(10_000)).padStart(4, '0')).join('-');
}

/** A whole number below `limit`, each as likely: a remainder alone would favour the low ones. */
function chanceBelow(limit: number): number {
  const draw = new Uint32Array(1);
  const end = 2 ** 32 - (2 ** 32 % limit);
  do crypto.getRandomValues(draw);
  while (draw[0]! >= end);
  return draw[0]! % limit;
}
