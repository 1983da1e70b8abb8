import { describe, expect, it, test } from 'vitest';
import {
  after,
  at,
  caseStory,
  changeOf,
  handler,
  judged,
  newId,
  officer,
  photoFacts,
  settled,
  voiceFacts,
  worker
} from '../../../../tests/support/changes';
import { gridOne } from '../../../../tests/support/codes';
import type { Case } from '../case';
import type { PhotoId, RecordId } from '../ids';
import type { Issue } from '../report';

const { issueId, caseId, recorded, opened } = caseStory();
const photoId = newId<PhotoId>();
const voiceId = newId<PhotoId>();
const photo = changeOf('photo-attached', { recordId: issueId, photo: photoFacts(photoId) });
const voice = changeOf('voice-attached', { recordId: issueId, voice: voiceFacts(voiceId) });
const storedAs = (id: PhotoId, recordId: RecordId = issueId) =>
  changeOf('photo-stored', { recordId, photoId: id, storedAt: settled.receivedAt });

describe('a picture', () => {
  it('is declared with its author and counted as not stored yet', () => {
    const { photos } = after(recorded, photo).get(issueId) as Issue;
    expect(photos).toEqual([{ ...photoFacts(photoId), author: worker, at }]);
  });

  it('answers a request for detail', () => {
    const asked = changeOf('detail-requested', { recordId: issueId, reason: '太近' }, { author: officer });
    expect(after(recorded, asked, photo).get(issueId)).toMatchObject({
      state: 'reported',
      reason: undefined
    });
  });

  it('of a result belongs to the case', () => {
    const result = changeOf(
      'photo-attached',
      { recordId: caseId, photo: photoFacts(photoId, 'after') },
      { author: handler }
    );
    expect((after(recorded, opened, result).get(caseId) as Case).photos).toHaveLength(1);
  });

  it('is declared once', () => {
    expect(judged(photo, after(recorded, photo))).toMatchObject({ refusal: { code: 'already-exists' } });
    expect(judged(voice, after(recorded, voice))).toMatchObject({ refusal: { code: 'already-exists' } });
  });

  it('never belongs to a patrol, a voice note only to a report', () => {
    const patrol = after(changeOf('patrol-started', { recordId: issueId, ownerGridCode: gridOne }));
    expect(judged(photo, patrol)).toMatchObject({ refusal: { code: 'wrong-state' } });
    expect(judged(voice, patrol)).toMatchObject({ refusal: { code: 'unknown-record' } });
    const onCase = changeOf('voice-attached', { ...voice.facts, recordId: caseId });
    expect(judged(onCase, after(recorded, opened))).toMatchObject({ refusal: { code: 'unknown-record' } });
  });
});

describe('the mark that every byte is at the office', () => {
  it('is set on the very picture or voice note', () => {
    const another = changeOf('photo-attached', { recordId: issueId, photo: photoFacts(newId()) });
    const records = after(recorded, photo, another, voice, storedAs(photoId), storedAs(voiceId));
    const { photos, voices } = records.get(issueId) as Issue;
    expect(photos.map((one) => one.storedAt)).toEqual([settled.receivedAt, undefined]);
    expect(voices.map((one) => one.storedAt)).toEqual([settled.receivedAt]);
  });

  it('is set on a result as well', () => {
    const result = changeOf('photo-attached', { recordId: caseId, photo: photoFacts(photoId, 'after') });
    const records = after(recorded, opened, result, storedAs(photoId, caseId));
    expect((records.get(caseId) as Case).photos[0]!.storedAt).toBe(settled.receivedAt);
  });

  test.each([
    ['another picture', storedAs(newId()), after(recorded, photo)],
    ['a voice note of the report on its case', storedAs(voiceId, caseId), after(recorded, voice, opened)]
  ])('is refused for %s', (_, change, records) =>
    expect(judged(change, records)).toMatchObject({ refusal: { code: 'photo-not-declared' } })
  );
});
