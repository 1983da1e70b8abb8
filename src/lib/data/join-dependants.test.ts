import { expect, test } from 'vitest';
import type { ChangeId, RecordId } from '../domain/ids';
import type { Trouble } from './database';
import { joinDependants } from './join-dependants';
import type { UnsentItem } from './outbox';

function item(record: string, ...changes: [string, Trouble['status']?, string?][]): UnsentItem {
  return {
    recordId: record as RecordId,
    changes: changes.map(([id, status, dependsOn]) => ({
      id: id as ChangeId,
      kind: 'comment-added',
      at: '',
      body: '',
      trouble: status && ({ status, dependsOn } as Trouble)
    }))
  };
}
const told = (items: UnsentItem[]) =>
  items.map(({ recordId, changes }) => [recordId, changes.map(({ id }) => id)]);

test('what waits for a refused change stands with it, through any number of steps', () => {
  const items = [
    item('far', ['3', 'depends-on', '2']),
    item('refused', ['1', 'refused'], ['1b', 'depends-on', '1']),
    item('near', ['2', 'depends-on', '1']),
    item('free', ['4'])
  ];
  expect(told(joinDependants(items))).toEqual([
    ['refused', ['3', '1', '1b', '2']],
    ['free', ['4']]
  ]);
});

test('what waits for something that is only late, or was given up, stands for itself', () => {
  const items = [
    item('late', ['1', 'deferred']),
    item('waits', ['2', 'depends-on', '1']),
    item('orphan', ['3', 'depends-on', 'gone']),
    item('round', ['4', 'depends-on', '5']),
    item('and round', ['5', 'depends-on', '4'])
  ];
  expect(joinDependants(items)).toEqual(items);
});
