import * as z from 'zod/mini';
import { CommunityCode } from '../domain/area';
import { AccountId, DeviceId, RecordId } from '../domain/ids';
import { WireRecord } from './wire-record';

/** Step 9. One cursor per community; `epoch` names the store's life, a restored backup starts a new one. */
export const Cursor = z.object({
  epoch: z.string(),
  sequence: z.int().check(z.minimum(0)),
  /** While a device reads everything anew: up to here not even its own writes are known to it. */
  wholeThrough: z.optional(z.int())
});
export type Cursor = z.infer<typeof Cursor>;

export const PullRequest = z.object({
  protocol: z.int().check(z.positive()),
  account: AccountId,
  device: DeviceId,
  community: CommunityCode,
  cursor: z.optional(Cursor),
  /** Where there is no cursor yet: from this sequence on, the tablet holds all that it and its account have written. */
  ownSince: z.optional(z.int().check(z.positive()))
});
export type PullRequest = z.infer<typeof PullRequest>;

const WireHistory = z.looseObject({
  id: z.string(),
  kind: z.string(),
  at: z.string(),
  author: z.string(),
  facts: z.looseObject({})
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
  /** Revision of the community's reference data; fetched apart when it differs. */
  reference: z.string()
});
export type PullReply = z.infer<typeof PullReply>;
