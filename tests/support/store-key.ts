import type { StoreKey } from '../../src/lib/data/vault/seal';

/** For every store that a test opens without a person who chose a PIN. */
export const storeKey: StoreKey = new Uint8Array(32).fill(7);
