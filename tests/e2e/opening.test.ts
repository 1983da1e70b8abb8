// Opening a community without a terminal: from the set-up link to the first record of a worker who scanned a slip.
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { demoGrids } from '../../demo/community';
import { saveLastBackup } from '../../src/lib/server/backup/last-backup';
import { axeViolations } from '../support/axe';
import { launchDesk, launchTablet } from '../support/browser';
import { choose, openRecord, recordIssue, save, untilArrived, untilReady } from '../support/field';
import { buildOnce, startServer, type TestServer } from '../support/server';
import { acceptedChanges, password, queryStore } from '../support/town';

const codes = `code12,name,streetCode9,streetName,areaCode6,areaName
510108011007,长天路社区居委会,510108011,万年场街道,510108,成华区
510108011008,红桥社区居委会,510108011,万年场街道,510108,成华区
140109011005,光华街社区居委会,140109011,小井峪街道,140109,万柏林区`;

let server: TestServer;
let desk: BrowserContext;
let page: Page;
const tablets: BrowserContext[] = [];

beforeAll(async () => {
  await buildOnce();
  server = await startServer();
  desk = await launchDesk();
  page = desk.pages()[0] ?? (await desk.newPage());
});
afterAll(async () => {
  for (const context of [desk, ...tablets]) await context.close();
  await server.stop();
});

const press = (name: string) => page.getByRole('button', { name, exact: true }).click();

async function newTablet(): Promise<Page> {
  const context = await launchTablet();
  tablets.push(context);
  return context.pages()[0] ?? (await context.newPage());
}

/** The addresses behind the codes that are on screen. */
const links = () =>
  page.locator('.link a').evaluateAll((all) => all.map((link) => (link as HTMLAnchorElement).href));

test('the first administrator opens a community out of the official table', async () => {
  const link = /https?:\/\/\S+\/set-up\?token=\S+/.exec(server.output())![0];
  await page.goto(link);
  await page.getByLabel('姓名').fill('周主任');
  await page.getByLabel(/登录账号/).fill('zhou');
  await page.getByLabel(/密码/).fill(password);
  await page.getByLabel(/地区代码/).fill('510108');
  await press('开通');
  await page.waitForURL('**/office/opening');
  await page.locator('textarea').fill(codes);
  await press('保存名称');
  await page.getByText('已记下 4 个名称').waitFor();
  await page.getByRole('checkbox', { name: /长天路/ }).check();
  // Those of another city are not hers.
  expect(await page.getByRole('checkbox').count()).toBe(2);
  expect(await axeViolations(page)).toEqual([]);
  await press('开通所选的社区');
  await page.getByRole('heading', { name: '接下来 · 长天路' }).waitFor();
});

test('its lists are pasted; a mistake saves nothing and says which line', async () => {
  await page.getByRole('link', { name: '网格', exact: true }).click();
  await page.getByRole('heading', { name: '网格 · 长天路' }).waitFor();
  await page.getByLabel(/一行一个/).fill('1 机械厂片区\n2\n3-01 院子');
  await press('保存');
  await page.getByText('第 2 行：2 后面没写名称').waitFor();
  await page.getByText('第 3 行：“院子”所在的网格不在名单里').waitFor();
  expect(await axeViolations(page)).toEqual([]);
  await page.getByLabel(/一行一个/).fill('1 机械厂片区\n2 向阳片区');
  await press('保存');
  await page.getByText('已保存', { exact: true }).waitFor();
  await page.getByRole('link', { name: '返回开通' }).click();
  await page.getByRole('link', { name: '责任单位' }).click();
  await page.getByRole('heading', { name: '责任单位 · 长天路' }).waitFor();
  await page.getByLabel(/一行一个/).fill('锦和物业\t物业\n环卫所\t部门');
  await press('保存');
  await page.getByText('已保存', { exact: true }).waitFor();
});

