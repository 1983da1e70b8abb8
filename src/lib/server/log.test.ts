import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { describeFault } from './log';

const thrownBy = (work: () => unknown): unknown => {
  try {
    return work();
  } catch (fault) {
    return fault;
  }
};

test('a fault is told by its place, not by words that quote what was typed', () => {
  const fault = thrownBy(() => JSON.parse('刘婆婆家漏水'));
  expect(String(fault)).toContain('刘婆婆');
  expect(JSON.stringify(describeFault(fault))).not.toContain('刘婆婆');
  const { name, stack } = describeFault(fault);
  expect(name).toBe('SyntaxError');
  expect(stack).toContain('log.test.ts');
});

test('what the database says of itself is told', () => {
  const fault = thrownBy(() => new DatabaseSync(':memory:').exec('SELECT * FROM nowhere'));
  expect(describeFault(fault)).toMatchObject({ message: 'no such table: nowhere' });
  expect(describeFault('thrown')).toEqual({ name: 'unknown' });
});
