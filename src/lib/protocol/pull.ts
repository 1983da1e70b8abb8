import * as z from 'zod/mini';
import { CommunityCode } from '../domain/area';
import { AccountId, DeviceId, RecordId } from '../domain/ids';
import { SettledOnWire } from './receipt';
import { WireRecord } from './wire-record';

const Kinds = z.array(z.string().check(z.maxLength(40))).check(z.maxLength(100));
const Scope = z.array(z.string().check(z.maxLength(60))).check(z.maxLength(500));

/**
 * Step 9. One cursor per community; `epoch` names the store's life, a restored backup starts a new one.
 * A tablet hands it back as it came, with whatever a newer server put into it.
 */
export const Cursor = z.looseObject({
  epoch: z.string(),
  sequence: z.int().check(z.minimum(0)),
  /** While a device reads everything anew: up to here not even its own writes are known to it. */
  wholeThrough: z.optional(z.int()),
  /** Step 10: the grants it was read under. Absent in protocol 1. */
  scope: z.optional(Scope),
  /** Step 9: the kinds of record it was read with. Absent where the tablet did not say. */
  kinds: z.optional(Kinds),
  /** Step 11: which change stood at `sequence`, sealed. */
  mark: z.optional(z.string().check(z.maxLength(80))),
  /** What a changed scope newly shows, by record id: the records that stood at or before sequence `through`. */
  backfill: z.optional(
    z.looseObject({
      after: z.string().check(z.maxLength(36)),
      through: z.int(),
      before: Scope,
      /** The kinds of record that were read before. Absent where it began because of grants, under an earlier server. */
      kindsBefore: z.optional(Kinds)
    })
  )
});
export type Cursor = z.infer<typeof Cursor>;

/** Step 11: a place in the log that a device has been told of, sealed. */
export const Place = z.pick(Cursor, { epoch: true, sequence: true, mark: true });
export type Place = z.infer<typeof Place>;

export const PullRequest = z.object({
  protocol: z.int().check(z.positive()),
  account: AccountId,
  device: DeviceId,
  community: CommunityCode,
  cursor: z.optional(Cursor),
  /** Step 9: the kinds of record it can store. Who does not say is told of those there were at first alone. */
  kinds: z.optional(Kinds),
  /** The furthest place it was told of otherwise: by a push, by a stored picture, before it left the community. */
  ahead: z.optional(Place),
  /** Where there is no cursor yet: from this sequence on, the tablet holds all that it and its account have written. */
  ownSince: z.optional(z.int().check(z.positive()))
});
export type PullRequest = z.infer<typeof PullRequest>;

const WireHistory = z.looseObject({
  id: z.string(),
  kind: z.string(),
  at: z.string(),
  author: z.string(),
  facts: z.looseObject({}),
  receivedAt: z.optional(z.string()),
  sequence: z.optional(z.int()),
  settled: z.optional(SettledOnWire),
  seal: z.optional(z.string())
});

export const PullReply = z.object({
  protocol: z.int(),
  community: CommunityCode,
  /** Where to ask from next: the last sequence read, visible or not. */
  cursor: Cursor,
  more: z.boolean(),
  /** Each record once, as it is now, with its history but for the change that made it. */
  rows: z.array(z.object({ record: WireRecord, history: z.array(WireHistory) })),
  /** No longer visible to this account: tombstones, `left-scope`. */
  leftScope: z.array(RecordId),
  /** Step 12: gone for good, with all that is kept of it anywhere. */
  erased: z.optional(z.array(RecordId)),
  /**
   * The page is empty and the cursor at the beginning: everything is read anew, and what does not come again is gone.
   * `restored`: the server is an older one than it was, and asks for what it has lost (step 11).
   */
  anew: z.optional(z.enum(['too-old', 'restored'])),
  /** Revision of the community's reference data; fetched apart when it differs. */
  reference: z.string()
});
export type PullReply = z.infer<typeof PullReply>;