test('buildings are pasted, also those of which only the grid is known', async () => {
  await page.getByRole('link', { name: '返回开通' }).click();
  await page.getByRole('link', { name: '院落楼栋' }).click();
  await page.getByRole('heading', { name: '院落楼栋 · 长天路' }).waitFor();
  await page.getByLabel(/一行一栋/).fill('院落\t楼栋\n机械厂老院\t1栋\t3\t6\t老厂院\t7');
  await press('保存');
  await page.getByText('第 2 行：没有“7”这个网格').waitFor();
  // Out of a spreadsheet it is looked at before it is saved.
  await page.locator('input[type=file]').setInputFiles('src/routes/(office)/office/list-file.test.xlsx');
  await page.getByText('已读到上面的框里').waitFor();
  expect(await page.getByLabel(/一行一栋/).inputValue()).toContain(
    '机械厂老院\t1栋\t3\t6\t老厂院、东院\t1\t104.1248'
  );
  await press('保存');
  await page.getByText('已保存', { exact: true }).waitFor();
  await page.getByLabel(/一行一栋/).fill('机械厂老院\t1栋\t东、西\t6\t老厂院\t1\n向阳菜市场\t\t\t\t\t2');
  await press('保存');
  await page.getByText('已保存', { exact: true }).waitFor();
  expect(await axeViolations(page)).toEqual([]);
  const namesFrom = (query: string) =>
    page.evaluate(async (address) => {
      const answer = await fetch(address);
      const { buildings } = (await answer.json()) as { buildings: { courtyard: string }[] };
      return buildings.map(({ courtyard }) => courtyard);
    }, `/api/reference?community=510108011007${query}`);
  expect(await namesFrom('&unplaced')).toEqual(['机械厂老院', '向阳菜市场']);
  // An older tablet cannot read what has no position.
  expect(await namesFrom('')).toEqual([]);
});

test('categories and types of need are called and ordered as the community likes', async () => {
  await page.getByRole('link', { name: '返回开通' }).click();
  await page.getByRole('link', { name: '问题类别' }).click();
  await page.getByRole('heading', { name: '问题类别 · 长天路' }).waitFor();
  const list = page.getByLabel(/一行一个/);
  const text = await list.inputValue();
  expect(text).toContain('C13\t井盖\t公共设施\t4 工作时\t城管\t需要\tManhole cover');
  await list.fill(`\t积雪\t公共设施\t三天\t城管\n${text}`);
  await press('保存');
  await page.getByText('第 1 行：没看懂时限“三天”').waitFor();
  await list.fill(`\t积雪\t公共设施\t4 工作时\t城管\n${text}`);
  await press('保存');
  await page.getByText('已保存', { exact: true }).waitFor();
  await page.reload();
  expect(await list.inputValue()).toBe(`C32\t积雪\t公共设施\t4 工作时\t城管\t建议\n${text}`);
  const [manhole] = queryStore<{ body: string }>(
    server.dataFolder,
    "SELECT body FROM reference_item WHERE code = 'C13'"
  );
  expect((JSON.parse(manhole!.body) as { questions: object[] }).questions).toHaveLength(2);
  await page.getByRole('link', { name: '返回开通' }).click();
  await page.getByRole('link', { name: '需求类型' }).click();
  await page.getByRole('heading', { name: '需求类型 · 长天路' }).waitFor();
  await list.fill('N01\t代取药\t1 工作日');
  await press('保存');
  await page.getByText('没有保存：其他 ').waitFor();
  await list.fill('N01\t代取药\t4 工作时\n\t送餐\t1 工作日\nN10\t其他\t3 工作日');
  await press('保存');
  await page.getByText('已保存', { exact: true }).waitFor();
});

