// Builds the simulation, product code and packages included, into one file, with the world's own in the place of whatever
// product code takes from the platform. A planted defect is an edit of the source on the way.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import path from 'node:path';
import { build, type Plugin } from 'vite';
import type { Edit } from './edit';
import { quickerIndexedDb } from './quicker-indexed-db.ts';

const projectRoot = path.join(import.meta.dirname, '../..');
const standInFolder = path.join(import.meta.dirname, 'stand-ins');
const outFolder = path.join(projectRoot, '.svelte-kit/simulation');

const standIns: Record<string, string> = {
  'node:crypto': 'crypto',
  'node:fs': 'fs',
  'node:fs/promises': 'fs-promises',
  'node:sqlite': 'sqlite',
  'node:zlib': 'zlib',
  kysely: 'kysely',
  'prom-client': 'prom-client',
  uuid: 'uuid',
  '$app/environment': 'app-environment',
  '$lib/device/process-photo': 'process-photo'
};

export interface Bundle {
  file: string;
  load(): Promise<typeof import('./run')>;
  remove(): void;
}

export async function bundleSimulation(defect?: Edit): Promise<Bundle> {
  mkdirSync(outFolder, { recursive: true });
  const folder = mkdtempSync(path.join(outFolder, `${defect?.name ?? 'sound'}-`));
  await build({
    root: projectRoot,
    configFile: false,
    logLevel: 'error',
    plugins: [standInPlugin(), ...[...quickerIndexedDb, ...(defect ? [defect] : [])].map(editPlugin)],
    ssr: { noExternal: true, external: ['pino', '@sveltejs/kit'] },
    build: {
      ssr: path.join(import.meta.dirname, 'run.ts'),
      outDir: folder,
      emptyOutDir: false,
      copyPublicDir: false,
      minify: false,
      target: 'node24',
      rolldownOptions: { output: { entryFileNames: 'run.mjs', codeSplitting: false } }
    }
  });
  const file = path.join(folder, 'run.mjs');
  return {
    file,
    load: () => import(file) as Promise<typeof import('./run')>,
    remove: () => rmSync(folder, { recursive: true })
  };
}

function standInPlugin(): Plugin {
  return {
    name: 'stand-ins',
    enforce: 'pre',
    resolveId(source, importer) {
      const standIn = standIns[source];
      // The world itself keeps the platform's own, but for ids.
      const isExempt = importer?.startsWith(source === 'uuid' ? standInFolder : import.meta.dirname);
      if (standIn && !isExempt) return path.join(standInFolder, `${standIn}.ts`);
      const inLib = /^\$lib\/(.*)$/.exec(source)?.[1];
      return inLib === undefined ? null : this.resolve(path.join(projectRoot, 'src/lib', inLib), importer);
    }
  };
}

/** Throws where the source does not hold what is to be replaced exactly once: then the edit must be made anew. */
function editPlugin({ name, file, find, replace }: Edit): Plugin {
  const target = path.join(projectRoot, file);
  let isMade = false;
  return {
    name: `edit-${name}`,
    enforce: 'pre',
    transform(code, id) {
      if (id !== target) return null;
      if (code.split(find).length !== 2) throw new Error(`${name} does not fit ${file} any more`);
      isMade = true;
      return code.replace(find, () => replace);
    },
    buildEnd() {
      if (!isMade) throw new Error(`${name}: ${file} is not part of the simulation`);
    }
  };
}
