import * as z from 'zod/mini';
import { allowed, defineChange, refused } from '../change';
import { RecordId } from '../ids';
import { Photo, type AttachedPhoto } from '../photo';
import { caseOf, isReport, isReportOrCase } from '../record';
import { withDetail } from '../report';

/** A picture belongs to this record, and answers a request for detail. Declared before its bytes travel; never conflicts. */
export const photoAttached = defineChange({
  kind: 'photo-attached',
  act: (facts, records) => (caseOf(records, facts.recordId) ? 'attachResult' : 'attach'),
  facts: z.object({ recordId: RecordId, photo: Photo }),
  touches: (facts) => [facts.recordId],
  allow: (facts, records) => {
    const record = records.get(facts.recordId);
    if (!isReportOrCase(record)) return refused('wrong-state');
    if (record.photos.some((photo) => photo.id === facts.photo.id)) return refused('already-exists');
    return allowed;
  },
  apply: (facts, records, head) => {
    const record = records.get(facts.recordId)!;
    if (!isReportOrCase(record)) return [record];
    const photo: AttachedPhoto = { ...facts.photo, author: head.author, at: head.at };
    const pictured = { ...record, photos: [...record.photos, photo] };
    return [isReport(pictured) ? withDetail(pictured, head.at) : pictured];
  }
});
