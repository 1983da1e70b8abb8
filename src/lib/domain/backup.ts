import type { Instant } from './instant';

/** What may stop a backup and a restore alike. */
type Trouble = 'already-running' | 'folder-unwritable' | 'disk-full' | 'damaged' | 'failed';

/** Why a backup failed. `pictures-missing`: it was made, without pictures that the store has lost. */
export type BackupTrouble =
  Trouble | 'target-missing' | 'target-inside-store' | 'store-missing' | 'other-store' | 'pictures-missing';

/** Why nothing was restored, and everything is as it was. */
export type RestoreTrouble =
  Trouble | 'backup-missing' | 'generation-missing' | 'store-in-use' | 'store-exists' | 'newer-store';

/** What became of the last backups. `failed` is there only where the last one failed. */
export interface LastBackup {
  /** `at`: everything from before this moment is in it. `bytes`: of its database and pictures. */
  succeeded?: { at: Instant; bytes: number };
  failed?: { at: Instant; trouble: BackupTrouble };
}

export type BackupState = 'fine' | 'late' | 'failed' | 'never';

/** Two days: one missed night may be a power cut. */
const lateMs = 48 * 3_600_000;

/** `late` is also what a wrong clock has put far ahead. */
export function backupState({ succeeded, failed }: LastBackup, now: Instant): BackupState {
  if (failed) return 'failed';
  if (!succeeded) return 'never';
  return Math.abs(Date.parse(now) - Date.parse(succeeded.at)) > lateMs ? 'late' : 'fine';
}
