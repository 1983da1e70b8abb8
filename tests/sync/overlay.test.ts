import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { withdrawTrouble } from '../../src/lib/data/give-up';
import { recordAct } from '../../src/lib/data/record';
import type { ChangeKindName, FactsOf } from '../../src/lib/domain/changes';
import type { RecordId } from '../../src/lib/domain/ids';
import type { Issue, Need } from '../../src/lib/domain/report';
import { pull } from '../../src/lib/sync/pull';
import { push } from '../../src/lib/sync/push';
import { rebase } from '../../src/lib/sync/rebase';
import { newId } from '../support/changes';
import { community, gridOne, hire, openOffice } from '../support/office';
import { onePlaceEach } from '../support/places';
import { openTablet } from '../support/tablet';
import { officeViewFor, tabletView } from '../support/views';

type Tablet = Awaited<ReturnType<typeof openTablet>>;
let office: Awaited<ReturnType<typeof openOffice>>;
let li: Tablet;
let zhao: Tablet;
let wang: Tablet;
const people = new Map<Tablet, Awaited<ReturnType<typeof hire>>>();
let nowMs = Date.parse('2026-11-20T01:00:00.000Z');
const now = () => (nowMs += 10);

beforeEach(async () => {
  office = await openOffice();
  const staff = [
    await hire(office.store, '李平', [{ role: 'gridWorker', area: gridOne }]),
    await hire(office.store, '小赵', [{ role: 'gridWorker', area: gridOne }]),
    await hire(office.store, '王丽', [{ role: 'communityOfficer', area: community }])
  ];
  const tablets = [];
  for (const person of staff) {
    const tablet = await openTablet(office.store, person, now);
    people.set(tablet, person);
    tablets.push(tablet);
  }
  [li, zhao, wang] = tablets as [Tablet, Tablet, Tablet];
});
afterEach(() => office.close());

async function save(tablet: Tablet, draft: Parameters<Tablet['save']>[0] = {}): Promise<RecordId> {
  const known = new Set(await tablet.database.records.toCollection().primaryKeys());
  await tablet.save({ text: '原文', ...draft }, gridOne);
  return (await tablet.database.records.toCollection().primaryKeys()).find((id) => !known.has(id))!;
}

async function act<Kind extends ChangeKindName>(
  tablet: Tablet,
  kind: Kind,
  recordId: RecordId,
  facts: Omit<FactsOf<Kind>, 'recordId'>
) {
  const whole = { recordId, ...facts } as unknown as FactsOf<Kind> & { recordId: RecordId };
  expect(await recordAct(tablet.author, kind, whole, tablet.at())).toEqual({ verdict: 'allowed' });
}
const comment = (tablet: Tablet, id: RecordId, text: string) => act(tablet, 'comment-added', id, { text });
const toText = (tablet: Tablet, id: RecordId, from: string, to: string) =>
  act(tablet, 'report-amended', id, { edits: { text: { from, to } } });

/** Sends the oldest change and no other. */
async function pushOne(tablet: Tablet): Promise<void> {
  let requests = 0;
  tablet.link.weather = () => (requests++ ? 'lost' : 'fair');
  await push(tablet.context, { characters: 1, changes: 1 });
  tablet.link.weather = () => 'fair';
}
const record = async (tablet: Tablet, id: RecordId) => (await tablet.database.records.get(id))?.record;
const issueOn = async (tablet: Tablet, id: RecordId) => (await record(tablet, id)) as Issue;
const commentsOn = async (tablet: Tablet, id: RecordId) =>
  (await issueOn(tablet, id)).comments.map(({ text }) => text);

/** The tablet shows the office's records, each as the office has it, and nothing is left lying about. */
async function showsTheOffice(tablet: Tablet): Promise<void> {
  await onePlaceEach(tablet.database);
  const person = people.get(tablet)!;
  expect(await tabletView(tablet.database)).toEqual(await officeViewFor(office.store, person, tablet.at()));
  expect(await tablet.database.bases.count()).toBe(0);
}

test('what an officer did to a case in one go is shown as the office has it, number, limit and all', async () => {
  const issue = await save(li);
  await li.sync();
  await wang.sync();
  const work = newId<RecordId>();
  await act(wang, 'case-opened', work, { subjectId: issue, afterPhoto: 'no' });
  await comment(wang, work, '请尽快');
  await act(wang, 'case-dispatched', work, { unit: office.unit, instruction: '请紧固' });
  await act(wang, 'case-handled', work, { text: '已紧固' });
  await comment(wang, issue, '在办');
  await wang.sync();
  expect(await record(wang, work)).toMatchObject({
    state: 'handled',
    number: '长天路-2026-0001',
    comments: [{}]
  });
  await showsTheOffice(wang);
});

test('changes sent one by one keep the later ones on top, with what others did in between', async () => {
  const issue = await save(li);
  await comment(li, issue, '一');
  await toText(li, issue, '原文', '改过');
  await comment(li, issue, '二');
  const seen = ['一', '二'];
  for (let sent = 1; sent <= 4; sent++) {
    await pushOne(li);
    await wang.sync();
    await comment(wang, issue, `社区 ${sent}`);
    await wang.sync();
    await pull(li.context, community);
    expect(await issueOn(li, issue)).toMatchObject({ text: '改过' });
    expect((await commentsOn(li, issue)).filter((text) => !text.startsWith('社区'))).toEqual(seen);
    expect((await commentsOn(li, issue)).filter((text) => text.startsWith('社区'))).toHaveLength(sent);
    const open = (await onePlaceEach(li.database)).filter((place) => place !== 'accepted');
    expect(open).toHaveLength(4 - sent);
  }
  await li.sync();
  await showsTheOffice(li);
});

