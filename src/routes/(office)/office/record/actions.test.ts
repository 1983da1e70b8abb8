import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { issueFacts, newId } from '../../../../../tests/support/changes';
import { act, sessionOf } from '../../../../../tests/support/desk';
import { community, hire, openOffice } from '../../../../../tests/support/office';
import type { RecordId } from '../../../../lib/domain/ids';
import type { Report } from '../../../../lib/domain/report';
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