test('the days of the community, and what tracks are for', async () => {
  await page.getByRole('link', { name: '返回开通' }).click();
  await page.getByText('没写，不记轨迹').waitFor();
  await page.getByRole('link', { name: '工作日历' }).click();
  await page.getByRole('heading', { name: '工作日历 · 长天路' }).waitFor();
  await page.getByText(/年的放假调休安排已有/).waitFor();
  await page.getByLabel(/一行一天/).fill('2027/2/4 休息\n2027-02-30 上班');
  await press('保存');
  await page.getByText('第 2 行：没看懂日期“2027-02-30”').waitFor();
  await page.getByLabel(/一行一天/).fill('2027/2/4 休息\n2027-01-30 上班');
  await press('保存');
  await page.getByText('已保存', { exact: true }).waitFor();
  await page.reload();
  expect(await page.getByLabel(/一行一天/).inputValue()).toBe('2027-01-30\t上班\n2027-02-04\t休息');
  expect(await axeViolations(page)).toEqual([]);
  await page.getByRole('link', { name: '返回开通' }).click();
  await page.getByText('2 天和全国不一样').waitFor();
  await page.getByRole('link', { name: '轨迹用途' }).click();
  await page.getByRole('heading', { name: '轨迹用途 · 长天路' }).waitFor();
  await page.getByLabel(/用途/).fill('看哪里没走到'.repeat(60));
  await press('保存');
  await page.getByText('写了 360 字，最多 300 字').waitFor();
  await page.getByLabel(/用途/).fill('看哪里很久没走到');
  await press('保存');
  await page.getByText('已保存', { exact: true }).waitFor();
  await page.getByRole('link', { name: '返回开通' }).click();
  await page.getByText('已写明，网格员同意后记轨迹').waitFor();
});

test('how long a PIN opens a tablet without the office', async () => {
  await page.getByRole('link', { name: '平板离线期限' }).click();
  await page.getByRole('heading', { name: '平板离线期限 · 长天路' }).waitFor();
  const days = page.getByLabel(/多少天/);
  expect(await days.inputValue()).toBe('14');
  await days.fill('一周');
  await press('保存');
  await page.getByText('没看懂“一周”').waitFor();
  await days.fill('7');
  await press('保存');
  await page.getByText('已保存', { exact: true }).waitFor();
  await page.getByRole('link', { name: '返回开通' }).click();
  await page.getByText('7 天', { exact: true }).waitFor();
});

test('borders out of a file are looked at first, and shifted back where they were drawn on a shifted map', async () => {
  await page.goto(`${server.origin}/office/opening/borders`);
  const feature = ({ name, border }: (typeof demoGrids)[number], number: number) => ({
    type: 'Feature',
    properties: { name: number < 2 ? String(number + 1) : name, adcode: 510108 },
    geometry: border
  });
  const drawn = demoGrids.filter(({ code }) => code.length === 15).slice(0, 3);
  const choose = (text: string) =>
    page
      .locator('input[type=file]')
      .setInputFiles([{ name: '网格.geojson', mimeType: 'application/json', buffer: Buffer.from(text) }]);
  await choose('[1, 2');
  await page.getByText('这不是 GeoJSON 文件').waitFor();
  await choose(JSON.stringify({ type: 'FeatureCollection', features: drawn.map(feature) }));
  await page.getByRole('button', { name: '保存 3 块边界' }).waitFor();
  await page.getByText('新网格', { exact: true }).waitFor();
  // Its mark is that of 高德; the person knows better.
  expect(await page.getByLabel(/GCJ-02/).isChecked()).toBe(true);
  await page.getByLabel(/WGS-84/).check();
  await page.locator('.map').getByRole('button').first().waitFor();
  expect(await axeViolations(page)).toEqual([]);
  await press('保存 3 块边界');
  await page.getByText('已保存 3 块边界').waitFor();
  const [stored] = queryStore<{ body: string }>(
    server.dataFolder,
    "SELECT body FROM reference_item WHERE kind = 'grid' ORDER BY code"
  );
  expect(JSON.parse(stored!.body)).toEqual({
    code: '510108011007001',
    name: '机械厂片区',
    border: drawn[0]!.border
  });
  await page.getByRole('link', { name: '返回开通' }).click();
  await page.getByText('3 个网格画了 3 个').waitFor();
});

