// The desk, in a real browser on the real server: from a report to a closed case, and who sees what of it.
import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { rmSync } from 'node:fs';
import type { BrowserContext, Page, Route } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Grant } from '../../src/lib/domain/grant';
import type { AccountId, PhotoId, RecordId, Sha256 } from '../../src/lib/domain/ids';
import type { Case } from '../../src/lib/domain/case';
import type { Issue } from '../../src/lib/domain/report';
import { hashPassword } from '../../src/lib/server/password';
import { storeWholePhoto } from '../../src/lib/server/photo-store';
import { saveAccount } from '../../src/lib/server/records/accounts';
import { saveCommunity, saveItems } from '../../src/lib/server/records/reference';
import { starterCategories } from '../../src/lib/server/starter/categories';
import { closeStore, openStore, type Store } from '../../src/lib/server/store';
import { axeViolations } from '../support/axe';
import { launchDesk } from '../support/browser';
import { issueFacts, newId, voiceFacts } from '../support/changes';
import { act } from '../support/desk';
import { buildOnce, startServer, type TestServer } from '../support/server';
import { actAs, foundTown, password, queryStore, signInByApi, town, unitOfTown } from '../support/town';

const nextTown = '510108011005';
const grid = `${town}001`;
/** One grey pixel: a whole PNG, and small. */
const picture = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==',
  'base64'
);

let server: TestServer;
let folder: string;
let reporter: { account: AccountId; name: string; grants: Grant[] };
const sessions = new Map<string, Record<string, string>>();

