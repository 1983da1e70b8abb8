// Puts a backup into the data folder of a stopped server, so that tablets hand back what came after it:
//   XUNGE_DATA=/srv/xunge/data npm run restore -- --from /mnt/backup/xunge [--at GENERATION] [--replace]
// The newest generation where none is named. With --replace a store that is there is moved aside.
// The last line is JSON: {"generation","pictures","picturesMissing","movedTo"}, or {"code"} and exit status 1.
import path from 'node:path';
import { parseArgs } from 'node:util';
import { importWithVite } from './import-with-vite.ts';

const { values } = parseArgs({
  options: {
    from: { type: 'string' },
    at: { type: 'string' },
    replace: { type: 'boolean', default: false }
  }
});
if (!values.from)
  throw new Error('From where? npm run restore -- --from FOLDER [--at GENERATION] [--replace]');
// Who can read a store has everything in it.
process.umask(0o077);
const from = path.resolve(values.from);
const { restore } = await importWithVite<typeof import('../src/lib/server/backup/restore')>(
  'src/lib/server/backup/restore.ts'
);
const { listGenerations } = await importWithVite<typeof import('../src/lib/server/backup/generations')>(
  'src/lib/server/backup/generations.ts'
);
const { restoreTroubles } = await importWithVite<typeof import('../src/lib/messages/backup')>(
  'src/lib/messages/backup.ts'
);
const dataFolder = path.resolve(process.env.XUNGE_DATA ?? './data');
const wish = { from, dataFolder, generation: values.at, replace: values.replace };
const restored = await restore(wish, new Date().toISOString());
if ('trouble' in restored) {
  const { trouble, fault } = restored;
  console.error(`${restoreTroubles.zh[trouble]} / ${restoreTroubles.en[trouble]}`);
  if (trouble === 'generation-missing') console.error((await listGenerations(from)).join('\n'));
  if (trouble === 'failed') console.error(fault);
  console.log(JSON.stringify({ code: trouble }));
  process.exitCode = 1;
} else {
  if (restored.picturesMissing)
    console.error(
      `备份里缺 ${restored.picturesMissing} 张照片 / ${restored.picturesMissing} pictures are missing in the backup`
    );
  console.error('平板连上后会补交备份之后的内容。/ Tablets will hand back what came after the backup.');
  console.log(JSON.stringify(restored));
}
