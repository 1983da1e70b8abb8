import { pinyin } from 'pinyin-pro';
import type { Building } from '../domain/grid';

/** Characters of place names that people read in two ways, with the initials of both. Rare readings only add noise. */
const otherInitials: Record<string, string> = {
  长: 'cz',
  重: 'zc',
  行: 'xh',
  乐: 'ly',
  朝: 'cz',
  单: 'ds',
  厦: 'xs',
  曾: 'cz',
  藏: 'cz',
  传: 'cz',
  降: 'jx',
  校: 'xj',
  车: 'cj',
  会: 'hk',
  解: 'jx',
  盛: 'sc',
  巷: 'xh',
  圩: 'xw',
  埔: 'bp',
  番: 'fp',
  宿: 'sx',
  卡: 'kq',
  屏: 'pb',
  区: 'qo'
};

/** More doubtful characters than this in one name, and only the reading in context counts: each doubles the list. */
const maxDoubtful = 3;

/**
 * Pinyin initials of a name, lower case, the reading in context first: 长天路 → `ctl`, `ztl`. Latin letters and digits
 * stay as they are (`3栋` → `3d`), spaces and marks go. Empty where nothing is left.
 */
export function initialsOf(text: string): string[] {
  const characters = [...text.normalize('NFKC').toLowerCase()];
  const inContext = pinyin(characters.join(''), { pattern: 'first', toneType: 'none', type: 'array' });
  const letters = characters.flatMap((character, index) => {
    const initial = (inContext[index] ?? character).toLowerCase();
    return /^[a-z0-9]$/.test(initial) ? [{ character, initial }] : [];
  });
  const isDoubtful = ({ character }: { character: string }) => character in otherInitials;
  const readsBoth = letters.filter(isDoubtful).length <= maxDoubtful;
  const readings = letters.reduce<string[]>(
    (starts, { character, initial }) => {
      const others = readsBoth ? (otherInitials[character] ?? '').replace(initial, '') : '';
      return [initial, ...others].flatMap((letter) => starts.map((start) => start + letter));
    },
    ['']
  );
  return [...new Set(readings)].filter(Boolean);
}

/** All that a building may be found by: its courtyard, its name, both together, and the same for each alias. */
export function initialsOfBuilding({ courtyard, name, aliases }: Building): string[] {
  const names = [courtyard, ...aliases].flatMap((one) => [one, one + name]);
  return [...new Set([...names, name].flatMap(initialsOf))];
}
