import * as z from 'zod/mini';
import { AccountId, ChangeId, DeviceId, PhotoId, RecordId, Sha256 } from '../domain/ids';
import { Instant } from '../domain/instant';
import type { Bytes } from './lifeline-cipher';
import { RefusalCodeOnWire } from './problem';

/** Whose work the file holds, and which tablet wrote it. The first entry. */
const Head = z.object({
  kind: z.literal('head'),
  account: AccountId,
  name: z.string(),
  device: DeviceId,
  writtenAt: Instant
});
/** A form that was never saved; what its fields are is the tablet's business. */
const DraftEntry = z.object({ kind: z.literal('draft'), draft: z.looseObject({ id: RecordId }) });
/** A change as the very bytes its tablet made, and what the office said of it, if it said no. */
const ChangeEntry = z.object({
  kind: z.literal('change'),
  id: ChangeId,
  sha256: Sha256,
  body: z.string(),
  said: z.optional(
    z.object({
      status: z.enum(['refused', 'conflict']),
      refusal: z.optional(z.object({ code: RefusalCodeOnWire, details: z.optional(z.looseObject({})) })),
      conflict: z.optional(z.array(z.looseObject({ field: z.string() })))
    })
  )
});
/**
 * A picture or voice note. Its bytes follow the entry: those that travel, or the camera's own where they were not
 * processed yet, or none where the tablet could not read them any more.
 */
const MediumEntry = z.object({
  kind: z.literal('medium'),
  bytes: z.enum(['processed', 'original', 'unreadable']),
  facts: z.looseObject({
    id: PhotoId,
    recordId: RecordId,
    medium: z.enum(['photo', 'voice']),
    state: z.enum(['raw', 'ready', 'refused']),
    declared: z.boolean(),
    mime: z.string(),
    bytes: z.int(),
    sha256: z.optional(z.string())
  }),
  /** A JPEG of at most 6 kB, in base64. */
  thumbnail: z.optional(z.base64())
});
/** How many entries stand before it. The last one. */
const End = z.object({ kind: z.literal('end'), entries: z.int() });

export const Entry = z.discriminatedUnion('kind', [Head, DraftEntry, ChangeEntry, MediumEntry, End]);
export type Entry = z.infer<typeof Entry>;
export type LifelineHead = Omit<z.infer<typeof Head>, 'kind'>;
export type LifelineDraft = z.infer<typeof DraftEntry>['draft'];
export type LifelineChange = Omit<z.infer<typeof ChangeEntry>, 'kind'>;
export type LifelineMedium = Omit<z.infer<typeof MediumEntry>, 'kind'>;

/** One entry as bytes: length and JSON, length and whatever follows. */
export function* entryBytes(entry: Entry, following: Bytes = new Uint8Array()): Generator<Bytes> {
  const text = new TextEncoder().encode(JSON.stringify(entry));
  const lengths = new Uint8Array(8);
  new DataView(lengths.buffer).setUint32(0, text.length);
  new DataView(lengths.buffer).setUint32(4, following.length);
  yield lengths;
  yield text;
  if (following.length) yield following;
}
