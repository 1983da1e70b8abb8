import { afterEach, beforeEach, describe, expect, it, test, vi } from 'vitest';
import { caseStory, changeOf, issueFacts, newId } from '../../../tests/support/changes';
import { community, gridTwo, otherCommunity } from '../../../tests/support/codes';
import {
  by,
  commentOn,
  issueBy,
  openCounter,
  outcomesOf,
  type Counter
} from '../../../tests/support/counter';
import { caseOpened } from '../domain/changes/case-opened';
import { commentAdded } from '../domain/changes/comment-added';
import type { RecordId } from '../domain/ids';
import { saveItems } from './records/reference';
import { starterCategories } from './starter/categories';

let office: Counter;
beforeEach(async () => {
  office = await openCounter();
});
afterEach(() => {
  vi.restoreAllMocks();
  return office.close();
});

describe('dependants', () => {
  it('of a refused record wait for it, in this request and in later ones, until it is recorded anew', async () => {
    const { li } = office;
    const refused = issueBy(li, { ownerGridCode: gridTwo });
    const { recordId } = refused.facts;
    const comment = commentOn(recordId, li);
    const onIt = { status: 'depends-on', on: refused.id };
    expect((await office.send(li, [refused, comment]))[1]).toEqual(onIt);
    expect(await office.send(li, [comment])).toEqual([onIt]);
    const corrected = changeOf('issue-recorded', issueFacts(recordId), by(li));
    expect(outcomesOf(await office.send(li, [corrected]))).toEqual(['accepted']);
    expect(outcomesOf(await office.send(li, [comment]))).toEqual(['accepted']);
  });

  it('of somebody else’s refused record do not wait for what only its author decides', async () => {
    const { li, wang } = office;
    const refused = issueBy(li, { ownerGridCode: gridTwo });
    const comment = commentOn(refused.facts.recordId, wang);
    await office.send(li, [refused]);
    expect(await office.send(wang, [comment])).toMatchObject([
      { status: 'refused', refusal: { code: 'unknown-record' } }
    ]);
  });

  it('of dependants wait as well', async () => {
    const { wang } = office;
    const refused = issueBy(wang, { ownerGridCode: `${otherCommunity}001` });
    const caseId = newId<RecordId>();
    const opened = changeOf(
      'case-opened',
      { recordId: caseId, subjectId: refused.facts.recordId, afterPhoto: 'no' },
      by(wang)
    );
    const receipts = await office.send(wang, [refused, opened, commentOn(caseId, wang)]);
    expect(receipts.slice(1)).toEqual([
      { status: 'depends-on', on: refused.id },
      { status: 'depends-on', on: opened.id }
    ]);
  });

  it('on two records keep the order of both', async () => {
    const { li } = office;
    const there = issueBy(li);
    const refused = issueBy(li, { ownerGridCode: gridTwo });
    const { recordId } = there.facts;
    const linked = changeOf('reports-linked', { recordId, otherId: refused.facts.recordId }, by(li));
    const receipts = await office.send(li, [there, refused, linked, commentOn(recordId, li)]);
    const onIt = { status: 'depends-on', on: refused.id };
    expect(receipts.slice(2)).toEqual([onIt, onIt]);
  });

  it('of a refusal about a record that is there do not wait', async () => {
    const { li } = office;
    const issue = issueBy(li);
    const { recordId } = issue.facts;
    const again = changeOf('issue-recorded', issueFacts(recordId), by(li));
    const rejected = changeOf('report-rejected', { recordId, reason: '?' }, by(li));
    const receipts = await office.send(li, [issue, again, rejected, commentOn(recordId, li)]);
    expect(outcomesOf(receipts)).toEqual(['accepted', 'already-exists', 'not-granted', 'accepted']);
  });
});

