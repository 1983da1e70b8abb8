import type { Grant } from '../domain/grant';
import type { AccountId } from '../domain/ids';

/** Who is signed in on this tablet, kept so that it opens without a server. */
export interface SignedIn {
  account: AccountId;
  name: string;
  grants: Grant[];
  communities: { code: string; name: string }[];
  deviceMark: string;
}
