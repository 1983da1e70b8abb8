import { expect, test } from 'vitest';
import { makeLetterbox, openLetter, sealLetter } from './letterbox';

test('a letter opens with the key of the box it was put into, and with no other', async () => {
  const [box, others] = [await makeLetterbox(), await makeLetterbox()];
  const letter = await sealLetter(box.slot, '王阿姨的药明早取');
  expect(await openLetter(box, letter)).toBe('王阿姨的药明早取');
  expect(await openLetter(others, letter)).toBeNull();
  // Nor where somebody else's slot hangs on the box.
  expect(await openLetter({ ...box, slot: others.slot }, letter)).toBeNull();
  expect(Buffer.from(letter).includes('王阿姨')).toBe(false);
});

test('a letter of which a byte was changed does not open', async () => {
  const box = await makeLetterbox();
  const letter = await sealLetter(box.slot, '送药');
  for (const place of [10, 70, letter.byteLength - 1]) {
    const spoilt = new Uint8Array(letter.slice(0));
    spoilt[place]! ^= 1;
    expect(await openLetter(box, spoilt.buffer)).toBeNull();
  }
  expect(await openLetter(box, letter.slice(0, 20))).toBeNull();
});

test('the same put in twice is not the same', async () => {
  const { slot } = await makeLetterbox();
  const [one, other] = [await sealLetter(slot, '送药'), await sealLetter(slot, '送药')];
  expect(Buffer.from(one).equals(Buffer.from(other))).toBe(false);
});