describe('a change that makes the server fail', () => {
  /** Poisons the comments that say so. */
  function poison(step: 'allow' | 'apply', word: string) {
    const lawful: Record<typeof step, (...input: never[]) => unknown> = { ...commentAdded };
    vi.spyOn(commentAdded, step).mockImplementation(((...input: Parameters<typeof commentAdded.allow>) => {
      if (input[0].text === word) throw new Error('poisoned');
      return lawful[step](...(input as unknown as never[]));
    }) as never);
  }

  test.each(['allow', 'apply'] as const)('in %s is deferred alone; what waits for it waits', async (step) => {
    const { li } = office;
    poison(step, '毒');
    const [issue, other] = [issueBy(li), issueBy(li)];
    const { recordId } = issue.facts;
    const bad = commentOn(recordId, li, '毒');
    const batch = [issue, bad, commentOn(recordId, li, '后面'), other, commentOn(other.facts.recordId, li)];
    const receipts = await office.send(li, batch);
    expect(outcomesOf(receipts)).toEqual(['accepted', 'deferred', 'depends-on', 'accepted', 'accepted']);
    expect(receipts[2]).toEqual({ status: 'depends-on', on: bad.id });
    vi.restoreAllMocks();
    expect(outcomesOf(await office.send(li, batch))).toEqual(Array(5).fill('accepted'));
    expect(await office.recordOf(recordId)).toMatchObject({ comments: [{ text: '毒' }, { text: '后面' }] });
  });

  it('holds up its record over the 200 changes of one transaction', async () => {
    const { li } = office;
    poison('apply', '毒');
    const issue = issueBy(li);
    const bad = commentOn(issue.facts.recordId, li, '毒');
    const others = Array.from({ length: 210 }, () => issueBy(li));
    const receipts = await office.send(li, [issue, bad, ...others, commentOn(issue.facts.recordId, li)]);
    expect(receipts.at(-1)).toEqual({ status: 'depends-on', on: bad.id });
  });

  it('for want of a sound limit is deferred alone, and goes through once the category is mended', async () => {
    const { li, wang } = office;
    const limitOf = (count: number) =>
      saveItems(
        office.store,
        community,
        'category',
        starterCategories.map((item) => ({
          code: item.code,
          item: { ...item, limit: { count, unit: 'day' } }
        }))
      );
    await limitOf(1e300);
    const { recorded, opened, dispatched } = caseStory();
    await office.send(li, [{ ...recorded, ...by(li) }]);
    const facts = { ...dispatched.facts, unit: office.unit };
    const batch = [
      { ...opened, ...by(wang) },
      changeOf('case-dispatched', facts, by(wang, 1)),
      commentOn(recorded.facts.recordId, wang, '好', 2)
    ];
    expect(outcomesOf(await office.send(wang, batch))).toEqual(['accepted', 'deferred', 'accepted']);
    await limitOf(3);
    expect(outcomesOf(await office.send(wang, batch))).toEqual(Array(3).fill('accepted'));
    expect(await office.recordOf(facts.recordId)).toMatchObject({ dueAt: '2026-11-23T02:00:00.000Z' });
  });

  it('takes no case number with it', async () => {
    const { li, wang } = office;
    const [spoilt, sound] = [caseStory(), caseStory()];
    await office.send(
      li,
      [spoilt, sound].map(({ recorded }) => ({ ...recorded, ...by(li) }))
    );
    vi.spyOn(caseOpened, 'apply').mockImplementationOnce(() => {
      throw new Error('poisoned');
    });
    const batch = [spoilt, sound].map(({ opened }) => ({ ...opened, ...by(wang) }));
    expect(outcomesOf(await office.send(wang, batch))).toEqual(['deferred', 'accepted']);
    expect(outcomesOf(await office.send(wang, batch))).toEqual(['accepted', 'accepted']);
    const numbers = await Promise.all([sound, spoilt].map(({ caseId }) => office.recordOf(caseId)));
    expect(numbers).toMatchObject([{ number: '长天路-2026-0001' }, { number: '长天路-2026-0002' }]);
  });
});

test('a store that fails is no fault of a change: the request fails, and comes again', async () => {
  const { li, wang } = office;
  const { recorded, opened } = caseStory();
  await office.send(li, [{ ...recorded, ...by(li) }]);
  const stored = await office.everything();
  await office.store.connection.schema.alterTable('case_counter').renameTo('away').execute();
  await expect(office.send(wang, [{ ...opened, ...by(wang) }])).rejects.toThrow();
  await office.store.connection.schema.alterTable('away').renameTo('case_counter').execute();
  expect(await office.everything()).toBe(stored);
});
