import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
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

test('an act is done when its form is here, however long that took', async () => {
  const wang = await hire(office.store, '王丽', [{ role: 'communityOfficer', area: community }]);
  const id = newId<RecordId>();
  await act(office.store, wang, [{ kind: 'issue-recorded', facts: issueFacts(id) }]);
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
  const event = {
    locals: { store: office.store, session: sessionOf(wang) },
    url: new URL(`http://x/office/inbox/${id}`),
    cookies: { get: () => undefined, set: () => undefined },
    params: { id },
    request
  } as unknown as Parameters<typeof recordActions.comment>[0];
  expect(await recordActions.comment(event)).toEqual({ done: 'comment' });
  const report = (await loadRecords(office.store.connection, community, [id])).get(id) as Report;
  expect(arrivedAt).not.toBe('');
  expect(report.comments[0]!.at >= arrivedAt).toBe(true);
});
