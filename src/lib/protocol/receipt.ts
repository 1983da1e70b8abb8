import * as z from 'zod/mini';
import { ChangeId } from '../domain/ids';
import { Instant } from '../domain/instant';
import { RefusalCodeOnWire } from './problem';
import { WireRecord } from './wire-record';

const Refusal = z.object({
  code: RefusalCodeOnWire,
  details: z.optional(z.record(z.string(), z.union([z.string(), z.number()])))
});

/** What the server set of a change besides its arrival. A seal is over all of it: what is not known here is kept. */
export const SettledOnWire = z.looseObject({
  caseNumber: z.optional(z.string()),
  dueAt: z.optional(Instant)
});

/**
 * Step 5. Receipts stand in the order of the request's changes. A run of accepted ones is one entry;
 * every other outcome is an entry of its own.
 */
export const Receipt = z.discriminatedUnion('status', [
  z.looseObject({
    status: z.literal('accepted'),
    count: z.int().check(z.positive()),
    /** The first one's; each following one is one higher. */
    sequence: z.int(),
    receivedAt: Instant,
    /** One HMAC of the server per change, over id, hash, sequence, arrival and what it set. */
    seals: z.array(z.string()),
    /** What the server set, by the place of the change in this run. */
    settled: z.optional(z.record(z.string().check(z.regex(/^\d+$/)), SettledOnWire)),
    /** Records the server knows more about than the sender: other version than base + 1, or fields it set. */
    records: z.array(WireRecord)
  }),
  z.object({ status: z.literal('refused'), refusal: Refusal, records: z.array(WireRecord) }),
  z.object({
    status: z.literal('conflict'),
    fields: z.array(
      z.object({ field: z.string(), from: z.unknown(), current: z.unknown(), to: z.unknown() })
    ),
    records: z.array(WireRecord)
  }),
  /** A fault of the server's while judging this one; the others went through. */
  z.object({ status: z.literal('deferred') }),
  z.object({ status: z.literal('depends-on'), on: ChangeId }),
  /** Unknown kind or shape: kept by the sender until it or the server is newer. */
  z.object({ status: z.literal('upgrade-needed') })
]);
export type Receipt = z.infer<typeof Receipt>;
