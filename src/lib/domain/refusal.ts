/**
 * Every reason a change or a request can be refused for. Codes are stable and travel;
 * the sentences are made on screen (messages/refusals.ts).
 */
export const refusalCodes = [
  // rights
  'not-signed-in',
  'tablet-lost',
  'not-granted',
  'account-mismatch',
  'foreign-origin',
  // form
  'malformed',
  'too-large',
  'text-too-long',
  'upgrade-needed',
  'store-restored',
  'id-reused',
  // state
  'unknown-record',
  'record-erased',
  'personal-blanked',
  'already-exists',
  'wrong-state',
  'own-work-unchecked',
  'after-photo-required',
  'reason-required',
  'unknown-unit',
  'depends-on',
  'no-track-purpose',
  // photos
  'photo-not-declared',
  'photo-length-differs',
  'photo-hash-differs',
  'not-found',
  // sign-in
  'wrong-password',
  'too-many-tries',
  'link-used',
  'slip-used',
  'password-too-short',
  'not-ready',
  // lifeline files
  'wrong-passphrase',
  'lifeline-foreign',
  'lifeline-newer',
  'lifeline-cut',
  'lifeline-damaged',
  'lifeline-of-another',
  // the tablet's own store
  'not-saved'
] as const;
export type RefusalCode = (typeof refusalCodes)[number];

/** `details` are plain values for the sentence, never the sentence itself. */
export interface Refusal {
  code: RefusalCode;
  details?: Record<string, string | number>;
}
