import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { listStoreMarks, saveStoreMark } from './store-mark';

const mark = { account: 'a', store: 's', count: 3, oldestAt: '2026-11-20T01:00:00.000Z' };

/** As much of a browser's memory as is asked for. */
class Memory {
  getItem(key: string): string | null {
    return (this as unknown as Record<string, string>)[key] ?? null;
  }
  setItem(key: string, value: string): void {
    (this as unknown as Record<string, string>)[key] = value;
  }
}

beforeEach(() => vi.stubGlobal('localStorage', new Memory()));
afterEach(() => vi.unstubAllGlobals());

it('keeps one mark for each account, the last', () => {
  saveStoreMark({ ...mark, count: 1 });
  saveStoreMark(mark);
  saveStoreMark({ ...mark, account: 'b', oldestAt: null });
  expect(listStoreMarks()).toEqual([mark, { ...mark, account: 'b', oldestAt: null }]);
});

it('reads what is damaged, or another’s, as none', () => {
  localStorage.setItem('xunge-store-a', '{"account":"a","store":1');
  localStorage.setItem('xunge-store-b', '{"account":"b","store":"s","count":"many"}');
  localStorage.setItem('xunge-large-type', 'yes');
  expect(listStoreMarks()).toEqual([]);
});

it('knows nothing where the browser allows no such memory, and does not fail', () => {
  vi.stubGlobal('localStorage', {
    setItem: () => {
      throw new DOMException('', 'SecurityError');
    }
  });
  saveStoreMark(mark);
  vi.stubGlobal('localStorage', undefined);
  saveStoreMark(mark);
  expect(listStoreMarks()).toEqual([]);
});
