// Every page, endpoint and form action that the app has, from its own files: a new one is never forgotten.
const pageFiles = import.meta.glob('../../src/routes/**/+page.svelte');
const pageServers = import.meta.glob<{ actions?: object }>('../../src/routes/**/+page.server.ts');
const endpoints = import.meta.glob<object>('../../src/routes/**/+server.ts');

const routeOf = (file: string) => file.replace(/^.*src\/routes/, '').replace(/\/\+[^/]*$/, '') || '/';

/** Also those that only lead on to another. */
export function listPages(): string[] {
  return [...new Set([...Object.keys(pageFiles), ...Object.keys(pageServers)].map(routeOf))].sort();
}

/** As in `POST /api/session`. */
export async function listEndpoints(): Promise<string[]> {
  const found = await Promise.all(
    Object.entries(endpoints).map(async ([file, load]) =>
      Object.keys(await load()).map((method) => `${method} ${routeOf(file)}`)
    )
  );
  return found.flat().sort();
}

/** As in `/(office)/office/people?/give`. */
export async function listActions(): Promise<string[]> {
  const found = await Promise.all(
    Object.entries(pageServers).map(async ([file, load]) =>
      Object.keys((await load()).actions ?? {}).map((action) => `${routeOf(file)}?/${action}`)
    )
  );
  return found.flat().sort();
}