beforeAll(async () => {
  await buildOnce();
  folder = await foundTown();
  const store = await openStore(folder);
  await hireMore(store);
  await closeStore(store);
  server = await startServer({ dataFolder: folder });
});
afterAll(async () => {
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** A community next door with its officer, one who works in both, the street, an administrator, and the reporter. */
async function hireMore(store: Store) {
  await saveCommunity(store, nextTown, '槐树店社区居委会', false);
  const categories = starterCategories.map((item) => ({ code: item.code, item }));
  await saveItems(store, nextTown, 'category', categories);
  const passwordHash = await hashPassword(password);
  const staff: [login: string, name: string, grants: Grant[]][] = [
    ['chenrong', '陈蓉', [{ role: 'communityOfficer', area: nextTown }]],
    [
      'wuxiao',
      '吴晓',
      [
        { role: 'communityOfficer', area: town },
        { role: 'communityOfficer', area: nextTown }
      ]
    ],
    ['zhaomin', '赵敏', [{ role: 'streetOfficer', area: '510108011' }]],
    ['admin', '管理员', [{ role: 'admin', area: '510108' }]],
    ['nextadmin', '槐树店管理员', [{ role: 'admin', area: nextTown }]],
    ['early', '早到', [{ role: 'unitHandler', area: '510108012', unit: newId() }]]
  ];
  for (const [login, name, grants] of staff)
    await saveAccount(store, { login, name, passwordHash, grants }, new Date().toISOString());
  const grants: Grant[] = [{ role: 'gridWorker', area: grid }];
  const hired = { login: 'zhouxiaoman', name: '周晓满', passwordHash, grants };
  const account = await saveAccount(store, hired, new Date().toISOString());
  reporter = { account, name: '周晓满', grants };
}

/** A report as a tablet sends it, made while the server runs or beside it. */
async function report(more: Partial<ReturnType<typeof issueFacts>> = {}): Promise<RecordId> {
  const recordId = newId<RecordId>();
  await actAs(server.origin, 'zhouxiaoman', [
    {
      kind: 'issue-recorded',
      facts: issueFacts(recordId, { number: '周晓满-1120-01', ownerGridCode: grid, ...more })
    }
  ]);
  return recordId;
}

async function cookieOf(login: string): Promise<Record<string, string>> {
  const known = sessions.get(login) ?? (await signInByApi(server.origin, login));
  sessions.set(login, known);
  return known;
}

async function openDesk(login: string, language = 'zh', viewport = { width: 1280, height: 800 }) {
  const context = await launchDesk({ viewport });
  const [name, value] = (await cookieOf(login)).cookie!.split('=') as [string, string];
  await context.addCookies([
    { name, value, url: server.origin },
    { name: 'xunge-language', value: language, url: server.origin }
  ]);
  return { context, page: context.pages()[0]! };
}

function loadRecord<Kind>(id: RecordId): Kind {
  const [row] = queryStore<{ body: string }>(folder, 'SELECT body FROM record WHERE id = ?', id);
  return JSON.parse(row!.body) as Kind;
}

/** Until the page's script is there, keys are nobody's. */
async function pressUntil(page: Page, key: string, shown: string): Promise<void> {
  await expect
    .poll(
      async () => {
        await page.keyboard.press(key);
        return page.locator(shown).first().isVisible();
      },
      { timeout: 10_000 }
    )
    .toBe(true);
}

/** A quick hand is there before the page's script is: what it opened stays open, what it typed stays. */
async function openBeforeScript(page: Page, path: string, act: () => Promise<void>): Promise<void> {
  let letGo = () => {};
  const held = new Promise<void>((resolve) => (letGo = resolve));
  const scripts = '**/_app/**/*.js';
  await page.route(scripts, async (route) => {
    await held;
    await route.continue();
  });
  await page.goto(server.origin + path, { waitUntil: 'commit' });
  await act();
  const running = page.waitForRequest(`${server.origin}/api/live`);
  letGo();
  await running;
  await page.unroute(scripts);
}

async function get(login: string, path: string): Promise<Response> {
  return fetch(server.origin + path, { headers: await cookieOf(login), redirect: 'manual' });
}

describe('a report on its way through the desk', () => {
  let desk: BrowserContext;
  let page: Page;
  beforeAll(async () => ({ context: desk, page } = await openDesk('wangli')));
  afterAll(() => desk?.close());

  let issueId: RecordId;
  let caseId: RecordId;

  test('it appears without a reload, and opening it is told to the worker once', async () => {
    await page.goto(`${server.origin}/office`);
    await page.getByText('没有待受理的上报').waitFor();
    await page.evaluate(() => Object.assign(window, { same: true }));
    issueId = await report({ text: '健身器材螺丝松动', answers: { state: 'loose' } });
    await page.getByText('健身器材螺丝松动').waitFor();
    expect(await page.evaluate(() => 'same' in window)).toBe(true);
    await page.getByRole('status').getByText('有 1 条新内容').waitFor();
    await page.keyboard.press('j');
    await page.getByRole('heading', { level: 1, name: '公共设施损坏' }).waitFor();
    await page.getByText('王丽 已查看').waitFor();
    await page.reload();
    await page.getByText('王丽 已查看').waitFor();
    await page.waitForTimeout(1_500);
    expect(loadRecord<Issue>(issueId).openedBy).toHaveLength(1);
  });

  test('it is sent out with the keyboard alone; what is missing is said and nothing is stored', async () => {
    await page.keyboard.press('d');
    await page.keyboard.press('Tab');
    await page.keyboard.type('请紧固，jkad');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByText('请选责任单位。').waitFor();
    expect(await page.locator('textarea[name=words]').first().inputValue()).toBe('请紧固，jkad');
    expect(loadRecord<Issue>(issueId).state).toBe('reported');
    await page.getByLabel('责任单位').selectOption({ label: '锦和物业' });
    await page.getByRole('button', { name: '确定' }).first().click();
    await page.getByText('已派单', { exact: true }).first().waitFor();
    const issue = loadRecord<Issue>(issueId);
    caseId = issue.caseId!;
    expect(issue.state).toBe('accepted');
    expect(loadRecord<Case>(caseId)).toMatchObject({
      state: 'dispatched',
      instruction: '请紧固，jkad'
    });
    await page.getByRole('link', { name: '看事项' }).click();
    await page.waitForURL(`**/office/cases/${caseId}`);
  });

  test('its unit reads what and where, and neither page nor data say who reported it', async () => {
    for (const path of [
      `/office/cases/${caseId}`,
      `/office/cases/${caseId}/__data.json`,
      '/office/cases',
      '/office/cases/__data.json'
    ]) {
      const answer = await get('zhang', path);
      expect(answer.status).toBe(200);
      const text = await answer.text();
      expect(text).toContain('健身器材螺丝松动');
      expect(text).not.toContain('周晓满');
      expect(text).not.toContain(reporter.account);
      expect(text).not.toContain(issueId);
    }
    expect((await get('zhang', `/office/inbox/${issueId}`)).headers.get('location')).toBe('/office/cases');
    expect((await get('zhang', `/office/cases/${issueId}`)).status).toBe(404);
    expect((await get('zhang', '/office/inbox')).headers.get('location')).toBe('/office/cases');
    const found = await (
      await get('zhang', `/office/cases/__data.json?q=${encodeURIComponent('周晓满')}`)
    ).text();
    expect(found).not.toContain('健身器材螺丝松动');
  });

  test('its unit reports the result with a photo, upright and small, and the office checks and closes it', async () => {
    const unit = await openDesk('zhang', 'zh', { width: 800, height: 1280 });
    await openBeforeScript(unit.page, `/office/cases/${caseId}`, async () => {
      await unit.page.getByText('报告结果').click();
      await unit.page.locator('textarea[name=words]:visible').fill('太早写的');
    });
    expect(await unit.page.locator('textarea[name=words]:visible').inputValue()).toBe('太早写的');
    await unit.page.locator('textarea[name=words]:visible').fill('');
    await unit.page.getByRole('button', { name: '确定' }).first().click();
    const result = unit.page.locator('[data-act=handle]');
    // At the field that is empty, above the one for pictures; gone once it is filled.
    await result.locator('label:has(textarea) + .trouble').getByText('请填写这一栏。').waitFor();
    await unit.page.locator('textarea[name=words]:visible').fill('已紧固，做了防松');
    await result.getByText('请填写这一栏。').waitFor({ state: 'detached' });
    await unit.page
      .locator('input[type=file]')
      .setInputFiles({ name: '../../周晓满.png', mimeType: 'image/png', buffer: picture });
    await unit.page.getByRole('button', { name: '确定' }).first().click();
    await unit.page.getByText('已报告结果，待核查').waitFor();
    await unit.context.close();

    const work = loadRecord<Case>(caseId);
    expect(work.state).toBe('handled');
    expect(work.photos).toMatchObject([{ stage: 'after', mime: 'image/jpeg', previewable: true }]);
    expect(work.photos[0]!.storedAt).toBeDefined();
    const stored = await get('wangli', `/api/photos/${work.photos[0]!.id}`);
    const bytes = Buffer.from(await stored.arrayBuffer());
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(work.photos[0]!.sha256);
    expect((await get('wangli', `/api/photos/${work.photos[0]!.id}/thumbnail`)).status).toBe(200);

    await page.getByText('张师傅 已处理').waitFor();
    await page.getByRole('button', { name: '放大第 1 张照片' }).click();
    await page.getByRole('dialog').getByText('照片 1/1').waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('p');
    await page.getByText('王丽 核查通过').waitFor();
    await page.keyboard.press('x');
    await page.locator('[data-act=close] textarea').fill('');
    await page.locator('[data-act=close] button').click();
    await page.getByText('王丽 办结').waitFor();
    expect(loadRecord<Case>(caseId).state).toBe('closed');
  });
});

describe('what is refused', () => {
  let issueId: RecordId;
  beforeEach(async () => {
    issueId = await report({ text: `第 ${Math.random()} 条` });
  });

  const post = async (login: string, path: string, fields: Record<string, string>, origin = server.origin) =>
    fetch(server.origin + path, {
      method: 'POST',
      headers: {
        ...(await cookieOf(login)),
        origin,
        'x-sveltekit-action': 'true',
        accept: 'application/json'
      },
      body: new URLSearchParams(fields),
      redirect: 'manual'
    });

  test('an officer of the next community finds nothing, by list, by page or by act', async () => {
    const caseless = `/office/inbox/${issueId}`;
    expect((await get('chenrong', caseless)).status).toBe(404);
    expect((await get('chenrong', `/office/cases/${issueId}`)).status).toBe(404);
    expect(await (await get('chenrong', '/office/inbox/__data.json?state=all')).text()).not.toContain(
      '第 0.'
    );
    const answer = (await (await post('chenrong', `${caseless}?/accept`, {})).json()) as { status: number };
    expect(answer.status ?? 404).toBe(404);
    expect(loadRecord<Issue>(issueId).state).toBe('reported');
    // Who works in both is taken to the community the record belongs to.
    const both = await get('wuxiao', `${caseless}?community=${nextTown}`);
    expect(both.headers.get('location')).toBe(`${caseless}?community=${town}`);
  });

  test.each([
    ['an act without its reason', 'reject', {}, 'words'],
    ['a reason of blanks', 'reject', { words: '   ' }, 'words'],
    ['a unit that is none', 'dispatch', { unit: 'nobody' }, 'unit'],
    ['a unit of nowhere', 'dispatch', { unit: '01930000-0000-7000-8000-000000000009' }, 'unknown-unit'],
    ['a text without end', 'comment', { words: '长'.repeat(10_001) }, 'text-too-long'],
    ['an act whose time has not come', 'pass', {}, 'wrong-state']
  ])('%s stores nothing and comes back with what was typed', async (_, name, fields, said) => {
    const answer = await post('wangli', `/office/inbox/${issueId}?/${name}`, fields);
    const { type, data } = (await answer.json()) as { type: string; data: string };
    expect(type).toBe('failure');
    expect(data).toContain(said);
    const issue = loadRecord<Issue>(issueId);
    expect([issue.state, issue.version]).toEqual(['reported', 1]);
  });

  test('a street officer reads and comments, and does nothing else; the reporter stays unnamed', async () => {
    const voice = { ...voiceFacts(newId()), seconds: 77 };
    const whom = '三楼刘婆婆';
    await actAs(server.origin, 'zhouxiaoman', [
      { kind: 'follow-up-noted', facts: { recordId: issueId, whom, channel: 'call', promise: '明天' } },
      { kind: 'voice-attached', facts: { recordId: issueId, voice } },
      { kind: 'comment-added', facts: { recordId: issueId, text: '刘婆婆说灯在东门' } }
    ]);
    await actAs(server.origin, 'wangli', [
      { kind: 'comment-added', facts: { recordId: issueId, text: '街道请看，门卫 13987650421' } }
    ]);
    const page = `/office/inbox/${issueId}?community=${town}`;
    const whole = await (await get('wangli', page)).text();
    const hidden = [whom, voice.id, '刘婆婆说灯在东门', '周晓满', '13987650421'];
    for (const told of hidden) expect(whole).toContain(told);
    const text = await (await get('zhaomin', page)).text();
    for (const told of [...hidden, '刘婆婆']) expect(text).not.toContain(told);
    expect(text).toContain('有语音，仅社区可听');
    expect(whole).not.toContain('仅社区可听');
    expect(text).toContain('街道请看，门卫 ***');
    expect(text).toContain('留言');
    expect(text).not.toContain('data-act="reject"');
    expect(text).not.toContain(reporter.account);
    const refused = (await (await post('zhaomin', `/office/inbox/${issueId}?/accept`, {})).json()) as {
      data: string;
    };
    expect(refused.data).toContain('not-granted');
    expect(loadRecord<Issue>(issueId).state).toBe('reported');
  });

  test('an administrator sees tables and no record; a worker is sent to the tablet; nobody else gets in', async () => {
    const settings = await (await get('admin', '/office/settings')).text();
    expect(settings).toContain('井盖');
    expect((await get('admin', '/office/inbox')).headers.get('location')).toBe('/office/opening');
    expect((await get('admin', `/office/inbox/${issueId}`)).headers.get('location')).toBe('/office/opening');
    expect((await get('admin', `/office/cases/${issueId}`)).status).toBe(404);
    expect((await get('zhouxiaoman', '/office/inbox')).headers.get('location')).toBe('/');
    const stranger = await fetch(`${server.origin}/office/inbox`, { redirect: 'manual' });
    expect(stranger.headers.get('location')).toContain('/sign-in');
  });

  test('nobody but an administrator sees or changes who works here and what is decided', async () => {
    const tables = [
      'account',
      'account_grant',
      'slip',
      'administration',
      'reference_item',
      'community',
      'area'
    ];
    const everything = () => tables.map((table) => queryStore(folder, `SELECT * FROM ${table}`));
    const before = everything();
    const account = reporter.account;
    const forms: [path: string, fields: Record<string, string>][] = [
      ['/office/people?/add', { people: '甲 网格员 1' }],
      ['/office/people?/slips', { account }],
      ['/office/people?/give', { account, role: 'admin', area: town }],
      ['/office/people?/end', { account, grant: 'x' }],
      ['/office/people?/suspend', { account }],
      ['/office/people?/resume', { account }],
      ['/office/people?/reset', { account }],
      ['/office/people?/lose', { account }],
      ['/office/opening?/name', { areas: `${nextTown} 改名` }],
      ['/office/opening?/open', { community: nextTown }],
      ['/office/opening/grids', { list: '1 改名' }],
      ['/office/opening/categories', { list: '\t井盖\t公共设施\t1 天\t城管' }],
      ['/office/opening/needs', { list: 'N01\t代取药\t1 天' }],
      ['/office/opening/calendar', { list: '2027-02-04 休息' }],
      ['/office/opening/tracks', { list: '看看' }],
      ['/office/opening/offline', { list: '60' }],
      ['/office/opinions?/answer', { opinion: newId(), text: '' }],
      ['/office/opening/buildings', { list: '甲院\t1栋\t\t\t\t1' }],
      ['/office/opening/borders?/save', { text: '[]' }]
    ];
    for (const login of ['wangli', 'zhaomin', 'zhang', 'zhouxiaoman']) {
      for (const path of [
        '/office/people',
        '/office/access',
        '/office/opinions',
        '/office/opening',
        '/office/opening/grids',
        '/office/opening/buildings',
        '/office/opening/categories',
        '/office/opening/needs',
        '/office/opening/calendar',
        '/office/opening/tracks',
        '/office/opening/offline',
        '/office/opening/borders'
      ]) {
        const page = await get(login, path);
        expect([login, path, page.status]).toEqual([login, path, 303]);
        expect(await page.text()).not.toContain('liping');
      }
      for (const [path, fields] of forms) {
        const answer = (await (await post(login, path, fields)).json()) as { type: string };
        expect([login, path, answer.type]).toEqual([login, path, 'redirect']);
      }
    }
    expect(everything()).toEqual(before);
  });

  test('who opened a record, and who was refused it, is read by the administrator and by nobody else', async () => {
    const id = await report({ text: '谁看过这一条', categoryCode: 'C18' });
    const { number } = loadRecord<Issue>(id);
    expect((await get('wangli', `/office/inbox/${id}`)).status).toBe(200);
    expect((await get('chenrong', `/office/inbox/${id}`)).status).toBe(404);
    const { context, page } = await openDesk('admin', 'zh');
    await page.goto(`${server.origin}/office/access?community=${town}`);
    // Its number without the name of who reported it.
    const shown = number.replace(/^.*?(?=\d{4}-)/, '');
    const row = (name: string) => page.getByRole('row').filter({ hasText: shown }).filter({ hasText: name });
    await row('王丽').getByText('已打开').first().waitFor();
    await row('陈蓉').getByText('没有权限，已拒绝').first().waitFor();
    expect(await axeViolations(page)).toEqual([]);
    await page.getByRole('checkbox', { name: '只看被拒绝的' }).check();
    await page.getByRole('button', { name: '查看', exact: true }).click();
    await expect.poll(() => row('王丽').count()).toBe(0);
    await row('陈蓉').first().waitFor();
    await page.getByRole('combobox', { name: '谁' }).selectOption({ label: '王丽' });
    await page.getByRole('button', { name: '查看', exact: true }).click();
    await expect.poll(() => page.getByRole('row').filter({ hasText: '陈蓉' }).count()).toBe(0);
    await page.getByLabel('哪一天').fill('2020-01-01');
    await page.getByRole('button', { name: '查看', exact: true }).click();
    await page.getByText('没有这样的记录').waitFor();
    await page.getByRole('link', { name: '看全部' }).click();
    await row('王丽').first().waitFor();
    await context.close();
  });

  test('an administrator of one community does nothing in another', async () => {
    const staff = await (await get('nextadmin', '/office/people')).text();
    expect(staff).toContain('陈蓉');
    expect(staff).not.toContain('周晓满');
    for (const act of ['suspend', 'slips', 'reset', 'lose']) {
      const path = `/office/people?/${act}`;
      const answer = (await (await post('nextadmin', path, { account: reporter.account })).json()) as {
        data: string;
      };
      expect(answer.data).toContain('not-granted');
    }
    // Who works in both is neither's alone.
    const wuxiao = queryStore<{ id: string }>(folder, "SELECT id FROM account WHERE login = 'wuxiao'")[0]!.id;
    const answer = (await (
      await post('nextadmin', '/office/people?/suspend', { account: wuxiao })
    ).json()) as { data: string };
    expect(answer.data).toContain('not-granted');
  });

  test('somebody in whose area there is no community yet is told so, and not sent round in circles', async () => {
    const settings = '/office/settings';
    for (const path of ['/office', '/office/inbox', '/office/cases'])
      expect((await get('early', path)).headers.get('location')).toBe(settings);
    const page = await get('early', settings);
    expect(page.status).toBe(200);
    const text = await page.text();
    expect(text).toContain('还没有社区');
    expect(text).not.toContain('管理员看不到');
    expect(await (await get('admin', settings)).text()).toContain('管理员看不到');
  });

  test('a form from another site is not taken', async () => {
    const answer = await post('wangli', `/office/inbox/${issueId}?/accept`, {}, 'https://elsewhere.example');
    expect(answer.status).toBe(403);
    expect(loadRecord<Issue>(issueId).state).toBe('reported');
  });
});

describe('everybody can use it', () => {
  let issueId: RecordId;
  let caseId: RecordId;
  beforeAll(async () => {
    issueId = await report({ text: '路灯不亮', categoryCode: 'C14', solvedOnSpot: true });
    const photoId = newId<PhotoId>();
    const photo = {
      id: photoId,
      mime: 'image/png',
      bytes: picture.length,
      sha256: createHash('sha256').update(picture).digest('hex') as Sha256,
      source: 'camera' as const,
      stage: 'before' as const,
      previewable: true,
      takenAt: '2026-11-20T01:00:00.000Z'
    };
    const recordId = issueId;
    await actAs(server.origin, 'zhouxiaoman', [
      { kind: 'photo-attached', facts: { recordId, photo } },
      { kind: 'photo-attached', facts: { recordId, photo: { ...photo, id: newId<PhotoId>() } } }
    ]);
    await server.kill();
    const store = await openStore(folder);
    await storeWholePhoto(store, town, photoId, picture);
    caseId = newId<RecordId>();
    const officer = queryStore<{ id: AccountId }>(
      folder,
      "SELECT id FROM account WHERE login = 'wangli'"
    )[0]!;
    const wang = {
      account: officer.id,
      name: '王丽',
      grants: [{ role: 'communityOfficer' as const, area: town }]
    };
    await act(
      store,
      wang,
      [
        { kind: 'case-opened', facts: { recordId: caseId, subjectId: issueId, afterPhoto: 'required' } },
        {
          kind: 'case-dispatched',
          facts: { recordId: caseId, unit: unitOfTown(folder), instruction: '请换灯' }
        }
      ],
      undefined,
      town
    );
    await closeStore(store);
    await server.restart();
    await report({ text: '井盖松动', categoryCode: 'C13', communityOnly: true });
  });

  const pages: [login: string, path: () => string][] = [
    ['wangli', () => '/office/inbox'],
    ['wangli', () => `/office/inbox/${issueId}?state=all`],
    ['wangli', () => '/office/inbox?view=map'],
    ['wangli', () => '/office/cases?state=all'],
    ['wangli', () => `/office/cases/${caseId}`],
    ['wangli', () => '/office/cases?q=nothing-like-it'],
    ['wangli', () => '/office/inbox/nothing'],
    ['wuxiao', () => `/office/inbox?community=${nextTown}`],
    ['zhang', () => '/office/cases'],
    ['zhang', () => `/office/cases/${caseId}`],
    ['zhaomin', () => `/office/inbox/${issueId}?state=all&community=${town}`],
    ['admin', () => '/office/settings']
  ];

  test.each(['zh', 'en'])(
    'no page shuts anybody out, in %s, wide and narrow',
    async (language) => {
      for (const login of [...new Set(pages.map(([one]) => one))]) {
        const { context, page } = await openDesk(login, language);
        for (const [, path] of pages.filter(([one]) => one === login))
          for (const viewport of [
            { width: 1280, height: 800 },
            { width: 800, height: 1280 }
          ]) {
            await page.setViewportSize(viewport);
            await page.goto(server.origin + path());
            await page.locator('h1').first().waitFor();
            if (path().includes('view=map')) await page.locator('.leaflet-container').waitFor();
            expect([path(), viewport.width, await axeViolations(page)]).toEqual([path(), viewport.width, []]);
            expect(await page.evaluate(() => document.documentElement.lang)).toBe(
              language === 'zh' ? 'zh-CN' : 'en'
            );
          }
        await context.close();
      }
    },
    300_000
  );

  test('forms that are open and pictures in full shut nobody out either', async () => {
    const { context, page } = await openDesk('wangli', 'zh');
    await page.goto(`${server.origin}/office/cases/${caseId}`);
    await pressUntil(page, 'h', '[data-act=handle] textarea');
    expect(await axeViolations(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.locator('[data-act=handle] textarea').waitFor({ state: 'hidden' });
    await page.getByRole('button', { name: '放大第 1 张照片' }).click();
    await page.getByText('2026-11-20 09:00').waitFor();
    expect(await axeViolations(page)).toEqual([]);
    await page.keyboard.press('Equal');
    expect(await page.locator('dialog img').getAttribute('style')).toContain('scale(1.5)');
    await page.keyboard.press('Digit0');
    await page.keyboard.press('ArrowRight');
    await page.getByText('照片还在平板上，有信号后').waitFor();
    await context.close();
  });

  test('the inbox is worked with the keyboard alone', async () => {
    await report({ text: '第一条', categoryCode: 'C16' });
    const last = await report({ text: '第二条', categoryCode: 'C16' });
    const { context, page } = await openDesk('wangli', 'zh');
    const shown = async (text: string) =>
      page.locator('.record').getByText(text, { exact: true }).first().waitFor();
    await page.goto(`${server.origin}/office/inbox?category=C16`);
    await pressUntil(page, 'k', '.record h1');
    await shown('第二条');
    await page.keyboard.press('j');
    await shown('第一条');
    await page.keyboard.press('k');
    await shown('第二条');
    // In a field the same keys are text.
    await page.keyboard.press('n');
    await page.keyboard.type('jkar 请拍近一点');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByText('已请网格员补充').waitFor();
    expect(loadRecord<Issue>(last)).toMatchObject({ state: 'needsDetail', reason: 'jkar 请拍近一点' });
    await page.keyboard.press('a');
    await page.getByText('王丽 受理').waitFor();
    expect(loadRecord<Issue>(last).state).toBe('accepted');
    // The accepted one has left the list; the next key goes on where it stood.
    await page.keyboard.press('j');
    await shown('第一条');
    await page.keyboard.press('r');
    await page.keyboard.type('重复上报');
    await page.keyboard.press('Escape');
    await page.keyboard.press('r');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.locator('.reason').waitFor();
    await page.getByText('没有符合条件的上报').waitFor();
    await context.close();
  });

  test('what came after 待补充 is marked in the list until the record is opened again', async () => {
    const id = await report({ text: '看不清', categoryCode: 'C18' });
    await actAs(server.origin, 'wangli', [
      { kind: 'record-opened', facts: { recordId: id } },
      { kind: 'detail-requested', facts: { recordId: id, reason: '请拍近一点' } }
    ]);
    const edits = { text: { from: '看不清', to: '东门第二个井盖' } };
    await actAs(server.origin, 'zhouxiaoman', [{ kind: 'report-amended', facts: { recordId: id, edits } }]);
    const { context, page } = await openDesk('wangli', 'zh');
    await page.goto(`${server.origin}/office/inbox?category=C18`);
    const row = page.locator('section.list li').filter({ hasText: '东门第二个井盖' });
    await row.getByText('有补充').waitFor();
    await row.click();
    await row.getByText('有补充').waitFor({ state: 'detached', timeout: 8_000 });
    expect(loadRecord<Issue>(id).openedBy).toHaveLength(1);
    await context.close();
  });

  test('what is 仅社区可见 says who will see it before it goes to a unit', async () => {
    const id = await report({ text: '邻里纠纷', categoryCode: 'C18', communityOnly: true });
    const { context, page } = await openDesk('wangli', 'zh');
    await page.goto(`${server.origin}/office/inbox/${id}`);
    await pressUntil(page, 'd', '[data-act=dispatch] select');
    const form = page.locator('[data-act=dispatch]');
    await form.getByText('派出后，责任单位能看到文字和照片').waitFor();
    await form.locator('select').selectOption({ label: '锦和物业' });
    await form.getByRole('button', { name: '确定' }).click();
    await form.getByText('请先勾选这一项').waitFor();
    expect(loadRecord<Issue>(id).state).toBe('reported');
    expect(await axeViolations(page)).toEqual([]);
    await form.getByRole('checkbox').check();
    await form.getByText('请先勾选这一项').waitFor({ state: 'detached' });
    await form.getByRole('button', { name: '确定' }).click();
    await page.getByText('已派单', { exact: true }).first().waitFor();
    expect(loadRecord<Issue>(id).state).toBe('accepted');
    await context.close();
  });

  test('an act whose answer never came is said to be unsure, and what was typed stays', async () => {
    const id = await report({ text: '断网', categoryCode: 'C18' });
    const { context, page } = await openDesk('wangli', 'zh');
    await page.goto(`${server.origin}/office/inbox/${id}`);
    await pressUntil(page, 'c', '[data-act=comment] textarea');
    await page.locator('[data-act=comment] textarea').fill('明天去看');
    await context.setOffline(true);
    await page.locator('[data-act=comment] button').click();
    await page.getByText('没有连上服务器').waitFor();
    expect(await page.locator('[data-act=comment] textarea').inputValue()).toBe('明天去看');
    await context.close();
  });

  test('news whose data gets no answer takes nothing that is typed, and comes later', async () => {
    const id = await report({ text: '断断续续', categoryCode: 'C18' });
    const { context, page } = await openDesk('wangli', 'zh');
    await page.goto(`${server.origin}/office/inbox/${id}`);
    await pressUntil(page, 'c', '[data-act=comment] textarea');
    await page.locator('[data-act=comment] textarea').fill('明天去看');
    let left = 2;
    await page.route(`**/inbox/${id}/__data.json*`, (route) => {
      left -= 1;
      if (left > 0) return route.abort('internetdisconnected');
      return left === 0 ? route.fulfill({ status: 502, body: 'Bad Gateway' }) : route.continue();
    });
    await report({ text: '断网时来的', categoryCode: 'C02' });
    await page.locator('.list', { hasText: '断网时来的' }).waitFor();
    expect(left).toBeLessThan(0);
    expect(await page.locator('[data-act=comment] textarea').inputValue()).toBe('明天去看');
    await context.close();
  });

  test('news takes nothing of a search that is being typed', async () => {
    const { context, page } = await openDesk('wangli', 'zh');
    await page.goto(`${server.origin}/office/inbox`);
    const search = page.getByRole('searchbox');
    await expect.poll(() => page.evaluate(() => document.readyState)).toBe('complete');
    await search.fill('井');
    await report({ text: '打字时来的', categoryCode: 'C02' });
    await page.locator('.list', { hasText: '打字时来的' }).waitFor();
    expect(await search.inputValue()).toBe('井');
    await context.close();
  });

  test('news that comes as somebody goes to another page does not hold them back', async () => {
    const { context, page } = await openDesk('wangli', 'zh');
    await page.goto(`${server.origin}/office/inbox`);
    await expect.poll(() => page.evaluate(() => document.readyState)).toBe('complete');
    // The news and the other page's data are on their way.
    let letNewsGo = (): void => {};
    const isAsked = new Promise<void>((resolve) => {
      void page.route('**/inbox/__data.json*', (route) => {
        letNewsGo = () => void route.continue();
        resolve();
      });
    });
    let letPageGo = (): void => {};
    await page.route('**/cases/__data.json*', (route) => {
      letPageGo = () => void route.continue();
    });
    await report({ text: '正要走时来的', categoryCode: 'C02' });
    await isAsked;
    const asked = page.waitForRequest('**/cases/__data.json*');
    await page.locator('nav').getByRole('link', { name: '事项' }).click();
    await asked;
    letNewsGo();
    await pause(1000);
    letPageGo();
    await page.waitForURL('**/office/cases*');
    await context.close();
  });

  test('whoever goes on before an act is answered waits for the answer, and then gets there', async () => {
    const first = await report({ text: '先办的一条', categoryCode: 'C02' });
    const next = await report({ text: '后看的一条', categoryCode: 'C02' });
    const { context, page } = await openDesk('wangli', 'zh');
    await page.goto(`${server.origin}/office/inbox/${first}`);
    let answer = (): void => {};
    const isAsked = new Promise<void>((resolve) => {
      void page.route(/\?\/accept$/, (route) => {
        answer = () => void route.continue();
        resolve();
      });
    });
    // Before the page's script is there the browser itself would wait for the answer.
    await pressUntil(page, 'c', '[data-act=comment] textarea');
    await page.keyboard.press('Escape');
    await page.locator('form[data-act=accept] button').click();
    await isAsked;
    await page.locator(`.list a[href*="${next}"]`).click();
    await pause(500);
    expect(page.url()).toContain(first);
    answer();
    await page.waitForURL(`**/office/inbox/${next}*`);
    expect(loadRecord<Issue>(first).state).toBe('accepted');
    // And the news goes on.
    await report({ text: '之后来的一条', categoryCode: 'C02' });
    await page.locator('.list', { hasText: '之后来的一条' }).waitFor();
    await context.close();
  });

  test('an act the server fails on is said where it was done, and nothing typed is lost', async () => {
    const id = await report({ text: '服务器出错', categoryCode: 'C18' });
    const { context, page } = await openDesk('wangli', 'zh');
    await page.goto(`${server.origin}/office/inbox/${id}`);
    await page.route(/\?\/comment$/, (route) =>
      route.fulfill({ status: 500, json: { type: 'error', error: { message: 'fault' } } })
    );
    await pressUntil(page, 'c', '[data-act=comment] textarea');
    await page.locator('[data-act=comment] textarea').fill('写了很久的话');
    await page.locator('[data-act=comment] button').click();
    await page.getByText('没有办成').waitFor();
    // Nor by another act that is refused.
    await page.keyboard.press('Escape');
    await pressUntil(page, 'r', '[data-act=reject] textarea');
    await page.locator('[data-act=reject] button').click();
    await page.locator('[data-act=reject] .trouble', { hasText: /\S/ }).first().waitFor();
    expect(await page.locator('[data-act=comment] textarea').inputValue()).toBe('写了很久的话');
    await context.close();
  });

  test('a duplicate is linked by its number, and each says what the other is', async () => {
    const number = '周晓满-1120-77';
    const other = await report({ text: '同一根路灯', number, categoryCode: 'C14' });
    const one = await report({ text: '路灯又不亮', categoryCode: 'C14' });
    const { context, page } = await openDesk('wangli', 'zh');
    await openBeforeScript(page, `/office/inbox/${one}`, async () => {
      await page.getByText('关联另一条').click();
      await page.getByLabel('编号', { exact: true }).fill('周晓满-1120-99');
    });
    await page.keyboard.press('Enter');
    await page.getByText('没有找到这个编号').waitFor();
    expect(await axeViolations(page)).toEqual([]);
    await page.getByLabel('编号', { exact: true }).fill(number);
    await page.getByText('没有找到这个编号').waitFor({ state: 'detached' });
    await page.keyboard.press('Enter');
    await page.locator('.found').getByText('同一根路灯').waitFor();
    expect(loadRecord<Issue>(one).linkedIds).toEqual([]);
    const cut = (route: Route) => route.abort();
    await page.route(/\?\/link$/, cut);
    await page.getByRole('button', { name: '关联这一条' }).click();
    await page.getByText('没有连上服务器').waitFor();
    await page.unroute(/\?\/link$/, cut);
    await page.getByRole('button', { name: '关联这一条' }).click();
    await page.getByText('已关联', { exact: true }).waitFor();
    expect(loadRecord<Issue>(one).linkedIds).toEqual([other]);
    await page.locator('article').getByRole('link', { name: number }).click();
    await page.waitForURL(`**/office/inbox/${other}*`);
    await page.locator('article').getByRole('link', { name: '周晓满-1120-01' }).waitFor();
    await context.close();
  });

  test('a record opened by its address has its row in view; J and K take the reader to its heading', async () => {
    const first = await report({ text: '最早的一条', categoryCode: 'C17' });
    for (let index = 0; index < 12; index++)
      await report({ text: `后来的第 ${index} 条`, categoryCode: 'C17' });
    const { context, page } = await openDesk('wangli', 'zh');
    await page.goto(`${server.origin}/office/inbox/${first}?category=C17`);
    const row = page.locator('section.list a[aria-current]').filter({ hasText: '最早的一条' });
    const isInView = () =>
      row.evaluate((element) => {
        const { top, bottom } = element.getBoundingClientRect();
        return top >= 0 && Math.floor(bottom) <= innerHeight;
      });
    await expect.poll(isInView).toBe(true);
    expect(await page.evaluate(() => document.documentElement.scrollHeight <= innerHeight)).toBe(true);
    const focused = () => page.evaluate(() => document.activeElement?.tagName);
    for (const text of ['后来的第 0 条', '后来的第 1 条']) {
      await page.keyboard.press('k');
      await page.locator('.record').getByText(text, { exact: true }).first().waitFor();
      await expect.poll(focused).toBe('H1');
    }
    await context.close();
  });

  test('a record prints without rail, list and acts, with a heading', async () => {
    const { context, page } = await openDesk('wangli', 'zh');
    await page.goto(`${server.origin}/office/inbox/${issueId}?state=all`);
    await page.emulateMedia({ media: 'print' });
    await page.getByText(/长天路社区居委会 · 打印于/).waitFor();
    for (const hidden of ['aside', 'section.list', 'section.acts'])
      expect(await page.locator(hidden).isVisible()).toBe(false);
    await context.close();
  });
});
