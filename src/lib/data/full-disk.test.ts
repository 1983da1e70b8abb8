import Dexie from 'dexie';
import { expect, test } from 'vitest';
import { isStoreFull } from './full-disk';

const quota = new DOMException('no room', 'QuotaExceededError');

test.each<[string, unknown, boolean]>([
  ['the browser’s own error', quota, true],
  ['an aborted transaction', new Dexie.AbortError('aborted', quota), true],
  ['a write of several rows', new Dexie.BulkError('bulk', [quota]), true],
  ['a modification of several rows', new Dexie.ModifyError('modify', [quota]), true],
  ['an abort for another reason', new Dexie.AbortError('aborted'), false],
  ['anything else', new Error('no'), false],
  ['nothing to speak of', {}, false]
])('%s', (_what, fault, expected) => expect(isStoreFull(fault)).toBe(expected));
