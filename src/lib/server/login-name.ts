import { pinyin } from 'pinyin-pro';

/** 李平 → `liping`: what a person could type. Letters and digits only; `user` where nothing is left of a name. */
export function loginOf(name: string): string {
  const read = pinyin(name.normalize('NFKC'), { toneType: 'none', type: 'array', v: true }).join('');
  return (
    read
      .toLowerCase()
      .replaceAll(/[^a-z0-9]/g, '')
      .slice(0, 30) || 'user'
  );
}

/** The first of `liping`, `liping2`, `liping3` … that nobody has. */
export function freeLogin(name: string, taken: ReadonlySet<string>): string {
  const login = loginOf(name);
  for (let count = 1; ; count++) {
    const tried = count === 1 ? login : `${login}${count}`;
    if (!taken.has(tried)) return tried;
  }
}
