import * as z from 'zod/mini';
import { CommunityCode } from '../domain/area';
import { AccountId, ChangeId, DeviceId } from '../domain/ids';
import { Instant } from '../domain/instant';
import { Ahead } from './push';
import { SettledOnWire } from './receipt';

/** Step 11. A hand-back is lines of JSON: this head, then one thing a line that the office had accepted before. */
export const HandBackHead = z.object({
  protocol: z.int().check(z.positive()),
  account: AccountId,
  device: DeviceId,
  community: CommunityCode,
  /** Of the restored store, as the pull told it. */
  epoch: z.string()
});
export type HandBackHead = z.infer<typeof HandBackHead>;

const accepted = {
  sequence: z.int(),
  receivedAt: Instant,
  settled: z.optional(SettledOnWire),
  seal: z.string()
};

/** One's own change, as the bytes made on the device, with what its receipt said. */
const OwnChange = z.object({ ...accepted, body: z.string() });

/** What this device was told of somebody's change, with the office's seal. */
const ToldEntry = z.object({
  ...accepted,
  entry: z.object({
    id: ChangeId,
    kind: z.string(),
    at: Instant,
    author: AccountId,
    facts: z.looseObject({})
  })
});

export const HandedBack = z.union([OwnChange, ToldEntry]);
export type HandedBack = z.infer<typeof HandedBack>;

/**
 * `taken`: it was lost and is there again · `known`: it is there · `waits`: for what comes before it, which somebody else
 * may hold · `refused`: its seal is not true.
 */
export const HandBackResult = z.enum(['taken', 'known', 'waits', 'refused']);
export type HandBackResult = z.infer<typeof HandBackResult>;

/** Results in the order of the lines; and how far the log has come with them. */
export const HandBackReply = z.object({
  protocol: z.int(),
  results: z.array(HandBackResult),
  ahead: z.optional(Ahead)
});
export type HandBackReply = z.infer<typeof HandBackReply>;
