// The product's store and sync, as far as the adapter drives them: what a page must ship, and what S12 weighs.
export { recordAct } from '../../src/lib/data/record';
export { recordReport } from '../../src/lib/data/reports';
export { makeChange } from '../../src/lib/data/author';
export { openDatabase } from '../../src/lib/data/open';
export { endWaits, listUnreceipted } from '../../src/lib/data/outbox';
export {
  declarePhotos,
  keepOriginal,
  keepProcessed,
  listRawPhotos,
  loadOriginal
} from '../../src/lib/data/photos';
export { listUnsentPhotos, loadPicture } from '../../src/lib/data/photo-queue';
export { listReports } from '../../src/lib/data/reads';
export { tablesOfWriting, writeChange } from '../../src/lib/data/write';
export { keepUnseen } from '../../src/lib/device/process-photo';
export { rulesOf } from '../../src/lib/domain/reference';
export { backoffMs } from '../../src/lib/sync/backoff';
export { firstWindow } from '../../src/lib/sync/plan';
export { pull } from '../../src/lib/sync/pull';
export { push } from '../../src/lib/sync/push';
export { createTransport } from '../../src/lib/sync/transport';
export { uploadPhotos, uploadThumbnails } from '../../src/lib/sync/upload-photos';
