import type { Case } from './case';
import type { Actor } from './grant';
import type { Instant } from './instant';
import { isReport, visibilityOf, type AnyRecord } from './record';
import { mayDo } from './rights';

/** A record as one reader may know it: who reported it may be missing. */
export type SeenRecord = Exclude<AnyRecord, Case> | (Omit<Case, 'reporter'> & Partial<Pick<Case, 'reporter'>>);

/** Whether the reader may know who reported a record, and whom its worker spoke to. One's own is no secret. */
export function knowsReporter(actor: Actor, record: AnyRecord, now: Instant): boolean {
  const keys = visibilityOf(record);
  return keys.author === actor.account || mayDo(actor, 'readReporter', keys, now);
}

/** What of a readable record leaves the server for this reader: never who reported it to a unit, never contacts to a volunteer. */
export function recordSeenBy(actor: Actor, record: AnyRecord, now: Instant): SeenRecord {
  if (record.kind === 'patrol' || knowsReporter(actor, record, now)) return record;
  if (isReport(record)) return { ...record, followUps: [] };
  const { reporter: _, ...rest } = record;
  return rest;
}
