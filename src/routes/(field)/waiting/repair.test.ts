import { expect, test } from 'vitest';
import type { Change, ChangeKindName } from '$lib/domain/changes';
import type { AnyRecord } from '$lib/domain/record';
import { insteadOf, textsOf } from './repair';

const change = (kind: ChangeKindName, facts: object) => ({ kind, facts }) as unknown as Change;

test('what was typed can be put differently, everything else stays', () => {
  const followUp = change('follow-up-noted', {
    recordId: 'r',
    whom: '物业',
    channel: 'call',
    promise: '明天'
  });
  expect(textsOf(followUp)).toEqual({ whom: '物业', promise: '明天' });
  expect(insteadOf(followUp, undefined, { promise: '后天' })).toEqual({
    kind: 'follow-up-noted',
    facts: { recordId: 'r', whom: '物业', channel: 'call', promise: '后天' }
  });
  expect(textsOf(change('photo-attached', { recordId: 'r' }))).toEqual({});
});

test('an amendment is said of what the record holds now; what it holds already is left out', () => {
  const amended = change('report-amended', {
    recordId: 'r',
    edits: { text: { from: '一', to: '我的' }, communityOnly: { from: false, to: true } }
  });
  const record = { kind: 'issue', text: '社区的', communityOnly: true } as AnyRecord;
  expect(insteadOf(amended, record)).toEqual({
    kind: 'report-amended',
    facts: { recordId: 'r', edits: { text: { from: '社区的', to: '我的' } } }
  });
  expect(insteadOf(amended, record, { text: '改短了' }).facts).toMatchObject({
    edits: { text: { from: '社区的', to: '改短了' } }
  });
});
