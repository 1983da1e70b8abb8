import { afterEach, beforeEach, expect, test } from 'vitest';
import { commentOn, issueBy, openCounter, outcomesOf, type Counter } from '../../../../tests/support/counter';

let office: Counter;
beforeEach(async () => {
  office = await openCounter();
});
afterEach(() => office.close());

test.each([1, 4, 21, 85, 200])(
  '%i changes at once are all stored, new records and known ones',
  async (count) => {
    const { li } = office;
    const issues = Array.from({ length: count }, () => issueBy(li));
    expect(outcomesOf(await office.send(li, issues))).toEqual(Array(count).fill('accepted'));
    const comments = issues.map(({ facts }, index) => commentOn(facts.recordId, li, `第 ${index} 句`));
    expect(outcomesOf(await office.send(li, comments))).toEqual(Array(count).fill('accepted'));
    const log = await office.log();
    expect(log.map(({ id }) => id)).toEqual([...issues, ...comments].map(({ id }) => id));
    for (const [index, { facts }] of issues.entries())
      expect(await office.recordOf(facts.recordId)).toMatchObject({
        version: 2,
        comments: [{ text: `第 ${index} 句` }]
      });
  }
);
