import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId, issueFacts, reportFacts } from '../../../../tests/support/changes';
import { act } from '../../../../tests/support/desk';
import { community, gridOne, gridTwo, hire, openOffice } from '../../../../tests/support/office';
import type { Case } from '../../domain/case';
import type { Actor, Grant } from '../../domain/grant';
import type { AccountId, RecordId } from '../../domain/ids';
import { visibilityOf, type AnyRecord } from '../../domain/record';
import type { Issue } from '../../domain/report';
import { mayDo } from '../../domain/rights';
import { caseStatuses } from '../../domain/status';
import type { PageMark } from './desk';
import { listCases, type CaseFilters } from './desk-cases';
import { countReports, listReports, type ReportFilters } from './desk-reports';
import { rowToRecord, saveRecords } from './records';

const now = '2026-11-20T08:00:00.000Z';
let office: Awaited<ReturnType<typeof openOffice>>;
let li: Awaited<ReturnType<typeof hire>>;
let wang: Awaited<ReturnType<typeof hire>>;

beforeAll(async () => {
  office = await openOffice();
  li = await hire(office.store, '李平', [{ role: 'gridWorker', area: community }]);
  wang = await hire(office.store, '王丽', [{ role: 'communityOfficer', area: community }]);
});
afterAll(() => office.close());

const reading = (actor: Actor, of = community) => ({ store: office.store, actor, community: of, now });
const waiting: ReportFilters = { states: ['reported', 'needsDetail'] };
const anyState: ReportFilters = { states: ['reported', 'needsDetail', 'rejected', 'accepted', 'withdrawn'] };
const open: CaseFilters = { states: ['accepted', 'dispatched'], order: 'urgency' };

async function record(more: Parameters<typeof issueFacts>[1] = {}, at = now): Promise<RecordId> {
  const id = newId<RecordId>();
  await act(office.store, li, [{ kind: 'issue-recorded', facts: issueFacts(id, more) }], at);
  return id;
}

async function openCase(subjectId: RecordId): Promise<RecordId> {
  const recordId = newId<RecordId>();
  await act(office.store, wang, [
    { kind: 'case-opened', facts: { recordId, subjectId, afterPhoto: 'no' } },
    { kind: 'case-dispatched', facts: { recordId, unit: office.unit, instruction: '请紧固' } }
  ]);
  return recordId;
}

const ids = (rows: { report: Issue | { id: RecordId } }[]) => rows.map(({ report }) => report.id);

