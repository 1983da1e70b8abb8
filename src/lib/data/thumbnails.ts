import type { PhotoId } from '../domain/ids';
import { isOpen, reportStatus } from '../domain/status';
import type { TabletDatabase } from './database';
import { listReports } from './reads';

/** So much of one's open work has its pictures at hand: at 6 kB each, a few megabytes. */
const mostReports = 300;

/** Pictures of the newest open work that lie on no disk here, newest report first. */
export async function listMissingThumbnails(database: TabletDatabase): Promise<PhotoId[]> {
  const rows = await listReports(database, mostReports, (report, work) => isOpen(reportStatus(report, work)));
  const ids = rows
    .flatMap(({ report, work }) => [...report.photos, ...(work?.photos ?? [])])
    .filter((photo) => photo.previewable)
    .map((photo) => photo.id);
  const own = await database.photos.where('id').anyOf(ids).primaryKeys();
  const kept = await database.thumbnails.where('photoId').anyOf(ids).primaryKeys();
  const here = new Set([...own, ...kept]);
  return ids.filter((id) => !here.has(id));
}

export async function keepThumbnail(
  database: TabletDatabase,
  photoId: PhotoId,
  bytes: ArrayBuffer
): Promise<void> {
  await database.thumbnails.put({ photoId, bytes });
}
