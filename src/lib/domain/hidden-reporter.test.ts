import { expect, test } from 'vitest';
import type { Case } from './case';
import { caseForUnit, historyWithoutReporter } from './hidden-reporter';
import type { HistoryEntry } from './history';
import type { AccountId } from './ids';
import type { AttachedPhoto } from './photo';
import type { Issue } from './report';

const id = (last: number) => `01932c4f-0000-7000-8000-${String(last).padStart(12, '0')}` as never;
const reporter = id(1) as AccountId;
const officer = id(2) as AccountId;
const handler = id(3) as AccountId;
const unit = id(4);
const otherUnit = id(5);
const at = '2026-11-20T01:00:00.000Z';

const photo: AttachedPhoto = {
  id: id(20),
  mime: 'image/jpeg',
  bytes: 10,
  sha256: 'a'.repeat(64) as never,
  source: 'camera',
  stage: 'before',
  previewable: true,
  exif: { camera: '李平的平板' },
  author: reporter,
  at
};

const issue: Issue = {
  id: id(10),
  kind: 'issue',
  community: '510108011007',
  ownerGridCode: '510108011007001',
  author: reporter,
  version: 4,
  at,
  number: '李平-1120-01',
  place: { source: 'building', buildingCode: '51010801100700101001', words: '健身区' },
  text: '健身器材螺丝松动',
  photoIds: [id(20)],
  voiceIds: [],
  photos: [photo],
  voices: [],
  solvedOnSpot: false,
  communityOnly: false,
  state: 'accepted',
  caseId: id(11),
  linkedIds: [],
  followUps: [{ id: id(30), author: reporter, at, whom: '张师傅', channel: 'call', promise: '李平 已催' }],
  comments: [{ id: id(31), author: reporter, at, text: '李平：请快一点' }],
  openedBy: [{ account: officer, at }],
  categoryCode: 'C01',
  publicFacility: true,
  quickReport: false,
  answers: { state: 'loose' }
};

const work: Case = {
  id: id(11),
  kind: 'case',
  community: issue.community,
  ownerGridCode: issue.ownerGridCode,
  author: officer,
  version: 5,
  at,
  receivedAt: at,
  number: '长天路-2026-0001',
  subjectId: issue.id,
  reporter,
  afterPhoto: 'suggested',
  communityOnly: false,
  state: 'rework',
  unit,
  instruction: '请紧固',
  returns: [{ author: id(6), at, reason: '不归我们' }],
  checks: [{ author: reporter, at, passed: false, words: '还是松' }],
  photos: [],
  comments: [{ id: id(32), author: reporter, at, text: '李平在现场等' }]
};

let count = 100;
const entry = (
  kind: HistoryEntry['kind'],
  author: AccountId,
  facts: Record<string, unknown> = {}
): HistoryEntry => ({
  id: id(count++),
  kind,
  at,
  receivedAt: at,
  author,
  authorName: author === reporter ? '李平' : author === officer ? '王丽' : '张师傅',
  facts: { recordId: work.id, subjectId: issue.id, ...facts }
});

const history = [
  entry('case-dispatched', officer, { unit: otherUnit, instruction: '先给别家' }),
  entry('case-returned', id(6), { reason: '不归我们' }),
  entry('case-dispatched', officer, { unit, instruction: '请紧固' }),
  entry('comment-added', reporter, { text: '李平在现场等' }),
  entry('photo-attached', reporter, { photo }),
  entry('case-handled', handler, { text: '已紧固' }),
  entry('case-checked', reporter, { passed: false, words: '还是松' })
];

test('a unit reads its case and nothing that says who reported it', () => {
  const shown = caseForUnit(work, issue, history, new Map([[handler, '张师傅']]));
  expect(shown).toMatchObject({
    number: '长天路-2026-0001',
    text: '健身器材螺丝松动',
    subjectCode: 'C01',
    instruction: '请紧固',
    answers: { state: 'loose' }
  });
  expect(shown.photos.map((one) => one.id)).toEqual([photo.id]);
  const sent = JSON.stringify(shown);
  expect(sent).not.toContain('李平');
  expect(sent).not.toContain(reporter);
  expect(sent).not.toContain('"author"');
  expect(sent).not.toContain(issue.id);
});