test('a border is drawn on the map, corner by corner, and looked at before it is saved', async () => {
  await page.goto(`${server.origin}/office/opening/borders`);
  await press('在图上画');
  await page.getByLabel('画哪个网格').selectOption({ label: '第3网格（天和汇片区）' });
  const ground = page.locator('.map .ground');
  await ground.locator('svg, canvas').first().waitFor();
  const tap = (x: number, y: number) => ground.click({ position: { x, y } });
  const corners = page.getByLabel(/拐角，一行一个/);
  const count = async () => (await corners.inputValue()).trim().split('\n').filter(Boolean).length;
  const look = page.getByRole('button', { name: '看一看', exact: true });
  for (const [x, y] of [
    [300, 120],
    [500, 300],
    [500, 120],
    [300, 300]
  ] as const)
    await tap(x, y);
  await page.getByText('边界自己交叉了').waitFor();
  expect(await look.isDisabled()).toBe(true);
  await press('重画');
  for (const [x, y] of [
    [300, 120],
    [500, 120],
    [500, 300],
    [300, 300],
    [200, 200]
  ] as const)
    await tap(x, y);
  await expect.poll(count).toBe(5);
  await press('撤销一点');
  await expect.poll(count).toBe(4);
  expect(await axeViolations(page)).toEqual([]);
  await look.click();
  await press('保存 1 块边界');
  await page.getByText('已保存 1 块边界').waitFor();
  const stored = queryStore<{ body: string }>(
    server.dataFolder,
    "SELECT body FROM reference_item WHERE kind = 'grid' ORDER BY code"
  ).map(({ body }) => JSON.parse(body) as { name: string; border: { coordinates: number[][][] } });
  expect(stored.map(({ border }) => border.coordinates[0]!.length)[2]).toBe(5);
  const [west, north] = stored[2]!.border.coordinates[0]![0]!;
  const [east, south] = stored[2]!.border.coordinates[0]![2]!;
  expect(east! > west! && north! > south!).toBe(true);
});

test('a list with a mistake adds nobody, says which line, and keeps what was typed', async () => {
  await page.getByRole('link', { name: '人员', exact: true }).click();
  await page.getByRole('heading', { name: '人员 · 长天路' }).waitFor();
  const old = Buffer.from('d0cf11e0a1b11ae1', 'hex');
  await page.locator('input[type=file]').setInputFiles([{ name: '人员.xls', mimeType: '', buffer: old }]);
  await page.getByText('这是老格式的 .xls').waitFor();
  await page.locator('textarea').fill('姓名\t角色\t网格\n李安\t网格员\t1\n赵敏\t保安\t2');
  await press('添加');
  await page.getByText('第 3 行：没有“保安”这个角色').waitFor();
  expect(await page.locator('textarea').inputValue()).toContain('赵敏\t保安');
  expect(await page.getByRole('rowheader', { name: '李安' }).count()).toBe(0);
  await page.locator('textarea').fill('李安\t网格员\t1\n赵敏\t社区值班员\n吴师傅\t责任单位经办人\t锦和物业');
  await press('添加');
  await page.getByText('已添加 3 人').waitFor();
  await page.getByRole('rowheader', { name: '李安' }).waitFor();
  expect(await axeViolations(page)).toEqual([]);
});

test('the page says when the last backup was made, and what to do where it is missing, old or failed', async () => {
  const at = (daysAgo: number) => new Date(Date.now() - daysAgo * 86_400_000).toISOString();
  const note = page.getByRole('heading', { name: /最近一次备份/ });
  const advice = page.getByText('运维说明“备份”一节');
  await page.goto(`${server.origin}/office/opening`);
  expect(await note.textContent()).toContain('还没有备份过');
  expect(await axeViolations(page)).toEqual([]);
  await saveLastBackup(server.dataFolder, { succeeded: { at: at(1), bytes: 1_234_000_000 } });
  await page.reload();
  expect(await note.textContent()).toContain('正常');
  await page.getByText('共 1.2 GB').waitFor();
  expect(await advice.count()).toBe(0);
  await saveLastBackup(server.dataFolder, { failed: { at: at(0), trouble: 'disk-full' } });
  await page.reload();
  await page.getByText('盘满了').waitFor();
  await page.getByText('共 1.2 GB').waitFor();
  await saveLastBackup(server.dataFolder, { succeeded: { at: at(2.1), bytes: 1 } });
  await page.reload();
  expect(await note.textContent()).toContain('两天没有备份');
  await advice.waitFor();
});

