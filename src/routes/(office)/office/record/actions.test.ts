import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { issueFacts, newId } from '../../../../../tests/support/changes';
import { act, sessionOf } from '../../../../../tests/support/desk';
import { community, hire, openOffice, otherCommunity } from '../../../../../tests/support/office';
import type { Case } from '../../../../lib/domain/case';
import type { RecordId } from '../../../../lib/domain/ids';
import { maxTextLength, type Report } from '../../../../lib/domain/report';
import { loadRecords } from '../../../../lib/server/records/records';
import { recordActions } from './actions.server';

let office: Awaited<ReturnType<typeof openOffice>>;
beforeEach(async () => {
  office = await openOffice();
});
afterEach(() => office.close());

type Event = Parameters<typeof recordActions.comment>[0];
type Person = Awaited<ReturnType<typeof hire>>;

const hireOfficer = () => hire(office.store, '王丽', [{ role: 'communityOfficer', area: community }]);

function eventOf(person: Person, id: RecordId, request: Request): Event {
  return {
    locals: { store: office.store, session: sessionOf(person) },
    url: new URL(`http://x/office/inbox/${id}`),
    cookies: { get: () => undefined, set: () => undefined },
    params: { id },
    request
  } as unknown as Event;
}

/** What the form of an act answers. */
function submit(person: Person, id: RecordId, act: keyof typeof recordActions, fields: object = {}) {
  const body = new URLSearchParams(Object.entries(fields) as [string, string][]);
  return recordActions[act](eventOf(person, id, new Request('http://x/', { method: 'POST', body })));
}

async function recorded(person: Person, more: Parameters<typeof issueFacts>[1] = {}): Promise<RecordId> {
  const id = newId<RecordId>();
  await act(office.store, person, [{ kind: 'issue-recorded', facts: issueFacts(id, more) }]);
  return id;
}

const load = async (id: RecordId) =>
  (await loadRecords(office.store.connection, community, [id])).get(id) as Report;

test('an act is done when its form is here, however long that took', async () => {
  const wang = await hireOfficer();
  const id = await recorded(wang);
  let arrivedAt = '';
  const body = new ReadableStream({
    async pull(controller) {
      await pause(50);
      arrivedAt = new Date().toISOString();
      controller.enqueue(new TextEncoder().encode('words=好'));
      controller.close();
    }
  });
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  const request = new Request('http://x/', { method: 'POST', headers, body, duplex: 'half' } as RequestInit);
  expect(await recordActions.comment(eventOf(wang, id, request))).toEqual({ done: 'comment' });
  const report = await load(id);
  expect(arrivedAt).not.toBe('');
  expect(report.comments[0]!.at >= arrivedAt).toBe(true);
});

test('whoever acted on a record has seen it; whoever was refused is not noted for that', async () => {
  const wang = await hireOfficer();
  const id = await recorded(wang);
  expect(await submit(wang, id, 'reject', {})).toMatchObject({ status: 400 });
  expect((await load(id)).openedBy).toEqual([]);
  expect(await submit(wang, id, 'comment', { words: '好' })).toEqual({ done: 'comment' });
  expect((await load(id)).openedBy).toMatchObject([{ account: wang.account }]);
  expect(await submit(wang, id, 'accept')).toEqual({ done: 'accept' });
  expect((await load(id)).openedBy).toHaveLength(1);
});

