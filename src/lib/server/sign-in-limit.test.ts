import { describe, expect, it, test } from 'vitest';
import { minutesToWait, noteSuccess, noteTry } from './sign-in-limit';

const start = Date.parse('2026-11-20T01:00:00.000Z');
const minute = 60_000;
let count = 0;
/** The limit remembers for as long as the process lives: each test is somebody else, from somewhere else. */
const somebody = () => ({ login: `somebody-${++count}`, address: `192.0.2.${count}` });

function tryAs({ login, address }: ReturnType<typeof somebody>, times: number, now = start) {
  for (let index = 0; index < times; index++) noteTry(login, address, now);
}

describe('an account', () => {
  it('waits after eight tries, a quarter of an hour from the first', () => {
    const li = somebody();
    tryAs(li, 7);
    expect(minutesToWait(li.login, li.address, start)).toBe(0);
    tryAs(li, 1, start + 5 * minute);
    expect(minutesToWait(li.login, li.address, start + 5 * minute)).toBe(10);
    expect(minutesToWait(li.login, li.address, start + 14.5 * minute)).toBe(1);
    expect(minutesToWait(li.login, li.address, start + 15 * minute)).toBe(0);
  });

  it('waits wherever it is tried from, and nobody else with it', () => {
    const li = somebody();
    tryAs(li, 8);
    expect(minutesToWait(li.login, somebody().address, start)).toBe(15);
    expect(minutesToWait(somebody().login, li.address, start)).toBe(0);
  });

  it('starts anew after a right password', () => {
    const li = somebody();
    tryAs(li, 7);
    noteSuccess(li.login, li.address);
    tryAs(li, 7);
    expect(minutesToWait(li.login, li.address, start)).toBe(0);
  });
});

describe('an address', () => {
  it('waits after forty tries of whichever accounts', () => {
    const { address } = somebody();
    for (let index = 0; index < 40; index++) noteTry(somebody().login, address, start);
    expect(minutesToWait(somebody().login, address, start)).toBe(15);
  });

  it('does not count right passwords: a whole office may share it', () => {
    const { address } = somebody();
    for (let index = 0; index < 100; index++) {
      const { login } = somebody();
      noteTry(login, address, start);
      noteSuccess(login, address);
    }
    expect(minutesToWait(somebody().login, address, start)).toBe(0);
  });
});

test('old tries are forgotten, however many there were', () => {
  for (let index = 0; index < 6_000; index++) noteTry(`many-${index}`, `many-${index}`, start);
  const li = somebody();
  tryAs(li, 8, start + 16 * minute);
  expect(minutesToWait(li.login, li.address, start + 16 * minute)).toBe(15);
  expect(minutesToWait('many-1', 'many-1', start + 16 * minute)).toBe(0);
});
