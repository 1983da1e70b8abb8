import type { Plugin } from 'vite';

/** Where the tablet's everyday pages and those of the desk begin. Sign-in belongs to both, and counts for neither. */
const tabletPages = ['/(field)/+layout', '/(field)/+page.', '/(field)/capture/CapturePage'];
const deskPages = ['/(office)/', '/set-up/', '/+layout', '/+error'];

/**
 * The scripts by who reads them, three files instead of sixty: what every page runs on, what both the tablet and the desk
 * use, what the tablet needs before it can record. Each request costs a bad link a round trip and a slow tablet
 * milliseconds, and what lies together packs smaller (decision 0020). What only one page needs stays with that page. What
 * reads spreadsheets lies in a folder of its own, which no tablet fetches ahead.
 */
export function chunksByReader(): Plugin {
  const ofTablet = new Set<string>();
  const ofDesk = new Set<string>();
  return {
    name: 'chunks-by-reader',
    applyToEnvironment: ({ name }) => name === 'client',
    buildEnd() {
      const follow = (id: string, into: Set<string>) => {
        if (into.has(id)) return;
        into.add(id);
        this.getModuleInfo(id)?.importedIds.forEach((next) => follow(next, into));
      };
      for (const id of this.getModuleIds()) {
        const page = id.split('/src/routes')[1];
        if (page && tabletPages.some((start) => page.startsWith(start))) follow(id, ofTablet);
        if (page && deskPages.some((start) => page.startsWith(start))) follow(id, ofDesk);
      }
    },
    outputOptions(options) {
      const nameOf = (id: string) => (ofDesk.has(id) ? 'both' : 'tablet');
      return {
        ...options,
        // Styles would be named after all the pages that share them.
        assetFileNames: '_app/immutable/assets/[hash][extname]',
        chunkFileNames: ({ name }) => `_app/immutable/${name === 'spreadsheet' ? name : 'chunks'}/[hash].js`,
        codeSplitting: {
          groups: [
            { name: 'spreadsheet', test: /node_modules\/(read-excel-file|fflate|saxen)\//, priority: 1 },
            { name: 'frame', test: /node_modules\/(svelte|@sveltejs|devalue|clsx|esm-env)\//, priority: 1 },
            { debugName: 'reader', name: (id) => (ofTablet.has(id) ? nameOf(id) : null) }
          ]
        }
      };
    }
  };
}
