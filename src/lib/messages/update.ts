import { words } from './language';

/** The bar that says that a new version of the app lies ready on the tablet. */
export const updateWords = words(
  {
    ready: '有新版本',
    safe: '更新只要几秒钟，本机的记录都在',
    update: '更新',
    later: '稍后'
  },
  {
    ready: 'A new version is ready',
    safe: 'Updating takes a few seconds; all records stay on this tablet',
    update: 'Update',
    later: 'Later'
  }
);
