import * as z from 'zod/mini';
import { CommunityCode } from './area';
import type { Category } from './category';
import { AccountId, ChangeId, DeviceId, type RecordId, type UnitId } from './ids';
import { Instant } from './instant';
import type { AnyRecord, RecordsById, VisibilityKeys } from './record';
import type { Refusal } from './refusal';
import type { Act } from './rights';

/** A change is at most this long as sent, in bytes of UTF-8. */
export const maxChangeBytes = 64 * 1024;

/** What every change says of itself. The bytes made on the device are sent unchanged for ever; `shape` names how to read the facts. */
export const ChangeHead = z.object({
  id: ChangeId,
  kind: z.string(),
  shape: z.literal(1),
  community: CommunityCode,
  author: AccountId,
  device: DeviceId,
  /** Device time; the server notes its own beside it. */
  at: Instant,
  /** Version of the main record the author saw; 0 where the change makes it. */
  baseVersion: z.int().check(z.minimum(0))
});
export type ChangeHead = z.infer<typeof ChangeHead>;

/** A change before its facts are known to fit its kind. */
export const ChangeEnvelope = z.extend(ChangeHead, { facts: z.looseObject({}) });
export type ChangeEnvelope = z.infer<typeof ChangeEnvelope>;

/** One field both sides changed: what the author saw, what the office has, what the author wants. */
export interface FieldConflict {
  field: string;
  from: unknown;
  current: unknown;
  to: unknown;
}

export type Judgement =
  | { verdict: 'allowed' }
  | { verdict: 'refused'; refusal: Refusal }
  | { verdict: 'conflict'; fields: FieldConflict[] };

export const allowed: Judgement = { verdict: 'allowed' };

export function refused(code: Refusal['code'], details?: Refusal['details']): Judgement {
  return { verdict: 'refused', refusal: { code, details } };
}

/** What the community has decided and a record does not say. A tablet knows it from its reference data. */
export interface CommunityRules {
  unitIds: ReadonlySet<UnitId>;
  /** Tracks are off until an administrator has stated a purpose. */
  trackPurposeStated: boolean;
  categoriesByCode: ReadonlyMap<string, Category>;
}

/** What the server sets when it accepts a change; absent on the tablet until the receipt. */
export interface Settled {
  receivedAt: Instant;
  caseNumber?: string;
  dueAt?: Instant;
}

/**
 * One kind of change. `allow` judges the state only (rights are judged once, by `judge`);
 * `apply` is a pure transition with three callers: save on the tablet, rebase after a pull, the server.
 */
export interface ChangeKind<Kind extends string = string, Facts = unknown> {
  kind: Kind;
  facts: z.ZodMiniType<Facts>;
  /** The right it needs; null where only the server makes it. */
  act: Act | null | ((facts: Facts, records: RecordsById) => Act);
  /** The records it reads and writes, the main one first. */
  touches(facts: Facts): RecordId[];
  /** Present where the change makes its main record: whom it will be visible to. */
  creates?(facts: Facts, records: RecordsById, head: ChangeHead): VisibilityKeys | null;
  /** Nobody who has not seen it may write on as before: the version goes on to the next generation (domain/blanking.ts). */
  beginsGeneration?: true;
  /** What the server must hand to `apply`. */
  assigns?: keyof Omit<Settled, 'receivedAt'>;
  allow(facts: Facts, records: RecordsById, head: ChangeHead, rules: CommunityRules): Judgement;
  apply(facts: Facts, records: RecordsById, head: ChangeHead, settled?: Settled): AnyRecord[];
}

export function defineChange<Kind extends string, Facts>(
  change: ChangeKind<Kind, Facts>
): ChangeKind<Kind, Facts> {
  return change;
}