describe('a refusal in the middle', () => {
  test('takes its own effect back and no other’s', async () => {
    const issue = await save(li);
    await li.sync();
    await wang.sync();
    await act(wang, 'report-rejected', issue, { reason: '重复' });
    await comment(li, issue, '一');
    await toText(li, issue, '原文', '改过');
    await comment(li, issue, '二');
    await wang.sync();
    await li.sync();
    expect(await onePlaceEach(li.database)).toEqual(['accepted', 'accepted', 'refused', 'accepted']);
    expect(await issueOn(li, issue)).toMatchObject({ text: '原文', state: 'rejected' });
    expect(await commentsOn(li, issue)).toEqual(['一', '二']);
    await showsTheOffice(li);
  });

  test('leaves the record such that the next change lies over the office’s version again', async () => {
    const issue = await save(li);
    await li.sync();
    await wang.sync();
    await act(wang, 'report-rejected', issue, { reason: '重复' });
    await wang.sync();
    await toText(li, issue, '原文', '改过');
    await li.sync();
    li.link.rewrite = (line) => line.replace('"shape":1', '"shape":2');
    await comment(li, issue, '新版本写的');
    await li.sync();
    expect(await commentsOn(li, issue)).toEqual(['新版本写的']);
    const [, , row] = await li.database.outbox.orderBy('order').toArray();
    await withdrawTrouble(li.database, row!.id, (bases, unsent) => rebase(bases, unsent, li.author.rulesOf));
    expect(await commentsOn(li, issue)).toEqual([]);
    await showsTheOffice(li);
  });
});

describe('a change over two records', () => {
  test('stays in sight when only one of them comes', async () => {
    const need = await save(li, { kind: 'need', needTypeCode: 'N01' });
    await li.sync();
    await wang.sync();
    const work = newId<RecordId>();
    await act(wang, 'case-opened', work, { subjectId: need, afterPhoto: 'no' });
    const words = '家属已取药';
    await act(wang, 'case-closed', work, { subjectId: need, how: 'noLongerNeeded', words });
    await wang.sync();
    await li.sync();
    await act(li, 'resident-told', need, { caseId: work, words: '已告知' });
    await comment(wang, need, '谢谢');
    await wang.sync();
    await pull(li.context, community);
    expect(((await record(li, need)) as Need).told).toMatchObject({ words: '已告知' });
    expect(((await record(li, need)) as Need).comments).toHaveLength(1);
    await li.sync();
    await showsTheOffice(li);
  });

  test.each([1, 100])(
    'between a new record and one of the office’s is kept on both, by pushes of %i',
    async (size) => {
      const old = await save(li);
      await li.sync();
      const fresh = await save(li);
      await act(li, 'reports-linked', fresh, { otherId: old });
      await push(li.context, { characters: 1_000_000, changes: size });
      expect(await issueOn(li, old)).toMatchObject({ linkedIds: [fresh] });
      expect(await issueOn(li, fresh)).toMatchObject({ linkedIds: [old] });
      await showsTheOffice(li);
    }
  );
});

describe('a record that leaves the account’s sight', () => {
  const hide = (id: RecordId, from: boolean) =>
    act(li, 'report-amended', id, { edits: { communityOnly: { from, to: !from } } });

  test('stays while there is unsent work on it, and goes when that is settled', async () => {
    const issue = await save(li);
    await li.sync();
    await zhao.sync();
    await comment(zhao, issue, '我也看到了');
    await hide(issue, false);
    await li.sync();
    await pull(zhao.context, community);
    expect(await commentsOn(zhao, issue)).toEqual(['我也看到了']);
    await zhao.sync();
    expect(await onePlaceEach(zhao.database)).toEqual(['refused']);
    await showsTheOffice(zhao);
  });

  test('stays for good if it comes back in the meantime', async () => {
    const issue = await save(li);
    await li.sync();
    await zhao.sync();
    await comment(zhao, issue, '我也看到了');
    await hide(issue, false);
    await li.sync();
    await pull(zhao.context, community);
    await hide(issue, true);
    await li.sync();
    await zhao.sync();
    expect(await onePlaceEach(zhao.database)).toEqual(['accepted']);
    expect(await commentsOn(zhao, issue)).toEqual(['我也看到了']);
    await zhao.sync();
    await showsTheOffice(zhao);
  });
});

test.each([1, 100])(
  'work whose answers were lost is not doubled by a pull of everything, by pushes of %i',
  async (size) => {
    const issue = await save(li);
    for (const text of ['一', '二', '三']) await comment(li, issue, text);
    li.link.weather = () => 'answer-lost';
    await push(li.context, { characters: 1_000_000, changes: 100 });
    li.link.weather = () => 'fair';
    await pull(li.context, community);
    expect(await commentsOn(li, issue)).toContain('三');
    await push(li.context, { characters: 1_000_000, changes: size });
    expect(await commentsOn(li, issue)).toEqual(['一', '二', '三']);
    await showsTheOffice(li);
  }
);
