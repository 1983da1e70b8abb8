import Dexie from 'dexie';
import type { AccountId } from '../../domain/ids';
import { storeNameOf } from '../database';
import { forgetPerson } from '../tablet-facts';

/** Nothing of this person stays on the tablet. Pages that have the store open are closed by it. */
export async function eraseStore(account: AccountId): Promise<void> {
  await Dexie.delete(storeNameOf(account));
  await forgetPerson(account);
}
