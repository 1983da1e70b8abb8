// Builds the map's own page once and opens it in a browser that reaches nothing else.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BrowserContext, Page } from 'playwright-core';
import type { GridMapProps } from '../../../src/lib/ui/map/grid-map-props';
import type { MapHarness, OpenOptions, StillValues } from './main.svelte.ts';

const projectRoot = fileURLToPath(new URL('../../..', import.meta.url));
const origin = 'http://map.test';
const contentTypes: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css'
};

/** The folder of the built page; the caller removes it with `removeMapPage`. */
export async function buildMapPage(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'xunge-map-'));
  const vite = join(projectRoot, 'node_modules', '.bin', 'vite');
  const config = fileURLToPath(new URL('vite.config.ts', import.meta.url));
  const child = spawn(vite, ['build', '--config', config, '--outDir', folder, '--logLevel', 'warn'], {
    cwd: projectRoot,
    env: { ...process.env, NODE_ENV: 'production' },
    stdio: ['ignore', 'pipe', 'pipe']
  });
  let output = '';
  child.stdout.on('data', (text: Buffer) => (output += text.toString()));
  child.stderr.on('data', (text: Buffer) => (output += text.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(`The map's page did not build:\n${output}`);
  return folder;
}

export const removeMapPage = (folder: string) => rm(folder, { recursive: true, force: true });

export interface MapPage {
  page: Page;
  /** What went wrong in the page, and every request that left it. */
  troubles: string[];
  /** Opens a map with these values and waits until its ground is drawn. */
  open(values: Partial<GridMapProps>, options?: OpenOptions): Promise<void>;
  change(values: Partial<GridMapProps>): Promise<void>;
  openStill(values: StillValues, size: string): Promise<void>;
  heard(): Promise<Pick<MapHarness, 'picks' | 'selections' | 'grids'>>;
}

export async function openMapPage(context: BrowserContext, folder: string): Promise<MapPage> {
  const troubles: string[] = [];
  const page = await context.newPage();
  await page.route('**', async (route) => {
    const url = new URL(route.request().url());
    if (url.origin !== origin) {
      troubles.push(`asked for ${url.href}`);
      return route.abort();
    }
    const path = url.pathname === '/' ? '/index.html' : url.pathname;
    const contentType = contentTypes[extname(path)] ?? 'application/octet-stream';
    await route.fulfill({ body: await readFile(join(folder, path)), contentType });
  });
  page.on('pageerror', (error) => troubles.push(error.message));
  page.on('console', (message) => message.type() === 'error' && troubles.push(message.text()));
  await page.goto(`${origin}/`);
  await page.waitForFunction(() => 'mapHarness' in window);
  return {
    page,
    troubles,
    async open(values, options) {
      await page.evaluate(([given, asked]) => window.mapHarness.open(given, asked), [
        values,
        options
      ] as const);
      await page
        .locator('.leaflet-tile-loaded, .leaflet-overlay-pane path')
        .first()
        .waitFor({ state: 'attached' });
      await page.waitForTimeout(150);
    },
    change: (values) => page.evaluate((given) => window.mapHarness.change(given), values),
    openStill: (values, size) =>
      page.evaluate(([given, css]) => window.mapHarness.openStill(given, css), [values, size] as const),
    heard: () =>
      page.evaluate(() => {
        const { picks, selections, grids } = window.mapHarness;
        return { picks, selections, grids };
      })
  };
}