describe('who sees what', () => {
  /** One record for every mixture of what decides visibility, and as many cases. */
  function everyRecord(authors: AccountId[]): AnyRecord[] {
    const base = { community, at: now, version: 1, receivedAt: now };
    return [gridOne, gridTwo].flatMap((ownerGridCode) =>
      authors.flatMap((author) =>
        [true, false].flatMap((communityOnly) =>
          [undefined, `${gridOne}01`, '51010801100500101'].flatMap((gridCode) => {
            const place = { source: 'map' as const, gridCode };
            const id = newId<RecordId>();
            const shared = { ...base, ownerGridCode, author, communityOnly };
            const lists = {
              photos: [],
              voices: [],
              followUps: [],
              comments: [],
              openedBy: [],
              linkedIds: []
            };
            const words = { ...issueFacts(id), publicFacility: true, place };
            const issue: Issue = { ...words, ...lists, ...shared, id, kind: 'issue', state: 'accepted' };
            const work = {
              ...shared,
              ...lists,
              id: newId<RecordId>(),
              kind: 'case',
              state: 'dispatched',
              subjectId: id,
              reporter: author,
              unit: gridCode ? office.unit : undefined,
              afterPhoto: 'no',
              returns: [],
              checks: []
            } as unknown as Case;
            return [issue, work];
          })
        )
      )
    );
  }

  test('the lists hold exactly what the table of rights says, for every role and area', async () => {
    const other = newId<AccountId>();
    const records = everyRecord([li.account, other]);
    await office.store.connection.transaction().execute((transaction) =>
      saveRecords(
        transaction,
        records.map((one) => ({ record: one, sequence: 0 })),
        now
      )
    );
    const areas = ['51', '510108011', '510108012', community, gridOne, `${gridOne}01`, gridTwo];
    const roles: Grant['role'][] = [
      'gridWorker',
      'microGridWorker',
      'gridLead',
      'communityOfficer',
      'streetOfficer',
      'unitHandler',
      'admin'
    ];
    const stored = (await office.store.connection.selectFrom('record').select('body').execute()).map(
      rowToRecord
    );
    let shownAtAll = 0;
    for (const area of areas)
      for (const role of roles)
        for (const unit of role === 'unitHandler'
          ? [office.unit, undefined, newId<typeof office.unit>()]
          : [undefined]) {
          const actor: Actor = { account: li.account, grants: [{ role, area, unit }] };
          const shown = [
            ...(await listReports(reading(actor), anyState, 100)).rows.map(({ report }) => report.id),
            ...(await listCases(reading(actor), open, 100)).rows.map(({ work }) => work.id)
          ];
          const lawful = stored
            .filter((one) => mayDo(actor, 'read', visibilityOf(one), now))
            .map(({ id }) => id);
          expect([role, area, unit, shown.sort()]).toEqual([role, area, unit, lawful.sort()]);
          shownAtAll += shown.length;
        }
    expect(shownAtAll).toBeGreaterThan(200);
  });

  test('a grant that is over shows nothing', async () => {
    const past = { ...wang, grants: [{ ...wang.grants[0]!, to: '2026-11-19T00:00:00.000Z' }] };
    expect((await listReports(reading(past), anyState, 100)).rows).toEqual([]);
    expect(await countReports(reading(past), anyState)).toBe(0);
  });

  test('an officer of another community sees nothing', async () => {
    const next = { ...wang, grants: [{ role: 'communityOfficer' as const, area: '510108011005' }] };
    expect((await listReports(reading(next), anyState, 100)).rows).toEqual([]);
    expect((await listReports(reading(next, '510108011005'), anyState, 100)).rows).toEqual([]);
  });
});

describe('finding', () => {
  test('by text, by device number, by case number, and by building', async () => {
    const id = await record({
      text: '长椅 50%_坏了',
      number: '李平-1121-07',
      place: { source: 'building', buildingCode: '51010801100700101001' }
    });
    const found = async (text: string, namedBuildings: string[] = []) =>
      ids((await listReports(reading(wang), { ...anyState, text, namedBuildings }, 100)).rows);
    expect(await found('50%_坏')).toEqual([id]);
    expect(await found('5%坏')).toEqual([]);
    expect(await found('李平-1121-07')).toEqual([id]);
    expect(await found('没有的', ['51010801100700101001'])).toEqual([id]);
    const caseId = await openCase(id);
    const { number } = (await listCases(reading(wang), { ...open, text: '50%_坏' }, 10)).rows[0]!.work;
    expect(await found(number!)).toEqual([id]);
    const cases = await listCases(reading(wang), { ...open, text: '李平-1121-07' }, 10);
    expect(cases.rows.map(({ work }) => work.id)).toEqual([caseId]);
  });

  test('a unit and the street find nothing by the reporter’s name or telephone number', async () => {
    // The second name has a capital that only some lower-case.
    for (const name of ['李平', '李平Ａ'])
      await openCase(await record({ text: '单元门坏了，电话139 8765 0421', number: `${name}-1122-01` }));
    const handler = {
      account: newId<AccountId>(),
      grants: [{ role: 'unitHandler' as const, area: community, unit: office.unit }]
    };
    const street = {
      account: newId<AccountId>(),
      grants: [{ role: 'streetOfficer' as const, area: '510108011' }]
    };
    const search = async (actor: Actor, text: string) =>
      (await listCases(reading(actor), { ...open, text }, 10)).rows.length;
    for (const actor of [handler, street]) {
      expect(await search(actor, '单元门坏')).toBe(2);
      expect(await search(actor, '李平')).toBe(0);
      expect(await search(actor, '1122-01')).toBe(0);
      expect(await search(actor, '139 8765')).toBe(0);
    }
    expect(await search(wang, '139 8765')).toBe(2);
    expect((await listReports(reading(street), { ...anyState, text: '李平' }, 10)).rows).toEqual([]);
  });

  test('by grid, category, kind and restriction', async () => {
    const id = await record({ ownerGridCode: gridTwo, categoryCode: 'C33', communityOnly: true });
    const found = async (more: Partial<ReportFilters>) =>
      ids((await listReports(reading(wang), { ...waiting, ...more }, 100)).rows);
    expect(await found({ categories: ['C33'] })).toEqual([id]);
    expect(await found({ grid: gridTwo, restricted: true })).toEqual([id]);
    expect(await found({ kind: 'need' })).toEqual([]);
    expect(await found({ categories: [] })).toEqual([]);
  });
});