let link: string;

test('whoever scans a slip is asked who they are, and works without a password', async () => {
  await page.goto(`${server.origin}/office/people`);
  // Those who have nothing yet are ticked already.
  await page.getByRole('checkbox', { name: '选赵敏' }).uncheck();
  await page.getByRole('checkbox', { name: '选吴师傅' }).uncheck();
  await page.getByRole('button', { name: '打印所选的开通单' }).click();
  await page.getByRole('img', { name: '李安的开通码' }).waitFor();
  expect(await axeViolations(page)).toEqual([]);
  [link] = (await links()) as [string];
  const tablet = await newTablet();
  await tablet.goto(link);
  await tablet.getByRole('heading', { name: '您是李安吗？' }).waitFor();
  expect(tablet.url()).toBe(`${server.origin}/join`);
  expect(await axeViolations(tablet)).toEqual([]);
  await tablet.getByRole('button', { name: '是我，开始使用' }).click();
  await tablet.getByText('李安，您好').waitFor();
  await untilReady(tablet);
  const number = await recordIssue(tablet, server.origin, { text: '路灯不亮' });
  expect(number).toMatch(/^李安-\d{4}-01$/);
  await tablet.goto(server.origin);
  await untilArrived(tablet);
  const [change] = acceptedChanges(server.dataFolder).filter(({ kind }) => kind === 'issue-recorded');
  expect(change!.body).toContain('"ownerGridCode":"510108011007001"');
});

test('a building, its stairwell and a floor are chosen without a position', async () => {
  const tablet = tablets[0]!.pages()[0]!;
  await tablet.goto(`${server.origin}/issues/new`);
  await tablet.locator('.skip button').click();
  await tablet.getByRole('button', { name: '选楼栋' }).click();
  await tablet.locator('dialog input').fill('lcy');
  await tablet.locator('dialog li button', { hasText: '机械厂老院' }).click();
  await tablet.getByLabel(/^单元/).selectOption('东单元');
  await tablet.getByLabel(/^楼层/).selectOption('3楼');
  expect(await axeViolations(tablet)).toEqual([]);
  // What the community has added stands first.
  await choose(tablet, 'C32');
  const number = await save(tablet);
  await openRecord(tablet, server.origin, number);
  await tablet.getByText('机械厂老院 1栋，东单元 3楼').waitFor();
  await tablet.goto(server.origin);
  await untilArrived(tablet);
  const place = acceptedChanges(server.dataFolder)
    .filter(({ kind }) => kind === 'issue-recorded')
    .map(({ body }) => (JSON.parse(body) as { facts: { place: object } }).facts.place);
  expect(place[1]).toEqual({
    source: 'building',
    buildingCode: '51010801100700100001',
    gridCode: '510108011007001',
    stairwell: '东',
    floor: 3
  });
});

test('a worker reads the purpose of tracks before any is recorded', async () => {
  const tablet = tablets[0]!.pages()[0]!;
  await tablet.goto(`${server.origin}/patrol`);
  await tablet.getByRole('button', { name: '开始巡查' }).click();
  await tablet.getByText('看哪里很久没走到').waitFor();
  await tablet.getByRole('button', { name: '我已阅读，同意记录轨迹' }).waitFor();
});

test('a slip opens nothing a second time, and says whom to ask', async () => {
  const other = await newTablet();
  await other.goto(link);
  await other.getByText('这张开通单已用过、已作废或已过期').waitFor();
});

