import type { Change, FactsOf } from '../domain/changes';
import type { PhotoId } from '../domain/ids';
import type { Instant } from '../domain/instant';
import { makeChange, type Author } from './author';
import type { QueuedPhoto } from './database';
import type { SealedChange } from './sealed-change';

/** Declarations of processed pictures, each one version further on. */
export async function sealAttachments(
  author: Author,
  photos: readonly QueuedPhoto[],
  at: Instant,
  baseVersion: number
): Promise<SealedChange[]> {
  const sealed: SealedChange[] = [];
  for (const [index, photo] of photos.entries()) {
    const { kind, facts } = attachmentFacts(photo);
    sealed.push(await makeChange(author, kind, facts, at, baseVersion + index));
  }
  return sealed;
}

/** The picture or voice note that a change declares. */
export function declaredPhotoId(change: Change): PhotoId | undefined {
  if (change.kind === 'photo-attached') return change.facts.photo.id;
  return change.kind === 'voice-attached' ? change.facts.voice.id : undefined;
}

/** The facts that declare a processed picture or voice note. */
function attachmentFacts(photo: QueuedPhoto) {
  const { recordId, id, mime, bytes, sha256, takenAt, seconds } = photo;
  const medium = { id, mime, bytes, sha256, takenAt };
  if (photo.medium === 'voice') {
    const facts = { recordId, voice: { ...medium, seconds } } as FactsOf<'voice-attached'>;
    return { kind: 'voice-attached' as const, facts };
  }
  const { originalSha256, source, stage, width, height, previewable, exif } = photo;
  const facts = {
    recordId,
    photo: { ...medium, originalSha256, source, stage, width, height, previewable, exif }
  } as FactsOf<'photo-attached'>;
  return { kind: 'photo-attached' as const, facts };
}
