// Opens real browsers for the tests, the screenshots and the bench: as the grid worker's tablet or the office's desk.
import { existsSync, rmSync } from 'node:fs';
import { access, constants, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium, type BrowserContext, type Page } from 'playwright-core';

/** `env` holds only what has to be added to our own environment for this browser to start. */
export type Browser = { executablePath: string; env: Record<string, string> };

type ContextOptions = NonNullable<Parameters<typeof chromium.launchPersistentContext>[1]>;
export type LaunchOptions = Omit<ContextOptions, 'executablePath' | 'env' | 'locale'> & {
  /** A folder to keep between launches, as a tablet keeps its disk. Without it a fresh one, gone when the browser closes. */
  profile?: string;
  language?: string;
};

const projectRoot = fileURLToPath(new URL('../..', import.meta.url));
const systemBrowsers = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

const flags = [
  '--no-sandbox', // the sandbox refuses to start as root
  '--disable-gpu',
  '--disable-dev-shm-usage', // 64 MB in most containers: pages crash
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--use-fake-device-for-media-stream',
  '--use-fake-ui-for-media-stream'
];

let found: Promise<Browser> | undefined;

const open = new Set<BrowserContext>();

export const openContexts = (): BrowserContext[] => [...open];

let look: (context: BrowserContext) => Promise<void> = async () => {};

/** Called with each browser that is about to be closed from now on. */
export const lookBeforeClosing = (what: typeof look): void => void (look = what);

/**
 * The browser that `CHROMIUM` names, else a system chromium, else the one from npm (@sparticuz/chromium), which needs
 * nothing of the machine. `XUNGE_TEST_BROWSER=npm` goes straight to the last, to try what a bare machine does.
 */
export function findBrowser(): Promise<Browser> {
  return (found ??= lookForBrowser());
}

async function lookForBrowser(): Promise<Browser> {
  if (process.env.XUNGE_TEST_BROWSER === 'npm') return browserFromNpm();
  const named = process.env.CHROMIUM;
  if (named) {
    await access(named, constants.X_OK);
    return { executablePath: named, env: {} };
  }
  const installed = systemBrowsers.find((path) => existsSync(path));
  return installed ? { executablePath: installed, env: {} } : browserFromNpm();
}

/**
 * Unpacked once, 200 MB. Its only typeface is Open Sans: text has its size everywhere, but Chinese stays
 * blank (sized, so clickable) unless the machine has a Chinese typeface: no test may judge by the look of a glyph.
 */
async function browserFromNpm(): Promise<Browser> {
  if (process.platform !== 'linux' || process.arch !== 'x64')
    throw new Error('No browser found: install Chromium, or name one in the environment variable CHROMIUM.');
  const folder = await unpackedBrowser();
  const libraries = [join(folder, 'al2023', 'lib'), process.env.LD_LIBRARY_PATH]
    .filter(Boolean)
    .join(delimiter);
  return {
    executablePath: join(folder, 'chromium'),
    env: { LD_LIBRARY_PATH: libraries, FONTCONFIG_PATH: join(folder, 'fonts') }
  };
}

async function unpackedBrowser(): Promise<string> {
  const packed = fileURLToPath(new URL('../bin/', import.meta.resolve('@sparticuz/chromium')));
  const { version } = JSON.parse(await readFile(join(packed, '../package.json'), 'utf8')) as {
    version: string;
  };
  const home = await writableFolder();
  const folder = join(home, version);
  if (existsSync(folder)) return folder;

  // Unpack beside and rename: who sees the folder sees all of it, however many processes come at once.
  const staging = await mkdtemp(join(home, 'unpacking-'));
  try {
    await unpack(packed, staging);
    await rename(staging, folder);
  } catch (error) {
    await rm(staging, { recursive: true, force: true });
    if (!existsSync(folder)) throw error;
  }
  return folder;
}

async function unpack(packed: string, into: string): Promise<void> {
  const outside = process.env.TMPDIR;
  process.env.TMPDIR = into; // the package unpacks to os.tmpdir() and takes whatever lies there for its own
  try {
    const { default: npmChromium, inflate } = await import('@sparticuz/chromium');
    await npmChromium.executablePath(packed);
    await inflate(join(packed, 'al2023.tar.br')); // NSS and expat, which it unpacks by itself on Lambda only
  } finally {
    if (outside === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = outside;
  }
  // Its own fonts.conf looks in /tmp/fonts. Without a single font every text measures 0 × 0.
  await writeFile(join(into, 'fonts', 'fonts.conf'), fontsConf);
}

const fontsConf = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir prefix="relative">fonts</dir>
  <dir>/usr/share/fonts</dir>
  <dir>/usr/local/share/fonts</dir>
  <dir prefix="xdg">fonts</dir>
</fontconfig>
`;

/** Inside node_modules, so that it goes when they go; in the temporary folder where those belong to someone else. */
async function writableFolder(): Promise<string> {
  const inProject = join(projectRoot, 'node_modules', '.cache', 'xunge-browser');
  const own = join(tmpdir(), `xunge-browser-${process.getuid?.() ?? 0}`);
  for (const folder of [inProject, own]) {
    try {
      await mkdir(folder, { recursive: true });
      await access(folder, constants.W_OK);
      return folder;
    } catch {
      continue;
    }
  }
  throw new Error(`No browser found, and neither ${inProject} nor ${own} can hold the one from npm.`);
}

/** Everybody's PIN. */
export const pin = '271828';

/**
 * A grid worker's tablet held upright: touch, mobile layout, its position and cameras (fake pictures) allowed. The PIN is
 * typed wherever it is asked for, but `byHand`.
 */
export async function launchTablet({
  byHand = false,
  ...options
}: LaunchOptions & { byHand?: boolean } = {}): Promise<BrowserContext> {
  const viewport = { width: 800, height: 1280 };
  const context = await launch({ viewport, isMobile: true, hasTouch: true, ...options });
  if (byHand) return context;
  context.on('page', (page) => void typePin(page));
  await Promise.all(context.pages().map(typePin));
  return context;
}

function typePin(page: Page): Promise<void> {
  const asked = page.locator('input.pin:enabled');
  return page.addLocatorHandler(asked, () => asked.fill(pin), { noWaitAfter: true });
}

/** The community office's screen. */
export function launchDesk(options: LaunchOptions = {}): Promise<BrowserContext> {
  return launch({ viewport: { width: 1280, height: 800 }, ...options });
}

async function launch({
  profile,
  language = 'zh-CN',
  args = [],
  ...options
}: LaunchOptions): Promise<BrowserContext> {
  const { executablePath, env } = await findBrowser();
  const folder = profile ?? (await mkdtemp(join(tmpdir(), 'xunge-profile-')));
  const context = await chromium.launchPersistentContext(folder, {
    headless: true,
    timezoneId: 'Asia/Shanghai',
    permissions: ['geolocation', 'camera', 'microphone'],
    ...options,
    executablePath,
    // Without a locale it saves no file under a Chinese name.
    env: { HOME: folder, LANG: 'C.UTF-8', ...process.env, ...env },
    args: [...flags, ...args],
    locale: language
  });
  open.add(context);
  const close = context.close.bind(context);
  context.close = async (reason) => {
    await look(context);
    await close(reason);
  };
  context.once('close', () => open.delete(context));
  if (!profile) context.once('close', () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  return context;
}