test('without a network the slip waits', async () => {
  await page.goto(`${server.origin}/office/people`);
  await page.getByRole('checkbox', { name: '选吴师傅' }).uncheck();
  await page.getByRole('button', { name: '打印所选的开通单' }).click();
  await page.getByRole('img', { name: '赵敏的开通码' }).waitFor();
  const [officers] = (await links()) as [string];
  const screen = await newTablet();
  await screen.goto(officers);
  await screen.getByRole('heading', { name: '您是赵敏吗？' }).waitFor();
  await screen.context().setOffline(true);
  await screen.getByRole('button', { name: '是我，开始使用' }).click();
  await screen.getByText('开通单还能用').waitFor();
  await screen.context().setOffline(false);
  await screen.getByRole('button', { name: '再试一次' }).click();
  await screen.waitForURL('**/office/account');
  await screen.getByLabel(/新密码/).fill(password);
  expect(await axeViolations(screen)).toEqual([]);
  await screen.getByRole('button', { name: '设密码' }).click();
  await screen.getByText('密码已设好').waitFor();
  await screen.getByRole('link', { name: /受理/ }).click();
  await screen.getByText('路灯不亮').first().waitFor();
});

test('who is suspended is signed out at the next contact', async () => {
  await page.goto(`${server.origin}/office/people`);
  const row = page.getByRole('row', { name: /李安/ });
  await row.locator('summary').click();
  await row.getByRole('button', { name: '停用' }).click();
  await page.getByText('已停用', { exact: true }).first().waitFor();
  const tablet = tablets[0]!.pages()[0]!;
  await tablet.reload();
  await tablet.locator('header a[href="/sign-in?again"]').waitFor();
});

test('a grid somebody works in is not taken off the list, and may be renamed', async () => {
  await page.goto(`${server.origin}/office/opening/grids`);
  await page.getByLabel(/一行一个/).fill('2 向阳片区\n3 三');
  await press('保存');
  await page.getByText('机械厂片区 还有人员或记录').waitFor();
  await page.getByLabel(/一行一个/).fill('1 机械厂老院\n2 向阳片区\n3 三');
  await press('保存');
  await page.getByText('已保存', { exact: true }).waitFor();
  await page.reload();
  expect(await page.getByLabel(/一行一个/).inputValue()).toContain('1\t机械厂老院\n2\t向阳片区');
  await page.getByText('改动记录').click();
  const latest = page.locator('details li').first();
  await latest.getByText('1\t机械厂老院').waitFor();
  expect(await latest.locator('del').allInnerTexts()).toEqual(['1\t机械厂片区', '3\t第3网格（天和汇片区）']);
  expect(await latest.locator('ins').allInnerTexts()).toEqual(['1\t机械厂老院', '3\t三']);
});

test('what a record names is not taken off its list, and may be renamed', async () => {
  await page.goto(`${server.origin}/office/opening/categories`);
  await page.getByLabel(/一行一个/).fill('C12\t其他\t其他\t3 工作日\t信访');
  await press('保存');
  await page.getByText('已保存', { exact: true }).waitFor();
  await page.reload();
  expect((await page.getByLabel(/一行一个/).inputValue()).split('\n')).toEqual([
    'C12\t其他\t其他\t3 工作日\t信访\t建议'
  ]);
  await page.getByText('改动记录').click();
  expect(await page.locator('details li').first().locator('del').allInnerTexts()).toContainEqual(
    expect.stringContaining('积雪')
  );
  await page.goto(`${server.origin}/office/opening/buildings`);
  await page.getByLabel(/一行一栋/).fill('向阳菜市场\t\t\t\t\t2');
  await press('保存');
  await page.getByText('机械厂老院 1栋 还有人员或记录').waitFor();
  await page.getByLabel(/一行一栋/).fill('机械苑\t1栋\t东、西\t6\t机械厂老院\t1');
  await press('保存');
  await page.getByText('已保存', { exact: true }).waitFor();
  const buildings = queryStore<{ code: string }>(
    server.dataFolder,
    "SELECT code FROM reference_item WHERE kind = 'building'"
  );
  expect(buildings).toEqual([{ code: '51010801100700100001' }]);
});
