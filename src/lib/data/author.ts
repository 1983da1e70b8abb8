import { v7 as uuidV7 } from 'uuid';
import type { CommunityCode } from '../domain/area';
import type { CommunityRules } from '../domain/change';
import type { Change, ChangeKindName, FactsOf } from '../domain/changes';
import type { AccountId, ChangeId, DeviceId, RecordId } from '../domain/ids';
import type { Instant } from '../domain/instant';
import type { TabletDatabase } from './database';
import { sealChange, type SealedChange } from './write';

/** Whose tablet this is, where it stands, and what its community has decided. */
export interface Author {
  database: TabletDatabase;
  account: AccountId;
  name: string;
  device: DeviceId;
  /** `B` on a person's second tablet. */
  deviceMark: string;
  community: CommunityCode;
  rules: CommunityRules;
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

/** The version of a record as this tablet shows it; 0 where it does not exist yet. */
export async function shownVersion(database: TabletDatabase, id: RecordId): Promise<number> {
  return (await database.records.get(id))?.record.version ?? 0;
}
