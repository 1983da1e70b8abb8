import { expect, test } from 'vitest';
import { refusalCodes } from '../domain/refusal';
import { languages } from './language';
import { codesOfUnsent, notTakenSentences } from './not-taken';

/** What is said elsewhere: when signing in, setting up, saving, or of the request as a whole. */
const elsewhere = [
  'not-signed-in',
  'tablet-lost',
  'account-mismatch',
  'foreign-origin',
  'wrong-password',
  'too-many-tries',
  'link-used',
  'slip-used',
  'password-too-short',
  'not-ready',
  'not-saved',
  'store-restored',
  'wrong-passphrase',
  'lifeline-foreign',
  'lifeline-newer',
  'lifeline-cut',
  'lifeline-damaged',
  'lifeline-of-another'
];

test('every code that exists is either said here or named as said elsewhere', () => {
  expect([...codesOfUnsent, ...elsewhere].sort()).toEqual([...refusalCodes].sort());
});

test.each(languages)('each says what happened, what is safe and what to do (%s)', (language) => {
  const told = codesOfUnsent.map((code) => notTakenSentences({ code }, language));
  for (const sentences of told) {
    expect(sentences).toHaveLength(3);
    for (const sentence of sentences) expect(sentence).toMatch(/[。.]$/);
    expect(sentences[1]).toMatch(/本机|on this tablet/);
  }
  expect(new Set(told.map(([happened]) => happened)).size).toBe(codesOfUnsent.length);
});
