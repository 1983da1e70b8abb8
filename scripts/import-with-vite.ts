import path from 'node:path';
import { runnerImport } from 'vite';

const projectRoot = path.join(import.meta.dirname, '..');

/** Imports a file of the project from a script, with Vite's ways of importing: `$lib`, and no file endings. */
export async function importWithVite<Module>(file: string): Promise<Module> {
  const alias = { $lib: path.join(projectRoot, 'src/lib') };
  const { module } = await runnerImport<Module>(path.join(projectRoot, file), {
    root: projectRoot,
    logLevel: 'warn',
    resolve: { alias }
  });
  return module;
}
