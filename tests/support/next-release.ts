// The release after this one, for tests of updates: the same app, built again from a copy of the tree.
import { appendFile, cp, mkdtemp, readdir, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type * as support from './server';

const projectRoot = fileURLToPath(new URL('../..', import.meta.url));
const notCopied = new Set(['node_modules', '.svelte-kit', 'build', 'data', 'coverage', '.git', '.cache']);

export type NextRelease = { startServer: typeof support.startServer; remove(): Promise<void> };

/** Every page of it differs from ours, so that no page's script keeps its name. Takes as long as a build. */
export async function buildNextRelease(): Promise<NextRelease> {
  const folder = await mkdtemp(join(tmpdir(), 'xunge-next-release-'));
  for (const name of await readdir(projectRoot))
    if (!notCopied.has(name)) await cp(join(projectRoot, name), join(folder, name), { recursive: true });
  // tsconfig.json extends it, and Vite reads that before the copy's own build has written it.
  await cp(join(projectRoot, '.svelte-kit', 'tsconfig.json'), join(folder, '.svelte-kit', 'tsconfig.json'));
  await symlink(join(projectRoot, 'node_modules'), join(folder, 'node_modules'));

  const routes = join(folder, 'src', 'routes');
  for (const path of await readdir(routes, { recursive: true }))
    if (path.endsWith('+page.svelte'))
      await appendFile(join(routes, path), '\n<p hidden data-release="next"></p>\n');

  // The copy's own support knows the copy as its project.
  const ofCopy = pathToFileURL(join(folder, 'tests', 'support', 'server.ts')).href;
  const { buildOnce, startServer } = (await import(/* @vite-ignore */ ofCopy)) as typeof support;
  process.env.XUNGE_BUILD = 'next-release';
  try {
    await buildOnce();
  } finally {
    delete process.env.XUNGE_BUILD;
  }
  return { startServer, remove: () => rm(folder, { recursive: true, force: true }) };
}
