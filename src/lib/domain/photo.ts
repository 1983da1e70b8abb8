import * as z from 'zod/mini';
import { Instant } from './instant';
import { AccountId, PhotoId, Sha256 } from './ids';
import { Position } from './geometry';

/** 10 MB: larger files are refused before the first byte. */
export const maxPhotoBytes = 10 * 1024 * 1024;
/** A voice note ends at two minutes or 2 MB. */
export const maxVoiceBytes = 2 * 1024 * 1024;
export const maxVoiceSeconds = 120;
/** A thumbnail travels with the texts, many in one request. */
export const maxThumbnailBytes = 6 * 1024;

/** What the file itself claims. Evidence only: never trusted for time or place. */
export const Exif = z.object({
  takenAtText: z.optional(z.string().check(z.maxLength(40))),
  camera: z.optional(z.string().check(z.maxLength(80))),
  position: z.optional(Position)
});
export type Exif = z.infer<typeof Exif>;

const mediaFields = {
  id: PhotoId,
  mime: z.string().check(z.regex(/^[a-z]+\/[a-zA-Z0-9.+-]{1,60}$/)),
  /** Length of the bytes that travel. */
  bytes: z.int().check(z.positive(), z.maximum(maxPhotoBytes)),
  /** Of the bytes that travel. */
  sha256: Sha256
};

/** A picture belonging to a record: evidence, kept unmarked. */
export const Photo = z.object({
  ...mediaFields,
  /** Of the camera's own bytes, where they were processed on the tablet. */
  originalSha256: z.optional(Sha256),
  /** `album` and `file`: picked, not taken here; no time or place is invented for it. */
  source: z.enum(['camera', 'album', 'file']),
  stage: z.enum(['before', 'after']),
  takenAt: z.optional(Instant),
  width: z.optional(z.int()),
  height: z.optional(z.int()),
  /** False where no browser could show it (HEIC, broken): kept as it is, marked 无法预览. */
  previewable: z.boolean(),
  exif: z.optional(Exif)
});
export type Photo = z.infer<typeof Photo>;

/** A voice note, recorded, stored and sent like a photo. */
export const Voice = z.object({
  ...mediaFields,
  bytes: z.int().check(z.positive(), z.maximum(maxVoiceBytes)),
  seconds: z.number().check(z.positive(), z.maximum(maxVoiceSeconds + 1)),
  takenAt: z.optional(Instant)
});
export type Voice = z.infer<typeof Voice>;

/** Who attached it and, once the office has every byte, since when. */
interface Attachment {
  author: AccountId;
  at: Instant;
  storedAt?: Instant;
}
export type AttachedPhoto = Photo & Attachment;
export type AttachedVoice = Voice & Attachment;
