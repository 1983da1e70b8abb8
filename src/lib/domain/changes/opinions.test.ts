import { describe, expect, it } from 'vitest';
import { after, caseStory, changeOf, judged, newId, officer } from '../../../../tests/support/changes';
import { gridOne } from '../../../../tests/support/codes';
import type { RecordId } from '../ids';
import { parseChange } from '../judge';

const recordId = newId<RecordId>();
const facts = {
  recordId,
  ownerGridCode: gridOne,
  text: '字太小',
  appVersion: '0.1.0',
  page: '/records/[id]'
};
const given = changeOf('opinion-given', facts);
const answered = (text: string) => changeOf('opinion-answered', { recordId, text }, { author: officer });

describe('an opinion', () => {
  it('says what, of which app and from which page', () => {
    const { recordId: _, ...said } = facts;
    expect(after(given).get(recordId)).toMatchObject({ kind: 'opinion', state: 'given', ...said });
  });

  it('is read with or without an answer, and answered again where there is more to say', () => {
    expect(after(given, answered('')).get(recordId)).toMatchObject({
      state: 'answered',
      answer: { text: '' }
    });
    expect(after(given, answered(''), answered('下版改')).get(recordId)).toMatchObject({
      answer: { author: officer, text: '下版改' }
    });
  });

  it('says something, and nothing else is answered as one', () => {
    expect(parseChange(changeOf('opinion-given', { ...facts, text: '' }))).toHaveProperty('refusal');
    const { recorded, issueId } = caseStory();
    const onIssue = changeOf('opinion-answered', { recordId: issueId, text: '' });
    expect(judged(onIssue, after(recorded))).toMatchObject({ refusal: { code: 'wrong-state' } });
  });
});
