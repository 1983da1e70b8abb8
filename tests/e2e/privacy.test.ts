// What is kept of people, in a real browser on the real server: who may read the numbers, and what one person is handed out
// and has erased.
import { readFileSync, rmSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RecordId } from '../../src/lib/domain/ids';
import { hashPassword } from '../../src/lib/server/password';
import { saveAccount } from '../../src/lib/server/records/accounts';
import { closeStore, openStore } from '../../src/lib/server/store';
import { axeViolations } from '../support/axe';
import { launchDesk } from '../support/browser';
import { issueFacts, newId, reportFacts } from '../support/changes';
import { buildOnce, startServer, type TestServer } from '../support/server';
import { actAs, foundTown, password, queryStore, signInByApi, town } from '../support/town';

const grid = `${town}001`;
const secret = '张婆婆';
let server: TestServer;
let folder: string;

beforeAll(async () => {
  await buildOnce();
  folder = await foundTown();
  const store = await openStore(folder);
  const passwordHash = await hashPassword(password);
  const hire = (login: string, name: string, grants: Parameters<typeof saveAccount>[1]['grants']) =>
    saveAccount(store, { login, name, passwordHash, grants }, new Date().toISOString());
  await hire('admin', '管理员', [{ role: 'admin', area: town }]);
  await hire('zhaomin', '赵敏', [{ role: 'streetOfficer', area: town.slice(0, 9) }]);
  await hire('zhouxiaoman', '周晓满', [{ role: 'gridWorker', area: grid }]);
  await closeStore(store);
  server = await startServer({ dataFolder: folder });
});
afterAll(async () => {
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const cookieOf = async (login: string) => (await signInByApi(server.origin, login)) as { cookie: string };

async function openDesk(login: string, language = 'zh') {
  const context = await launchDesk({ viewport: { width: 1280, height: 800 } });
  const [name, value] = (await cookieOf(login)).cookie.split('=') as [string, string];
  await context.addCookies([
    { name, value, url: server.origin },
    { name: 'xunge-language', value: language, url: server.origin }
  ]);
  return { context, page: context.pages()[0]! };
}

async function report(more: object = {}): Promise<RecordId> {
  const recordId = newId<RecordId>();
  const facts = { ...issueFacts(recordId), ownerGridCode: grid, number: '周晓满-1120-01', ...more };
  await actAs(server.origin, 'zhouxiaoman', [{ kind: 'issue-recorded', facts }]);
  return recordId;
}

async function followUp(recordId: RecordId): Promise<void> {
  const facts = { recordId, whom: `${secret} 138-0000-1234`, channel: 'call' as const, promise: '周五修好' };
  await actAs(server.origin, 'zhouxiaoman', [{ kind: 'follow-up-noted', facts }]);
}

const everything = () =>
  JSON.stringify(
    ['record', 'change', 'outcome', 'photo'].map((table) => queryStore(folder, `SELECT * FROM ${table}`))
  );
const logged = () =>
  queryStore<{ reason: string; count: number }>(
    folder,
    "SELECT reason, count(*) AS count FROM access WHERE purpose = 'person' GROUP BY reason ORDER BY reason"
  );

async function search(page: Page, query: string): Promise<void> {
  await page.getByLabel('姓名、称呼或电话').fill(query);
  await page.getByRole('button', { name: '查找' }).click();
}

describe('one person asks', () => {
  test('is found by the phone however it was written, handed out, and erased with the thing left standing', async () => {
    const id = await report({ text: `${secret}家三楼漏水` });
    await followUp(id);
    const other = await report({ text: '路灯不亮', number: '周晓满-1120-02' });
    const { context, page } = await openDesk('wangli');
    await page.goto(`${server.origin}/office/privacy`);
    await page.getByRole('link', { name: '查找、导出、删除某个人的信息' }).click();
    await search(page, '13800001234');
    await page.getByText('1 条记录里有').waitFor();
    await page.getByText('138-0000-1234').first().waitFor();
    expect(page.url()).not.toContain('138');
    expect(await axeViolations(page)).toEqual([]);
    await shoot(page, 'person-zh');

    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: '导出以上记录' }).click();
    const file = readFileSync(await (await download).path(), 'utf8');
    for (const said of ['周晓满-1120-01', `${secret}家三楼漏水`, '138-0000-1234', '周五修好', '王丽'])
      expect(file).toContain(said);
    expect(file).not.toContain('路灯不亮');

    await page.getByLabel('原因').last().selectOption('withdrawal');
    await page.getByLabel('已核实身份，确认删除').check();
    await page.getByRole('button', { name: '照以上选择删除' }).click();
    await page.getByText('已清除 1 条记录的文字和录音').waitFor();
    expect(everything()).not.toContain(secret);
    expect(everything()).toContain('路灯不亮');
    const body = queryStore<{ body: string }>(folder, 'SELECT body FROM record WHERE id = ?', id)[0]!.body;
    expect(JSON.parse(body)).toMatchObject({ text: '███', state: 'reported', categoryCode: 'C01' });
    expect(queryStore(folder, 'SELECT id FROM record WHERE id = ?', other)).toHaveLength(1);
    expect(queryStore(folder, 'SELECT what, why, count FROM purge')).toEqual([
      { what: 'words', why: 'withdrawal', count: 1 }
    ]);
    expect(logged()).toEqual([
      { reason: 'own', count: 1 },
      { reason: 'search', count: 1 },
      { reason: 'withdrawal', count: 1 }
    ]);

    await search(page, secret);
    await page.getByText('没有找到。').waitFor();
    await page.goto(`${server.origin}/office/inbox/${id}`);
    await page.getByText('王丽 应本人要求清除了个人信息').waitFor();
    await shoot(page, 'blanked-record-zh');
    await context.close();
  });

  test('has a whole record erased where it is over, never one that is still worked on', async () => {
    const need = newId<RecordId>();
    const facts = {
      ...reportFacts(need),
      ownerGridCode: grid,
      number: '周晓满-1120-03',
      needTypeCode: 'N01'
    };
    await actAs(server.origin, 'zhouxiaoman', [
      { kind: 'need-recorded', facts: { ...facts, text: '给赵大爷代取药' } }
    ]);
    const { context, page } = await openDesk('wangli', 'en');
    await page.goto(`${server.origin}/office/privacy/person`);
    const choice = page.getByLabel('What to do with 周晓满-1120-03');
    const find = async () => {
      await page.getByLabel('Name or phone').fill('赵大爷');
      await page.getByRole('button', { name: 'Search' }).click();
      await choice.waitFor();
    };
    await find();
    expect(await choice.getByRole('option', { name: 'Erase all of it' }).isDisabled()).toBe(true);
    await actAs(server.origin, 'wangli', [
      { kind: 'report-rejected', facts: { recordId: need, reason: '重复' } }
    ]);
    await find();
    await choice.selectOption('erase');
    await shoot(page, 'person-en');
    await page.getByLabel('I have made sure who asks; erase it').check();
    await page.getByRole('button', { name: 'Erase as chosen above' }).click();
    await page.getByText('1 erased for good.').waitFor();
    expect(queryStore(folder, 'SELECT id FROM record WHERE id = ?', need)).toEqual([]);
    await context.close();
  });
});

