// Erases a record for good, at the office and with the next pull on every tablet (docs/sync-protocol.md, step 12):
//   XUNGE_DATA=/srv/xunge/data npm run erase -- <number or id>          says what would go
//   XUNGE_DATA=/srv/xunge/data npm run erase -- <number or id> --yes    does it; the server may run meanwhile
import path from 'node:path';
import { parseArgs } from 'node:util';
import { importWithVite } from './import-with-vite.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { yes: { type: 'boolean', default: false } }
});
const [name] = positionals;
if (!name) throw new Error('Which record? npm run erase -- <number or id> [--yes]');
const { openStore, closeStore } =
  await importWithVite<typeof import('../src/lib/server/store')>('src/lib/server/store.ts');
const { eraseRecord, findRecords } =
  await importWithVite<typeof import('../src/lib/server/erase')>('src/lib/server/erase.ts');
const store = await openStore(path.resolve(process.env.XUNGE_DATA ?? './data'));
try {
  const found = await findRecords(store, name);
  for (const { community, record } of found)
    console.log(`${record.kind} ${record.id} (${community}, ${record.at})`);
  const [only] = found;
  if (!only) throw new Error(`没有这条记录 / no such record: ${name}`);
  if (found.length > 1)
    throw new Error(
      `这个编号有 ${found.length} 条，请写记录 id / several have this number: name one by its id`
    );
  const { community, record } = only;
  if (values.yes) {
    const erased = await eraseRecord(store, community, record.id, new Date().toISOString());
    console.log(`已彻底删除 ${erased.length} 条 / erased for good: ${erased.join(', ')}`);
  } else console.log('没有删除；加 --yes 才删除。/ Nothing was erased; add --yes.');
} finally {
  await closeStore(store);
}