test('a unit reads no telephone number that somebody wrote into a report, and those that the office tells it', () => {
  const phone = '139 8765 0421';
  const place = { source: 'none' as const, words: `门口，${phone}` };
  const told = { ...issue, place, text: `联系电话${phone}`, answers: { who: phone } };
  const comment = (author: AccountId, last: number) =>
    ({ ...history[0], id: id(last), kind: 'comment-added', author, facts: { text: phone } }) as HistoryEntry;
  const entries = [...history, comment(officer, 98), comment(handler, 99)];
  const sent = { ...work, instruction: `物业前台 ${phone}` };
  const shown = caseForUnit(sent, told, entries, new Map([[handler, '张师傅']]));
  expect(shown).toMatchObject({
    text: '联系电话***',
    place: { words: '门口，***' },
    answers: { who: '***' },
    instruction: sent.instruction
  });
  const comments = shown.history.filter(({ kind }) => kind === 'comment-added');
  expect(comments.map(({ by, facts }) => [by, facts.text])).toEqual([
    ['office', '***'],
    ['unit', phone]
  ]);
});

test('a unit is told that there is a voice note, and nothing else of it', () => {
  const voice = { ...photo, seconds: 77, id: id(21) };
  const shown = (more: Partial<Issue>) => caseForUnit(work, { ...issue, ...more }, [], new Map());
  expect(shown({}).hasVoices).toBe(false);
  expect(shown({ voiceIds: [id(21)] }).hasVoices).toBe(true);
  expect(shown({ voices: [voice] }).hasVoices).toBe(true);
  expect(JSON.stringify(shown({ voiceIds: [id(21)], voices: [voice] }))).not.toContain(id(21));
});

test('a unit is told whose grid a record without a position belongs to, and no more', () => {
  const grid = (place: Issue['place']) => caseForUnit(work, { ...issue, place }, [], new Map()).gridCode;
  expect(grid({ source: 'none' })).toBe('510108011007001');
  expect(grid({ source: 'gps', gridCode: '510108011007004' })).toBe('510108011007004');
});

test('a unit reads what happened while the case lay with it; a check is the office’s, a result its own', () => {
  const shown = caseForUnit(work, issue, history, new Map([[handler, '张师傅']]));
  expect(shown.history.map(({ kind, by, authorName }) => [kind, by, authorName])).toEqual([
    ['case-dispatched', 'office', undefined],
    ['case-handled', 'unit', '张师傅'],
    ['case-checked', 'office', undefined]
  ]);
  expect(shown.history.at(-1)!.facts).toEqual({ passed: false, words: '还是松' });
});

test('what a restored office got back later is told in its old place: no reason of another unit', () => {
  const times = history.map((one, index) => ({ ...one, receivedAt: at.replace('01:00', `01:0${index}`) }));
  const [first, returned, ...rest] = times;
  const shown = caseForUnit(work, issue, [first!, ...rest, returned!], new Map());
  expect(JSON.stringify(shown)).not.toContain('不归我们');
});

test('a reporter who also belongs to the unit stays unnamed', () => {
  const shown = caseForUnit(work, issue, history, new Map([[reporter, '李平']]));
  expect(JSON.stringify(shown)).not.toContain('李平');
});

test('the street reads who acted, but not who reported', () => {
  const shown = historyWithoutReporter(history, reporter);
  expect(shown).toHaveLength(history.length);
  expect(shown.at(-1)).toMatchObject({ by: 'worker' });
  expect(shown.at(-1)!.authorName).toBeUndefined();
  expect(shown[0]).toMatchObject({ by: 'office', authorName: '王丽' });
  expect(JSON.stringify(shown.map(({ facts: _, ...line }) => line))).not.toContain(reporter);
});

test('neither the street nor a unit learns who carried what a worker wrote', () => {
  const carried = history.map((entry) => ({ ...entry, carriedBy: officer, carriedByName: '王丽代交' }));
  const toStreet = historyWithoutReporter(carried, reporter);
  const toUnit = caseForUnit(work, issue, carried, new Map([[handler, '张师傅']]));
  expect(JSON.stringify([toStreet, toUnit])).not.toMatch(/carried|代交/);
});
