// What a worker does on the tablet's pages, one tap after the other, for tests and the bench.
import type { BrowserContext, Page } from 'playwright-core';
import { launchTablet, pin } from './browser.ts';

/** A tablet standing in the middle of grid 1, opened again with everything it had where `profile` is given. */
export async function openTablet(
  options: Parameters<typeof launchTablet>[0] = {}
): Promise<{ context: BrowserContext; page: Page }> {
  const geolocation = { longitude: 104.1248, latitude: 30.654, accuracy: 12 };
  const context = await launchTablet({ geolocation, ...options });
  return { context, page: context.pages()[0] ?? (await context.newPage()) };
}

/** The app opens from its worker from now on, and everything the office had is here. */
export async function untilReady(page: Page): Promise<void> {
  await page.locator('header a.safe').waitFor();
  await page.reload();
  await page.locator('.frame').waitFor();
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  await page.locator('h1').first().waitFor();
}

/** Takes a picture with the in-page camera, which must be on screen. */
export async function shoot(page: Page): Promise<void> {
  await page.locator('.shutter:enabled').click();
  await page.locator('.tiles').first().waitFor();
}

export async function choose(page: Page, code: string): Promise<void> {
  const tile = page.locator(`[data-code=${code}]`);
  await page.locator('.tiles button').first().waitFor();
  if (!(await tile.count())) await page.getByRole('button', { name: /^全部类别|All categories/ }).click();
  await tile.click();
}

/** 保存; returns the number that the tablet says aloud, such as 李平-1120-03. */
export async function save(page: Page): Promise<string> {
  await page.locator('footer button').click();
  return savedNumber(page);
}

export async function savedNumber(page: Page): Promise<string> {
  return page.locator('div[aria-live] strong', { hasText: /-\d{4}-\d+/ }).innerText();
}

export interface Found {
  category?: string;
  text?: string;
  photo?: boolean;
}

/** An issue from 记一条 to saved. */
export async function recordIssue(page: Page, origin: string, found: Found = {}): Promise<string> {
  await page.goto(`${origin}/issues/new`);
  if (found.photo) await shoot(page);
  else await page.locator('.skip button').click();
  if (found.text) await page.locator('textarea').fill(found.text);
  await choose(page, found.category ?? 'C01');
  return save(page);
}

export async function recordNeed(page: Page, origin: string, type = 'N01', text = ''): Promise<string> {
  await page.goto(`${origin}/needs/new`);
  await choose(page, type);
  if (text) await page.locator('textarea').fill(text);
  return save(page);
}

/** Waits until the line on top says that all has reached the office. */
export async function untilArrived(page: Page, timeout = 60_000): Promise<void> {
  await page.locator('header a.safe').waitFor({ timeout });
}

/** Opens the page of the record with this number; returns its id. */
export async function openRecord(page: Page, origin: string, number: string): Promise<string> {
  await page.goto(`${origin}/mine`);
  await page.locator('li a[href^="/records/"]', { hasText: number }).click();
  await page.locator('.numbers', { hasText: number }).waitFor();
  return page.url().slice(page.url().lastIndexOf('/') + 1);
}

/**
 * All rows of one table of the signed-in account's store on the tablet, opened with the PIN; of bytes the first ones
 * as numbers. `facts` are the tablet's own.
 */
export async function tabletRows<Row>(page: Page, table: string, bytes = 2_000): Promise<Row[]> {
  return page.evaluate(readRows<Row>, { table, pin, bytes });
}

/** Runs in the page, with nothing of the app's own: what is read is what lies there. */
async function readRows<Row>({
  table,
  pin,
  bytes
}: {
  table: string;
  pin: string;
  bytes: number;
}): Promise<Row[]> {
  const utf8 = new TextEncoder();
  const done = <Value>(request: IDBRequest<Value>) =>
    new Promise<Value>((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error ?? new Error('no answer'));
    });
  const readAll = async (name: string, table: string) => {
    const database = await done(indexedDB.open(name));
    const rows = (await done(database.transaction(table).objectStore(table).getAll())) as unknown[];
    database.close();
    return rows;
  };
  if (table === 'facts') return (await readAll('xunge-tablet', table)) as Row[];

  interface Vault {
    account: string;
    pin: { salt: ArrayBuffer; rounds: number; wrapped: ArrayBuffer };
  }
  const facts = (await readAll('xunge-tablet', 'facts')) as { key: string; value: unknown }[];
  const factOf = (key: string) => facts.find((fact) => fact.key === key)?.value;
  const { account } = factOf('signedIn') as { account: string };
  const vault = ((await readAll('xunge-tablet', 'vaults')) as Vault[]).find(
    (one) => one.account === account
  )!;
  const typed = await crypto.subtle.importKey('raw', utf8.encode(pin), 'PBKDF2', false, ['deriveBits']);
  const { salt, rounds, wrapped } = vault.pin;
  const stretching = { name: 'PBKDF2', hash: 'SHA-256', salt, iterations: rounds };
  const stretched = await crypto.subtle.deriveBits(stretching, typed, 256);
  const importKey = (raw: BufferSource) => crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['decrypt']);
  const open = (key: CryptoKey, place: string, sealed: ArrayBuffer) =>
    crypto.subtle.decrypt(
      { name: 'AES-GCM', iv: sealed.slice(0, 12), additionalData: utf8.encode(place) },
      key,
      sealed.slice(12)
    );
  const wrapping = await crypto.subtle.sign('HMAC', factOf('tabletSecret') as CryptoKey, stretched);
  const key = await importKey(await open(await importKey(wrapping), 'store-key', wrapped));

  const rows = (await readAll(`xunge-${account}`, table)) as Record<string, unknown>[];
  return Promise.all(
    rows.map(async ({ sealed, ...row }) => {
      if (!sealed) return row as Row;
      for (const [field, value] of Object.entries(row))
        if (value instanceof ArrayBuffer)
          row[field] = [...new Uint8Array(await open(key, `${table}.${field}`, value)).slice(0, bytes)];
      const rest = await open(key, table, sealed as ArrayBuffer);
      return { ...row, ...(JSON.parse(new TextDecoder().decode(rest)) as object) } as Row;
    })
  );
}
