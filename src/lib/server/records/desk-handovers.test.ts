import { afterAll, beforeAll, expect, test } from 'vitest';
import { changeOf, newId } from '../../../../tests/support/changes';
import { community, gridOne, otherCommunity } from '../../../../tests/support/codes';
import { by, issueBy, now, openCounter, type Counter } from '../../../../tests/support/counter';
import { hire } from '../../../../tests/support/office';
import type { Actor, Grant } from '../../domain/grant';
import type { PageMark } from './desk';
import { listHandovers } from './desk-handovers';
import { listReports } from './desk-reports';

let office: Counter;
const read = (actor: Actor, size = 10, after?: PageMark) =>
  listHandovers({ store: office.store, actor, community, now }, size, after);
const employ = (role: Grant['role'], area: string, more: Partial<Grant> = {}) =>
  hire(office.store, role, [{ role, area, ...more }]);

beforeAll(async () => {
  office = await openCounter();
  const { li } = office;
  const lamp = issueBy(li);
  const given = [1, 2, 3].map((number) =>
    changeOf(
      'shift-handed-over',
      {
        recordId: newId(),
        ownerGridCode: gridOne,
        note: `第 ${number} 份`,
        itemIds: [lamp.facts.recordId, newId()]
      },
      by(li, number)
    )
  );
  await office.send(li, [lamp, ...given]);
});
afterAll(() => office.close());

test('the office reads handovers, newest first and page by page, with the items that are there', async () => {
  const first = await read(office.wang, 2);
  const second = await read(office.wang, 2, first.next);
  const notes = [...first.rows, ...second.rows].map(({ handover }) => handover.note);
  expect(notes).toEqual(['第 3 份', '第 2 份', '第 1 份']);
  expect(second.next).toBeUndefined();
  for (const { items } of first.rows) expect(items).toHaveLength(1);
});

test('they stand in no other list, and are nobody else’s at a desk', async () => {
  const others = [
    await employ('streetOfficer', community.slice(0, 9)),
    await employ('unitHandler', community, { unit: office.unit }),
    await employ('admin', community),
    await employ('microGridWorker', gridOne),
    await employ('communityOfficer', otherCommunity)
  ];
  for (const actor of others) expect((await read(actor)).rows).toEqual([]);
  const reading = { store: office.store, actor: office.wang, community, now };
  const reports = await listReports(reading, { states: ['reported', 'accepted'] }, 10);
  expect(reports.rows.map(({ report }) => report.kind)).toEqual(['issue']);
});
