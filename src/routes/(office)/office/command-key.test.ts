import { expect, test } from 'vitest';
import { commandKey, type KeyPress } from './command-key';

const press = (more: Partial<KeyPress> = {}): KeyPress => ({
  code: 'KeyA',
  keyCode: 65,
  isComposing: false,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  target: { closest: () => null } as unknown as EventTarget,
  ...more
});

test('a letter is a command by its place, whatever it types', () => {
  expect(commandKey(press())).toBe('A');
  expect(commandKey(press({ code: 'KeyJ', keyCode: 0 }))).toBe('J');
  expect(commandKey(press({ target: null }))).toBe('A');
});

test('it is silent while an input method composes', () => {
  expect(commandKey(press({ isComposing: true }))).toBeNull();
  expect(commandKey(press({ keyCode: 229 }))).toBeNull();
});

test('it is silent in a field and with a modifier', () => {
  const field = { closest: (selector: string) => (selector.includes('textarea') ? {} : null) };
  expect(commandKey(press({ target: field as unknown as EventTarget }))).toBeNull();
  for (const modifier of ['ctrlKey', 'metaKey', 'altKey', 'shiftKey'] as const)
    expect(commandKey(press({ [modifier]: true }))).toBeNull();
});

test('other keys are nobody’s command', () => {
  expect(commandKey(press({ code: 'Digit1' }))).toBeNull();
  expect(commandKey(press({ code: 'Enter' }))).toBeNull();
});
