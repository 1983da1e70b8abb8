import type { Author } from '../data/author';
import type { CommunityCode } from '../domain/area';
import type { PhotoId } from '../domain/ids';
import type { Window } from './plan';
import type { Transport } from './transport';

/** What one run of the sync works with; tests hand in their own clock, chance and network. */
export interface SyncContext {
  author: Author;
  communities: readonly CommunityCode[];
  transport: Transport;
  /** Milliseconds since the epoch. */
  now(): number;
  random(): number;
  /** What the account may do has changed, or may have (step 10): whoever shows it should ask the office. */
  onGrantsChanged?: () => void;
  /** Whether something new is to be sent or fetched: no further picture is begun before that. */
  isWoken?(): boolean;
  /** So many bytes of a picture the office has confirmed by now. */
  onConfirmed?(photo: PhotoId, bytes: number): void;
}

/** Why a run ended: done, no answer (again later), or something a person must do. */
export type Outcome =
  'done' | 'away' | 'signed-out' | 'account-mismatch' | 'upgrade-needed' | 'store-restored' | 'tablet-lost';

/** What it says of the run that a request was refused, or got no answer. */
export function outcomeOf({ code }: { status: 'refused' | 'away' | 'fault'; code?: string }): Outcome {
  if (code === 'not-signed-in') return 'signed-out';
  if (code === 'tablet-lost') return code;
  if (code === 'account-mismatch' || code === 'upgrade-needed' || code === 'store-restored') return code;
  return 'away';
}

/** How a run, or a part of it, ended, and what it learnt of the link. */
export interface Run {
  outcome: Outcome;
  window: Window;
}
