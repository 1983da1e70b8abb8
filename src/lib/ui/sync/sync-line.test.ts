import { describe, expect, test } from 'vitest';
import { fieldWords } from '../../messages/field';
import { syncLine, type SyncFacts } from './sync-line';

const nothing: SyncFacts = {
  records: 0,
  photos: 0,
  troubled: 0,
  setAside: 0,
  toHandBack: 0,
  halfRead: false,
  oldestDays: 0,
  others: 0,
  othersOldestDays: 0,
  upload: null,
  phase: 'idle',
  outcome: 'done',
  held: false,
  justSaved: false,
  hoursSinceContact: 0,
  outdated: false,
  notSaved: false
};
const line = (facts: Partial<SyncFacts>) => syncLine({ ...nothing, ...facts }, fieldWords.zh);
const unsent = { records: 3, photos: 2 };

const table: [string, Partial<SyncFacts>, string, string][] = [
  ['nothing left', {}, 'safe', '全部已到社区'],
  ['nothing left, no signal just now', { outcome: 'away' }, 'safe', '全部已到社区'],
  ['a fresh tablet', { outcome: null, hoursSinceContact: null }, 'warn', '还没连上过社区，请连网一次'],
  ['no contact for hours', { hoursSinceContact: 5 }, 'warn', '全部已到社区，但已 5 小时没连上'],
  ['no contact for days', { hoursSinceContact: 75 }, 'warn', '全部已到社区，但已 3 天没连上'],
  ['offline', { ...unsent, outcome: 'away' }, 'warn', '3 条、2 张照片在本机，等信号'],
  [
    'offline, one more try',
    { ...unsent, outcome: 'away', phase: 'texts' },
    'warn',
    '3 条、2 张照片在本机，等信号'
  ],
  ['just opened', { ...unsent, outcome: null }, 'warn', '3 条、2 张照片在本机，会自动上报'],
  ['waiting for its time', { records: 1 }, 'warn', '1 条在本机，会自动上报'],
  ['to be undone', { records: 1, held: true }, 'warn', '已保存，马上上报'],
  ['to be undone, no signal', { records: 1, held: true, outcome: 'away' }, 'warn', '1 条在本机，等信号'],
  ['saved a moment ago, not counted yet', { justSaved: true }, 'warn', '已保存，马上上报'],
  ['sending', { ...unsent, phase: 'texts' }, 'warn', '正在上报 3 条'],
  [
    'photos going',
    { photos: 2, phase: 'photos', upload: { sent: 3_200_000, of: 8_100_000 } },
    'warn',
    '正在上传照片，3.2 MB / 8.1 MB'
  ],
  ['photos going in another tab', { photos: 2, phase: 'photos' }, 'warn', '正在上传照片，2 张'],
  ['refused', { records: 1, troubled: 1 }, 'danger', '1 条没报上去，点开看原因'],
  ['a refused photo alone', { troubled: 1 }, 'danger', '1 条没报上去，点开看原因'],
  [
    'a restored office',
    { ...unsent, toHandBack: 12, phase: 'hand-back' },
    'warn',
    '社区恢复了备份，正在补交 12 步'
  ],
  [
    'a restored office that waits for others, and new work',
    { ...unsent, records: 2, photos: 0, toHandBack: 12, outcome: 'away' },
    'warn',
    '2 条在本机，等信号'
  ],
  ['a file read in part', { ...unsent, halfRead: true }, 'danger', '救急文件没读完，点开再读一次'],
  ['set aside', { records: 1, setAside: 1 }, 'warn', '1 条社区暂时收不下，每天自动再试'],
  ['old', { records: 1, oldestDays: 2 }, 'danger', '有 2 天前的记录还没报上去，请尽快找信号'],
  ['signed out', { outcome: 'signed-out' }, 'warn', '登录已过期，点这里重新登录后上报'],
  [
    'signed out, old work',
    { records: 1, oldestDays: 1, outcome: 'signed-out' },
    'danger',
    '登录已过期，点这里重新登录后上报'
  ],
  ['another account', { outcome: 'account-mismatch' }, 'warn', '浏览器里登录的是另一个账号，点这里重新登录'],
  ['upgrade needed', { ...unsent, outcome: 'upgrade-needed' }, 'warn', '需要更新应用后才能上报'],
  ['an outdated tab', { outdated: true }, 'warn', '这个窗口已停用，请用新窗口'],
  ['a full store', { notSaved: true }, 'danger', '刚才那一步没有存下来，点开看怎么办'],
  ["others' work", { others: 2 }, 'warn', '这台平板上还有别的账号的 2 条没报上去'],
  ["others' old work", { others: 2, othersOldestDays: 3 }, 'danger', '别的账号有 2 条没报上去，最早 3 天前']
];

describe('what the line says', () => {
  test.each(table)('%s', (_, facts, tone, text) => {
    expect(line(facts)).toMatchObject({ tone, text });
  });

  test('says it in English too, with the same tone', () => {
    for (const [, facts, tone] of table) {
      const english = syncLine({ ...nothing, ...facts }, fieldWords.en);
      expect(english.tone).toBe(tone);
      expect(english.text).not.toMatch(/[\u4e00-\u9fff]/);
    }
  });
});

/** Every combination of these values. */
const values: { [Key in keyof SyncFacts]: SyncFacts[Key][] } = {
  records: [0, 2],
  photos: [0, 1],
  troubled: [0, 1],
  setAside: [0, 1],
  toHandBack: [0, 3],
  halfRead: [false, true],
  oldestDays: [0, 1],
  others: [0, 1],
  othersOldestDays: [0, 3],
  upload: [null],
  phase: ['idle', 'hand-back', 'texts', 'records', 'photos'],
  outcome: ['done', 'away', 'signed-out', 'account-mismatch', 'upgrade-needed', null],
  held: [false, true],
  justSaved: [false, true],
  hoursSinceContact: [null, 0, 3, 4, 100],
  outdated: [false, true],
  notSaved: [false, true]
};

function* combinations(keys = Object.keys(values) as (keyof SyncFacts)[]): Generator<Partial<SyncFacts>> {
  const [key, ...others] = keys;
  if (!key) yield {};
  else
    for (const rest of combinations(others)) for (const value of values[key]) yield { ...rest, [key]: value };
}

test('over all states: green if and only if nothing whatever is left', () => {
  let count = 0;
  for (const combination of combinations()) {
    const facts = combination as SyncFacts;
    const { records, photos, troubled, setAside, toHandBack, oldestDays, others } = facts;
    const { outcome, hoursSinceContact } = facts;
    const isAllThere =
      records + photos + troubled + setAside + toHandBack + oldestDays + others === 0 &&
      (outcome === 'done' || outcome === 'away' || outcome === null) &&
      hoursSinceContact !== null &&
      hoursSinceContact < 4 &&
      !facts.halfRead &&
      !facts.justSaved &&
      !facts.outdated &&
      !facts.notSaved;
    const shown = syncLine(facts, fieldWords.zh);
    if ((shown.tone === 'safe') !== isAllThere || (shown.text === '全部已到社区') !== isAllThere)
      expect.fail(`${JSON.stringify(facts)} says ${shown.text}`);
    count++;
  }
  expect(count).toBe(1_228_800);
});
