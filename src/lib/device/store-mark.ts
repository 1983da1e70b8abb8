/**
 * What is remembered of an account's store outside of it. A browser that is short of room throws a site's databases away
 * without a word, and leaves this: so the loss can be said.
 */
export interface StoreMark {
  account: string;
  /** Of the very store: one that was made anew has another. */
  store: string;
  /** How many records, photos or troubles lay in it that the office did not have, and since when. */
  count: number;
  oldestAt: string | null;
}

const prefix = 'xunge-store-';

export function saveStoreMark(mark: StoreMark): void {
  try {
    localStorage.setItem(prefix + mark.account, JSON.stringify(mark));
  } catch {
    return; // no such memory here: a loss cannot be noticed
  }
}

export function removeStoreMark(account: string): void {
  try {
    localStorage.removeItem(prefix + account);
  } catch {
    return;
  }
}

/** Of every account that ever worked in this browser. What cannot be read is none. */
export function listStoreMarks(): StoreMark[] {
  try {
    const keys = Object.keys(localStorage).filter((key) => key.startsWith(prefix));
    return keys.flatMap((key) => parseMark(localStorage.getItem(key)) ?? []);
  } catch {
    return [];
  }
}

function parseMark(text: string | null): StoreMark | null {
  try {
    const { account, store, count, oldestAt } = JSON.parse(text ?? '') as StoreMark;
    if (typeof account !== 'string' || typeof store !== 'string' || !Number.isInteger(count)) return null;
    return { account, store, count, oldestAt: typeof oldestAt === 'string' ? oldestAt : null };
  } catch {
    return null;
  }
}