describe('what does not fit a form', () => {
  const long = '长'.repeat(maxTextLength + 1);
  const unit = () => office.unit;
  const cases: [string, keyof typeof recordActions, () => object, object][] = [
    ['no reason', 'reject', () => ({}), { missing: 'words' }],
    ['blanks', 'reject', () => ({ words: ' \r\n\t　' }), { missing: 'words' }],
    ['a reason without end', 'reject', () => ({ words: long }), { code: 'text-too-long' }],
    ['nothing wanted', 'askDetail', () => ({}), { missing: 'words' }],
    ['a wish without end', 'askDetail', () => ({ words: long }), { code: 'text-too-long' }],
    ['no comment', 'comment', () => ({}), { missing: 'words' }],
    ['a comment without end', 'comment', () => ({ words: long }), { code: 'text-too-long' }],
    ['a comment to nobody', 'comment', () => ({ words: '好', to: '%' }), { code: 'malformed' }],
    ['no unit', 'dispatch', () => ({}), { missing: 'unit' }],
    ['a unit made of SQL', 'dispatch', () => ({ unit: "' OR 1=1 --" }), { missing: 'unit' }],
    ['a unit of nowhere', 'dispatch', () => ({ unit: newId() }), { code: 'unknown-unit' }],
    [
      'an instruction without end',
      'dispatch',
      () => ({ unit: unit(), words: long }),
      { code: 'text-too-long' }
    ],
    ['a result of nothing', 'handle', () => ({ words: '好了' }), { code: 'wrong-state' }],
    ['an empty result', 'handle', () => ({}), { missing: 'words' }],
    ['a result without end', 'handle', () => ({ words: long }), { code: 'text-too-long' }],
    ['a return of nothing', 'return', () => ({ words: '不归我们' }), { code: 'wrong-state' }],
    ['a return without reason', 'return', () => ({}), { missing: 'words' }],
    ['a check of nothing', 'pass', () => ({}), { code: 'wrong-state' }],
    ['a failed check of nothing', 'fail', () => ({ words: '还松' }), { code: 'wrong-state' }],
    ['a failed check without reason', 'fail', () => ({}), { missing: 'words' }],
    ['a close of nothing', 'close', () => ({}), { code: 'wrong-state' }],
    ['a remark without end', 'close', () => ({ words: long }), { code: 'text-too-long' }],
    ['needless without reason', 'drop', () => ({}), { missing: 'words' }],
    ['needless without a case', 'drop', () => ({ words: '重复' }), { code: 'wrong-state' }],
    ['solved where it was not', 'closeSolved', () => ({}), { code: 'wrong-state' }],
    ['told before there was anything to tell', 'tell', () => ({}), { code: 'wrong-state' }]
  ];

  test.each(cases)('%s is answered with a code and stores nothing', async (_, name, fields, said) => {
    const wang = await hireOfficer();
    const id = await recorded(wang);
    const before = await storedRecords();
    const answer = (await submit(wang, id, name, fields())) as { status: number; data: object };
    expect(answer.data).toMatchObject({ act: name, ...said });
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.status).toBeLessThan(500);
    expect(await storedRecords()).toEqual(before);
  });

  const storedRecords = () => office.store.connection.selectFrom('record').selectAll().execute();

  test('a text as long as its field takes is not too long for its line ends', async () => {
    const wang = await hireOfficer();
    const id = await recorded(wang);
    const words = `${'长'.repeat(maxTextLength - 2)}\n尾`;
    const sent = { words: words.replaceAll('\n', '\r\n') };
    expect(await submit(wang, id, 'comment', sent)).toEqual({ done: 'comment' });
    expect((await load(id)).comments[0]!.text).toBe(words);
  });
});

