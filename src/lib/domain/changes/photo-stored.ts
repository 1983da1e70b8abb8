import * as z from 'zod/mini';
import { allowed, defineChange, refused } from '../change';
import { PhotoId, RecordId } from '../ids';
import { Instant } from '../instant';
import { isReportOrCase, type AnyRecord } from '../record';

/** Every byte of a picture or voice note is on the office's disk and its hash fits. Made by the server alone. */
export const photoStored = defineChange({
  kind: 'photo-stored',
  act: null,
  facts: z.object({ recordId: RecordId, photoId: PhotoId, storedAt: Instant }),
  touches: (facts) => [facts.recordId],
  allow: (facts, records) =>
    hasMedium(records.get(facts.recordId), facts.photoId) ? allowed : refused('photo-not-declared'),
  apply: (facts, records) => {
    const record = records.get(facts.recordId)!;
    if (!isReportOrCase(record)) return [record];
    const stored = <Medium extends { id: PhotoId }>(medium: Medium) =>
      medium.id === facts.photoId ? { ...medium, storedAt: facts.storedAt } : medium;
    const photos = record.photos.map(stored);
    return [
      record.kind === 'case'
        ? { ...record, photos }
        : { ...record, photos, voices: record.voices.map(stored) }
    ];
  }
});

function hasMedium(record: AnyRecord | undefined, id: PhotoId): boolean {
  if (!isReportOrCase(record)) return false;
  const media = record.kind === 'case' ? record.photos : [...record.photos, ...record.voices];
  return media.some((medium) => medium.id === id);
}
