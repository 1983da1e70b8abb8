// Says to a store that was put back from a backup that it is one, so that tablets hand back what it has lost:
//   XUNGE_DATA=/srv/xunge/data npm run restored        (the server is stopped)
import path from 'node:path';
import { importWithVite } from './import-with-vite.ts';

const folder = path.resolve(process.env.XUNGE_DATA ?? './data');
const { openStore, closeStore } =
  await importWithVite<typeof import('../src/lib/server/store')>('src/lib/server/store.ts');
const { beginNewLife } = await importWithVite<typeof import('../src/lib/server/restored')>(
  'src/lib/server/restored.ts'
);
const store = await openStore(folder);
await beginNewLife(store, new Date().toISOString());
await closeStore(store);
console.log('平板连上后会补交备份之后的内容。/ Tablets will hand back what came after the backup.');
