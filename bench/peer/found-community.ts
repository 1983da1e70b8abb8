// node found-community.ts FOLDER: a store with one community and one worker, whose session it prints.
import type * as Office from './office';
import { importWithVite } from '../../scripts/import-with-vite.ts';

const { foundCommunity } = await importWithVite<typeof Office>('bench/peer/office.ts');
console.log(await foundCommunity(process.argv[2]!));
process.exit(0);
