// A small town for tests in a real browser: drawn grids and buildings, and people who can sign in.
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Page } from 'playwright-core';
import { v7 as uuidV7 } from 'uuid';
import { demoBasemap, demoBuildings, demoCommunityCode, demoGrids } from '../../demo/community';
import type { Grant } from '../../src/lib/domain/grant';
import type { UnitId } from '../../src/lib/domain/ids';
import { initialsOfBuilding } from '../../src/lib/server/initials';
import { hashPassword } from '../../src/lib/server/password';
import { saveAccount } from '../../src/lib/server/records/accounts';
import type { DeskAct } from '../../src/lib/server/desk-change';
import { saveAreas, saveCommunity, saveItems } from '../../src/lib/server/records/reference';
import { starterCategories } from '../../src/lib/server/starter/categories';
import { starterNeedTypes } from '../../src/lib/server/starter/need-types';
import { closeStore, openStore } from '../../src/lib/server/store';

export const town = demoCommunityCode;
export const password = 'a long test password';

export const trackPurpose = '看哪些地方很久没走到';

/** In grid 1 (机械厂片区), well inside it. */
export const insideGridOne = { longitude: 104.1248, latitude: 30.654, accuracy: 12 };

/** Fills a folder for `startServer({ dataFolder })`: 李平 and 陈兰 of grid 1, 小何 of grid 2, 王丽 of the office, 张师傅 of a unit. */
export async function foundTown(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'xunge-town-'));
  const store = await openStore(folder);
  const unit = uuidV7() as UnitId;
  await saveAreas(store, [{ code: town, name: '长天路社区居委会' }]);
  await saveCommunity(store, town, '长天路社区居委会', false);
  const byCode = <Item extends { code: string }>(items: readonly Item[]) =>
    items.map((item) => ({ code: item.code, item }));
  await saveItems(store, town, 'grid', byCode(demoGrids));
  const buildings = demoBuildings.map((building) => ({
    ...building,
    initials: initialsOfBuilding(building)
  }));
  await saveItems(store, town, 'building', byCode(buildings));
  await saveItems(
    store,
    town,
    'basemap',
    demoBasemap.map((item, index) => ({ code: String(index), item }))
  );
  await saveItems(store, town, 'category', byCode(starterCategories));
  await saveItems(store, town, 'needType', byCode(starterNeedTypes));
  await saveItems(store, town, 'unit', [
    { code: unit, item: { id: unit, name: '锦和物业', kind: 'property' } }
  ]);
  await saveItems(store, town, 'setting', [{ code: 'trackPurpose', item: { trackPurpose } }]);
  const staff: [login: string, name: string, grants: Grant[]][] = [
    ['liping', '李平', [{ role: 'gridWorker', area: `${town}001` }]],
    ['chenlan', '陈兰', [{ role: 'gridWorker', area: `${town}001` }]],
    ['xiaohe', '小何', [{ role: 'gridWorker', area: `${town}002` }]],
    ['wangli', '王丽', [{ role: 'communityOfficer', area: town }]],
    ['zhang', '张师傅', [{ role: 'unitHandler', area: town, unit }]]
  ];
  const passwordHash = await hashPassword(password);
  for (const [login, name, grants] of staff)
    await saveAccount(store, { login, name, passwordHash, grants }, new Date().toISOString());
  await closeStore(store);
  return folder;
}

/** Signs in on the page as a person does, with a PIN for the tablet, and waits for what comes after. */
export async function signInAs(page: Page, origin: string, login: string): Promise<void> {
  await typePassword(page, `${origin}/sign-in`, login);
  if (!new URL(page.url()).pathname.startsWith('/office'))
    await page.locator('.frame, main.opening h1, main.opening h2').first().waitFor();
}

/** As far as the page that asks for a PIN, or the desk. */
export async function typePassword(page: Page, address: string, login: string): Promise<void> {
  await page.goto(address);
  await page.getByRole('textbox').first().fill(login);
  await page.locator('input[type=password]').fill(password);
  await page.locator('button[type=submit]').click();
  await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
}

/** A session of the API, as a program would hold it. */
export async function signInByApi(origin: string, login: string): Promise<Record<string, string>> {
  const response = await fetch(`${origin}/api/session`, {
    method: 'POST',
    headers: { origin, 'content-type': 'application/json' },
    body: JSON.stringify({ login, password })
  });
  const cookie = response.headers.getSetCookie()[0]?.split(';')[0];
  if (!response.ok || !cookie) throw new Error(`${login} could not sign in: ${response.status}`);
  return { cookie, origin };
}

/** Acts of the office or of a unit, handed in as a program would. Throws where one is not accepted. */
export async function actAs(origin: string, login: string, acts: readonly DeskAct[]): Promise<void> {
  const headers = await signInByApi(origin, login);
  const session = (await (await fetch(`${origin}/api/session`, { headers })).json()) as { account: string };
  const { account } = session;
  const device = uuidV7();
  const at = new Date().toISOString();
  const changes = acts.map(({ kind, facts }) => {
    const head = { id: uuidV7(), kind, shape: 1, community: town, author: account, device, at };
    return JSON.stringify({ ...head, baseVersion: 1, facts });
  });
  const response = await fetch(`${origin}/api/sync/push`, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/x-ndjson' },
    body: [JSON.stringify({ protocol: 1, account, device }), ...changes].join('\n')
  });
  const { receipts } = (await response.json()) as { receipts: { status: string }[] };
  if (receipts.some(({ status }) => status !== 'accepted'))
    throw new Error(`${login} was not let: ${JSON.stringify(receipts)}`);
}

/** Reads or changes the running server's store from outside, as its administrator could. */
export function queryStore<Row>(folder: string, sql: string, ...values: string[]): Row[] {
  const store = new DatabaseSync(join(folder, 'xunge.sqlite'), { timeout: 5000 });
  try {
    return store.prepare(sql).all(...values) as Row[];
  } finally {
    store.close();
  }
}

/** Every accepted change, oldest first, as the bytes its device made. */
export function acceptedChanges(folder: string) {
  return queryStore<{ id: string; kind: string; author: string; sha256: string; body: string }>(
    folder,
    'SELECT id, kind, author, sha256, body FROM change ORDER BY sequence'
  );
}

export function unitOfTown(folder: string): UnitId {
  return queryStore<{ code: UnitId }>(folder, "SELECT code FROM reference_item WHERE kind = 'unit'")[0]!.code;
}
