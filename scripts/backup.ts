// Backs a store up; its server may run meanwhile (docs/operations.md, Backup):
//   XUNGE_DATA=/srv/xunge/data npm run backup -- --to /mnt/backup/xunge [--keep 14]
// The last line is JSON: {"generation","bytes","pictures"}, or {"code"} and exit status 1.
import path from 'node:path';
import { parseArgs } from 'node:util';
import { importWithVite } from './import-with-vite.ts';

const { values } = parseArgs({
  options: { to: { type: 'string' }, keep: { type: 'string', default: '14' } }
});
const keep = Number(values.keep);
if (!values.to || !Number.isInteger(keep) || keep < 1)
  throw new Error('Where to? npm run backup -- --to FOLDER [--keep GENERATIONS]');
// Who can read a store has everything in it.
process.umask(0o077);
const { backUp } = await importWithVite<typeof import('../src/lib/server/backup/back-up')>(
  'src/lib/server/backup/back-up.ts'
);
const { backupWords } = await importWithVite<typeof import('../src/lib/messages/backup')>(
  'src/lib/messages/backup.ts'
);
const folders = {
  dataFolder: path.resolve(process.env.XUNGE_DATA ?? './data'),
  target: path.resolve(values.to)
};
const made = await backUp({ ...folders, keep }, new Date().toISOString());
if ('trouble' in made) {
  const { trouble, fault } = made;
  console.error(`${backupWords.zh.troubles[trouble]} / ${backupWords.en.troubles[trouble]}`);
  if (trouble === 'failed') console.error(fault);
  console.log(JSON.stringify({ code: trouble }));
  process.exitCode = 1;
} else console.log(JSON.stringify(made));