describe('linking by number', () => {
  const number = '李平-1120-03';
  async function two() {
    const wang = await hireOfficer();
    return { wang, id: await recorded(wang), otherId: await recorded(wang, { number, text: '同一盏灯' }) };
  }

  test('finds a record by its own number or its case’s, however it was typed, and links the two', async () => {
    const { wang, id, otherId } = await two();
    for (const typed of [number, ` ${number} `, '李平－１１２０－０３'])
      expect(await submit(wang, id, 'findToLink', { number: typed })).toMatchObject({
        link: { found: [{ id: otherId, number, text: '同一盏灯', status: 'reported' }] }
      });
    await submit(wang, otherId, 'accept');
    const { caseId } = await load(otherId);
    const work = (await loadRecords(office.store.connection, community, [caseId!])).get(caseId!) as Case;
    expect(await submit(wang, id, 'findToLink', { number: work.number })).toMatchObject({
      link: { found: [{ id: otherId, status: 'accepted' }] }
    });
    expect((await load(id)).linkedIds).toEqual([]);
    expect(await submit(wang, id, 'link', { number, otherId })).toEqual({ link: { done: true } });
    expect([(await load(id)).linkedIds, (await load(otherId)).linkedIds]).toEqual([[otherId], [id]]);
    const again = { number, otherId };
    expect(await submit(wang, id, 'link', again)).toMatchObject({
      status: 409,
      data: { link: { code: 'already-exists' } }
    });
  });

  test('a number that is none, and an id that was forged, are told so and store nothing', async () => {
    const { wang, id, otherId } = await two();
    const chen = await hire(office.store, '陈蓉', [{ role: 'communityOfficer', area: otherCommunity }]);
    const abroad = newId<RecordId>();
    const facts = issueFacts(abroad, { number: '邓刚-1120-01', ownerGridCode: `${otherCommunity}001` });
    await act(office.store, chen, [{ kind: 'issue-recorded', facts }], undefined, otherCommunity);
    const patrol = newId<RecordId>();
    const answers: [keyof typeof recordActions, object, string][] = [
      ['findToLink', {}, 'empty'],
      ['findToLink', { number: '  ' }, 'empty'],
      ['findToLink', { number: '长'.repeat(5_000) }, 'not-found'],
      ['findToLink', { number: '李平' }, 'not-found'],
      ['findToLink', { number: '%' }, 'not-found'],
      ['findToLink', { number: '邓刚-1120-01' }, 'not-found'],
      ['findToLink', { number: issueFacts(id).number }, 'itself'],
      ['link', {}, 'not-found'],
      ['link', { otherId: 'x' }, 'not-found'],
      ['link', { otherId: abroad }, 'not-found'],
      ['link', { otherId: patrol }, 'not-found'],
      ['link', { otherId: id }, 'itself']
    ];
    for (const [name, fields, code] of answers) {
      const answer = await submit(wang, id, name, fields);
      expect([name, fields, answer]).toMatchObject([name, fields, { data: { link: { code } } }]);
      expect((answer as { status: number }).status).toBeGreaterThanOrEqual(400);
    }
    const street = await hire(office.store, '赵敏', [{ role: 'streetOfficer', area: '510108011' }]);
    for (const name of ['findToLink', 'link'] as const)
      expect(await submit(street, id, name, { number, otherId })).toMatchObject({
        status: 403,
        data: { link: { code: 'not-granted' } }
      });
    expect(await load(id)).toMatchObject({ linkedIds: [], version: 1 });
    expect(await load(otherId)).toMatchObject({ linkedIds: [], version: 1 });
  });
});

describe('what is 仅社区可见', () => {
  test('goes to a unit only after a deliberate tick', async () => {
    const wang = await hireOfficer();
    const id = await recorded(wang, { communityOnly: true });
    const form = { unit: office.unit, words: '请上门' };
    for (const agreed of [{}, { agreed: '' }])
      expect(await submit(wang, id, 'dispatch', { ...form, ...agreed })).toMatchObject({
        status: 400,
        data: { act: 'dispatch', missing: 'agreed', words: '请上门', unit: office.unit }
      });
    expect(await submit(wang, id, 'dispatch', { ...form, agreed: 'perhaps' })).toMatchObject({ status: 400 });
    expect(await load(id)).toMatchObject({ state: 'reported', version: 1 });
    expect(await submit(wang, id, 'dispatch', { ...form, agreed: 'yes' })).toEqual({ done: 'dispatch' });
    expect(await load(id)).toMatchObject({ state: 'accepted' });
  });

  test('and what is not needs none', async () => {
    const wang = await hireOfficer();
    const id = await recorded(wang);
    expect(await submit(wang, id, 'dispatch', { unit: office.unit })).toEqual({ done: 'dispatch' });
  });
});