describe('what a list is asked for by state', () => {
  async function need(more: { solvedOnSpot?: boolean } = {}): Promise<RecordId> {
    const id = newId<RecordId>();
    const facts = { ...reportFacts(id), needTypeCode: 'N07', ...more };
    await act(office.store, li, [{ kind: 'need-recorded', facts }]);
    return id;
  }
  const told = { ...anyState, states: ['told'] as const };

  test('a need whose resident was told waits for nobody, and is found among those', async () => {
    const categories = ['N07'];
    const [waits, ended] = [await need(), await need({ solvedOnSpot: true })];
    await act(office.store, li, [{ kind: 'resident-told', facts: { recordId: ended, words: '' } }]);
    const found = async (filters: ReportFilters) =>
      ids((await listReports(reading(wang), { ...filters, categories }, 100)).rows);
    expect(await found(waiting)).toEqual([waits]);
    expect(await countReports(reading(wang), { ...waiting, categories })).toBe(1);
    expect(await found(told)).toEqual([ended]);
  });

  test('a case whose check has passed is no more among those to check, and never overdue', async () => {
    const id = await openCase(await record({ categoryCode: 'C45' }));
    const found = async (more: Partial<CaseFilters>) => {
      const filters = { ...open, categories: ['C45'], ...more };
      return (await listCases(reading(wang), filters, 100)).rows.length;
    };
    await act(office.store, wang, [{ kind: 'case-handled', facts: { recordId: id, text: '已紧固' } }]);
    expect([await found({ states: ['handled'] }), await found({ states: ['checked'] })]).toEqual([1, 0]);
    await act(office.store, li, [{ kind: 'case-checked', facts: { recordId: id, passed: true, words: '' } }]);
    expect([await found({ states: ['handled'] }), await found({ states: ['checked'] })]).toEqual([0, 1]);
    const later = { ...reading(wang), now: '2030-01-01T00:00:00.000Z' };
    const late = { ...open, states: caseStatuses, categories: ['C45'], overdue: true };
    expect((await listCases(later, late, 100)).rows).toEqual([]);
  });
});

test('pages follow each other without gap or repetition, newest first, never more than a hundred rows', async () => {
  const at = (minute: number) =>
    new Date(Date.parse('2026-12-01T00:00:00.000Z') + minute * 60_000).toISOString();
  // Several in the same moment: the id then decides.
  const made = [];
  for (let index = 0; index < 11; index++)
    made.push(await record({ categoryCode: 'C44' }, at(Math.floor(index / 3))));
  const filters = { ...waiting, categories: ['C44'] };
  const seen: RecordId[] = [];
  let after: PageMark | undefined;
  do {
    const page = await listReports(reading(wang), filters, 4, after);
    seen.push(...ids(page.rows));
    after = page.next;
  } while (after);
  expect(seen).toHaveLength(11);
  expect(new Set(seen)).toEqual(new Set(made));
  expect(seen[0]).toBe([...made].slice(9).sort().at(-1));
  expect(await countReports(reading(wang), filters)).toBe(11);
  for (const id of made.slice(0, 5)) await openCase(id);
  const work: RecordId[] = [];
  let mark: PageMark | undefined;
  do {
    const page = await listCases(reading(wang), { ...open, categories: ['C44'] }, 2, mark);
    work.push(...page.rows.map(({ work: one }) => one.id));
    mark = page.next;
  } while (mark);
  expect(new Set(work).size).toBe(5);
  expect(work).toHaveLength(5);
});
