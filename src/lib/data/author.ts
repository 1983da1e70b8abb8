import { v7 as uuidV7 } from 'uuid';
import type { CommunityCode } from '../domain/area';
import type { CommunityRules } from '../domain/change';
import type { Change, ChangeKindName, FactsOf } from '../domain/changes';
import type { AccountId, ChangeId, DeviceId, RecordId } from '../domain/ids';
import type { Instant } from '../domain/instant';
import type { TabletDatabase } from './database';
import { sealChange, type SealedChange } from './sealed-change';

/** Whose tablet this is, where it stands, and what its communities have decided. */
export interface Author {
  database: TabletDatabase;
  account: AccountId;
  name: string;
  device: DeviceId;
  /** `B` on a person's second tablet. */
  deviceMark: string;
  /** Where new records belong. What is done to a record belongs to that record's community. */
  community: CommunityCode;
  rulesOf: (community: CommunityCode) => CommunityRules;
}

/** A change of this author, ready to be written: head and facts as the bytes that will travel. */
export async function makeChange<Kind extends ChangeKindName>(
  author: Author,
  kind: Kind,
  facts: FactsOf<Kind>,
  at: Instant,
  baseVersion: number
): Promise<SealedChange> {
  const change = {
    id: uuidV7() as ChangeId,
    kind,
    shape: 1,
    community: author.community,
    author: author.account,
    device: author.device,
    at,
    baseVersion,
    facts
  };
  return sealChange(change as Change);
}

/** The version of a record as this tablet shows it, 0 where it does not exist yet, and who acts on it there. */
export async function actingOn(author: Author, id: RecordId): Promise<{ version: number; author: Author }> {
  const shown = (await author.database.records.get(id))?.record;
  if (!shown) return { version: 0, author };
  return { version: shown.version, author: { ...author, community: shown.community } };
}
