import { statfs } from 'node:fs/promises';
import { collectDefaultMetrics, Gauge, register } from 'prom-client';
import { loadLastBackup } from './backup/last-backup';
import { lengthOfFile } from './durable-file-store';
import { countStreams } from './live-stream';
import { sumStoredBytes } from './records/photos';
import { databaseIn, type Store } from './store';

collectDefaultMetrics();

const gauge = (name: string, help: string) => new Gauge({ name: `xunge_${name}`, help });
const backupSeconds = gauge(
  'backup_last_success_timestamp_seconds',
  'When the last good backup was made; 0: never'
);
const backupFailed = gauge('backup_failed', '1 where the last backup failed');
const databaseBytes = gauge('database_bytes', 'Size of the database');
const pictureBytes = gauge('pictures_bytes', 'Size of the stored pictures and voice notes');
const freeBytes = gauge('disk_free_bytes', 'Free on the disk of the data folder');
const liveStreams = gauge('live_streams', 'Desks that listen for news');

/** Prometheus text, of this moment. */
export async function metricsText(store: Store): Promise<string> {
  const { succeeded, failed } = await loadLastBackup(store.folder);
  backupSeconds.set(succeeded ? Date.parse(succeeded.at) / 1000 : 0);
  backupFailed.set(failed ? 1 : 0);
  databaseBytes.set((await lengthOfFile(databaseIn(store.folder))) ?? 0);
  pictureBytes.set(await sumStoredBytes(store));
  const { bavail, bsize } = await statfs(store.folder);
  freeBytes.set(bavail * bsize);
  liveStreams.set(countStreams());
  return register.metrics();
}
