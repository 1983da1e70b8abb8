import * as z from 'zod/mini';
import { CommunityCode, GridCode } from '../domain/area';
import { AccountId, RecordId } from '../domain/ids';
import { recordKinds, type AnyRecord, type RecordKind } from '../domain/record';

/** The kinds there were before tablets said which they can store: one of another makes a whole page unreadable to those. */
export const firstRecordKinds: readonly string[] = ['issue', 'need', 'case', 'patrol'] satisfies RecordKind[];

/**
 * A record as it travels. Only what a tablet's store relies on is checked: a field a newer server added
 * must survive an older client, so everything else passes through untouched.
 */
export const WireRecord = z.looseObject({
  id: RecordId,
  kind: z.enum(recordKinds),
  community: CommunityCode,
  ownerGridCode: GridCode,
  author: AccountId,
  version: z.int(),
  at: z.string(),
  state: z.string()
});
export type WireRecord = z.infer<typeof WireRecord>;

/** The server wrote it with the same domain code; the checked fields above are what could break a store. */
export function wireToRecord(wire: WireRecord): AnyRecord {
  return wire as unknown as AnyRecord;
}

export function recordToWire(record: AnyRecord): WireRecord {
  return record as unknown as WireRecord;
}
