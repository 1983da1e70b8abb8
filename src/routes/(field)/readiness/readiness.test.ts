import { describe, expect, test } from 'vitest';
import { readinessWords } from '$lib/messages/readiness';
import { judgeReadiness, type Item, type ReadinessFacts } from './readiness';

const ready: ReadinessFacts = {
  name: '李平',
  version: '1.2.3',
  isUpdateWaiting: false,
  outcome: 'done',
  contact: { hours: 0, words: '10 分钟前' },
  hasReference: true,
  grids: 2,
  gridsWithoutBorder: 0,
  basemapLines: 40,
  buildings: 12,
  openTasks: 3,
  storage: { freeBytes: 425_000_000, persisted: true },
  clockOffsetMs: 30_000,
  positionPermission: 'granted',
  fix: null,
  cameraPermission: 'granted',
  cameraTrouble: undefined,
  battery: { percent: 80, isCharging: false },
  unsent: { count: 0, troubled: 0, oldestDays: 0, others: 0, toHandBack: 0, halfRead: false }
};
const judge = (facts: Partial<ReadinessFacts>) => judgeReadiness({ ...ready, ...facts }, readinessWords.zh);
const fixed = (accuracyMetres: number) =>
  ({ ok: true, fix: { longitude: 104, latitude: 30, accuracyMetres, at: 0 } }) as const;
const unsent = (facts: Partial<ReadinessFacts['unsent']>) => ({ unsent: { ...ready.unsent, ...facts } });

test('a tablet on which all is well is green line by line, and every line has its name', () => {
  const items = judge({});
  expect(items.filter(({ verdict }) => verdict !== 'good')).toEqual([]);
  expect(items.map(({ id }) => id).sort()).toEqual(Object.keys(readinessWords.zh.names).sort());
});

describe('one thing that is not well', () => {
  test.each<[Item['id'], Partial<ReadinessFacts>, Item['verdict'], Item['mend'], RegExp]>([
    ['version', { isUpdateWaiting: true }, 'todo', 'update', /有新版本/],
    ['version', { outcome: 'upgrade-needed' }, 'todo', 'update', /请联网并更新/],
    ['session', { outcome: 'signed-out' }, 'todo', 'sign-in', /重新登录/],
    ['session', { outcome: 'account-mismatch' }, 'todo', 'sign-in', /另一个账号/],
    ['session', { outcome: 'away' }, 'good', undefined, /登录有效/],
    ['grids', { hasReference: false }, 'todo', 'connect', /请连网一次/],
    ['grids', { grids: 0 }, 'todo', undefined, /没有网格/],
    ['grids', { gridsWithoutBorder: 1 }, 'note', undefined, /1 个网格没有边界/],
    ['basemap', { basemapLines: 0 }, 'note', undefined, /没有底图/],
    ['tasks', { contact: { hours: 12, words: '昨天' } }, 'todo', 'connect', /昨天/],
    ['tasks', { contact: null }, 'todo', 'connect', /还没连上过/],
    ['storage', { storage: { freeBytes: 65_000_000, persisted: true } }, 'todo', undefined, /约 100 张/],
    ['storage', { storage: { freeBytes: 0, persisted: true } }, 'todo', undefined, /约 0 张/],
    ['storage', { storage: null }, 'note', undefined, /不说/],
    ['persistence', { storage: { freeBytes: 9e9, persisted: false } }, 'note', 'persist', /可能清除/],
    ['clock', { clockOffsetMs: -3_600_000 }, 'todo', 'connect', /60 分钟/],
    ['clock', { clockOffsetMs: null }, 'note', 'connect', /连上社区后/],
    ['position', { positionPermission: 'prompt' }, 'todo', 'position', /还没允许/],
    ['position', { positionPermission: 'unknown' }, 'todo', 'position', /还没允许/],
    ['position', { positionPermission: 'denied' }, 'todo', 'position', /被拒绝/],
    ['position', { fix: fixed(12.4) }, 'good', 'position', /约 12 米/],
    ['position', { positionPermission: 'prompt', fix: fixed(400) }, 'note', 'position', /不准/],
    ['position', { fix: { ok: false, reason: 'timeout' } }, 'note', 'position', /定不到/],
    ['position', { fix: { ok: false, reason: 'denied' } }, 'todo', 'position', /被拒绝/],
    ['position', { fix: { ok: false, reason: 'absent' } }, 'note', undefined, /不能定位/],
    ['camera', { cameraPermission: 'prompt' }, 'todo', 'camera', /还没允许/],
    ['camera', { cameraPermission: 'denied' }, 'todo', 'camera', /被拒绝/],
    ['camera', { cameraPermission: 'prompt', cameraTrouble: null }, 'good', undefined, /可以用/],
    ['camera', { cameraTrouble: 'busy' }, 'todo', 'camera', /占着/],
    ['camera', { cameraTrouble: 'none' }, 'note', undefined, /从相册选/],
    ['battery', { battery: { percent: 29, isCharging: false } }, 'todo', undefined, /只有 29%/],
    ['battery', { battery: { percent: 5, isCharging: true } }, 'good', undefined, /正在充电/],
    ['unsent', unsent({ count: 2 }), 'note', 'unsent', /2 条/],
    ['unsent', unsent({ count: 2, oldestDays: 3 }), 'todo', 'unsent', /3 天/],
    ['unsent', unsent({ count: 2, oldestDays: 3, troubled: 1 }), 'todo', 'unsent', /看原因/],
    ['unsent', unsent({ others: 4 }), 'note', 'unsent', /别的账号/],
    ['unsent', unsent({ others: 4, toHandBack: 5 }), 'note', 'unsent', /补交 5 步/],
    ['unsent', unsent({ halfRead: true, troubled: 1 }), 'todo', 'read-again', /没读完/]
  ])('%s with %j', (id, facts, verdict, mend, says) => {
    const items = judge(facts);
    const item = items.find((one) => one.id === id)!;
    expect([item.verdict, item.mend]).toEqual([verdict, mend]);
    expect(item.says).toMatch(says);
  });

  test('what a browser does not tell is not shown', () => {
    expect(judge({ battery: null }).some(({ id }) => id === 'battery')).toBe(false);
    expect(judge({ storage: null }).some(({ id }) => id === 'persistence')).toBe(false);
  });
});
