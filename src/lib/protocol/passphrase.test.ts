import { expect, it, test } from 'vitest';
import { isStrongPassphrase, newPassphrase, plainPassphrase } from './passphrase';

it('made up by chance is strong, in groups that can be said, and never the same', () => {
  const made = Array.from({ length: 50 }, newPassphrase);
  for (const passphrase of made) {
    expect(passphrase).toMatch(/^\d{4}(-\d{4}){4}$/);
    expect(isStrongPassphrase(passphrase)).toBe(true);
  }
  expect(new Set(made).size).toBe(50);
});

it('is the same however it was spaced or typed', () => {
  for (const typed of ['4821 0937', '4821-0937', ' 48210937\n', '４８２１ ０９３７', '4821　0937'])
    expect(plainPassphrase(typed)).toBe('48210937');
  expect(plainPassphrase('Ab cd')).not.toBe(plainPassphrase('ab cd'));
});

test.each([
  ['', false],
  ['123456789012345', false],
  ['1234567890123456', true],
  ['1111222211112222', false],
  ['aaaaaaaaaaaa', false],
  ['老厂院的井盖松了三回', true],
  ['老厂院井盖', false],
  ['gym screw 7', false],
  ['gym screw 77', true]
])('%j is strong: %s', (typed, isStrong) => {
  expect(isStrongPassphrase(typed)).toBe(isStrong);
});
