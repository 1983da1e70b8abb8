import * as z from 'zod/mini';
import { CommunityCode } from '../domain/area';
import { AccountId, DeviceId } from '../domain/ids';
import { Place } from './pull';
import { Receipt } from './receipt';

/**
 * Step 3. A push is newline-delimited JSON: this head on the first line, then one change a line,
 * each as the very bytes made on the device. JSON has no raw line break, so a line is a change.
 */
export const PushHead = z.object({
  protocol: z.int().check(z.positive()),
  account: AccountId,
  device: DeviceId,
  /** How far the device has been told of each of its communities: a restored server notices what it has lost (step 11). */
  cursors: z.optional(z.record(CommunityCode, Place)),
  /** Step 14: who wrote the changes, where an officer hands them in out of a lifeline file. */
  carrying: z.optional(AccountId)
});
export type PushHead = z.infer<typeof PushHead>;

/** How far the log of each community has come: more than the device has read, until it pulls (step 11). */
export const Ahead = z.record(CommunityCode, Place);
export type Ahead = z.infer<typeof Ahead>;

/** Carries an `Ahead` as JSON where a picture is said to be stored (step 8). */
export const aheadHeader = 'x-xunge-ahead';

export const PushReply = z.object({
  protocol: z.int(),
  receivedAt: z.string(),
  ahead: z.optional(Ahead),
  receipts: z.array(Receipt)
});
export type PushReply = z.infer<typeof PushReply>;

/** A body of lines: a head and what follows it, of a push or of a hand-back. */
export function pushBody(head: object, changes: readonly string[]): string {
  return [JSON.stringify(head), ...changes].join('\n');
}

/** How many changes the receipts speak of; must equal what was sent, or the reply does not count. */
export function receiptedCount(receipts: readonly Receipt[]): number {
  return receipts.reduce((sum, receipt) => sum + (receipt.status === 'accepted' ? receipt.count : 1), 0);
}
