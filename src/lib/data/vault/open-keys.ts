import type { AccountId } from '../../domain/ids';
import type { StoreKey } from './seal';

/** Keys of stores that a sign-in has opened, until their pages take them: from one page of this document to the next. */
const keys = new Map<AccountId, StoreKey>();

export const handOver = (account: AccountId, key: StoreKey): void => void keys.set(account, key);

export function takeOver(account: AccountId): StoreKey | null {
  const key = keys.get(account) ?? null;
  keys.delete(account);
  return key;
}
