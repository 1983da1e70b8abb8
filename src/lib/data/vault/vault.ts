import type { AccountId } from '../../domain/ids';
import type { Instant } from '../../domain/instant';
import type { SignedIn } from '../signed-in';
import type { PinLock } from './pin-lock';

/** How one person's store on this tablet opens. The store itself lies in a database of its own. */
export interface Vault {
  account: AccountId;
  /** Undefined once they have signed out: their work stays, and waits for their next sign-in. */
  signedIn?: SignedIn;
  /** Gone after too many wrong PINs, or too long without the office: then only a sign-in at the office opens it. */
  pin?: PinLock;
  /** The key under a secret that the office keeps. Undefined until the office was told that secret. */
  recovery?: ArrayBuffer;
  /** Through it others leave something for this person; what opens it lies in their store. */
  slot?: ArrayBuffer;
  /** In a row, noted before each is tried: a kill forgives none. */
  tries: number;
  waitUntil?: Instant;
  /** When the office last answered this person here, and for how many days from then the PIN opens. */
  heardAt: Instant;
  offlineDays?: number;
  /** Every row written before there was a key is sealed by now. */
  isSealed?: boolean;
}