describe('the page of numbers', () => {
  test('is read by an officer and an administrator, says no name of a resident, and prints', async () => {
    await followUp(await report({ number: '周晓满-1120-04' }));
    for (const [login, language] of [
      ['wangli', 'zh'],
      ['admin', 'en']
    ] as const) {
      const { context, page } = await openDesk(login, language);
      await page.goto(`${server.origin}/office/privacy`);
      await page.getByRole('table').first().waitFor();
      expect(await page.content()).not.toContain(secret);
      expect(await axeViolations(page)).toEqual([]);
      await shoot(page, `privacy-${language}`);
      await page.emulateMedia({ media: 'print' });
      await shoot(page, `privacy-print-${language}`);
      expect(await page.getByRole('button').first().isVisible()).toBe(false);
      await context.close();
    }
  });

  test('how long things are kept is the administrator’s to say', async () => {
    const { context, page } = await openDesk('admin');
    await page.goto(`${server.origin}/office/privacy`);
    await page.getByLabel('轨迹存几天').fill('14');
    await page.getByLabel('办结后存几年').fill('2');
    await page.getByRole('button', { name: '保存' }).click();
    await page.getByText('已保存，今晚起照此清除。').waitFor();
    await page.getByRole('cell', { name: '办结后 2 年' }).first().waitFor();
    await page.getByRole('cell', { name: '14 天' }).waitFor();
    await context.close();
    const keep = async (login: string) => {
      const body = new URLSearchParams({ trackDays: '1', closedYears: '1' });
      const headers = { ...(await cookieOf(login)), origin: server.origin, accept: 'application/json' };
      const options = { method: 'POST', headers: { ...headers, 'x-sveltekit-action': 'true' }, body };
      return (await fetch(`${server.origin}/office/privacy?/keep`, options)).json() as Promise<{
        data?: string;
      }>;
    };
    expect((await keep('wangli')).data).toContain('not-granted');
    await keep('zhaomin');
    const [row] = queryStore<{ body: string }>(
      folder,
      "SELECT body FROM reference_item WHERE kind = 'keeping'"
    );
    expect(JSON.parse(row!.body)).toEqual({ trackDays: 14, closedYears: 2 });
  });

  test('and the search for one person are nobody else’s', async () => {
    const before = [logged(), everything()];
    const post = async (login: string, path: string, fields: Record<string, string>) =>
      fetch(server.origin + path, {
        method: 'POST',
        redirect: 'manual',
        headers: { ...(await cookieOf(login)), origin: server.origin, accept: 'text/html' },
        body: new URLSearchParams(fields)
      });
    const id = await report({ text: '孙大妈', number: '周晓满-1120-05' });
    before[1] = everything();
    for (const login of ['admin', 'zhaomin', 'zhang', 'zhouxiaoman']) {
      const mayRead = login === 'admin';
      const page = await fetch(`${server.origin}/office/privacy`, {
        headers: await cookieOf(login),
        redirect: 'manual'
      });
      expect([login, page.status]).toEqual([login, mayRead ? 200 : 303]);
      for (const [path, fields] of [
        ['/office/privacy/person?/find', { query: '孙大妈' }],
        ['/office/privacy/person?/erase', { [id]: 'blank', reason: 'request', sure: 'on' }],
        ['/office/privacy/person/export', { record: id, reason: 'own' }]
      ] as [string, Record<string, string>][]) {
        const answer = await post(login, path, fields);
        expect([login, path, answer.status]).toEqual([login, path, 303]);
        expect(await answer.text()).not.toContain('孙大妈');
      }
    }
    expect([logged(), everything()]).toEqual(before);
  });
});

/** Only where somebody wants to look. */
async function shoot(page: Page, name: string): Promise<void> {
  const target = process.env.XUNGE_SHOTS;
  if (!target) return;
  const size = page.viewportSize()!;
  await page.setViewportSize({ ...size, height: 1700 });
  await page.screenshot({ path: `${target}/${name}.png` });
  await page.setViewportSize(size);
}
