// A small world for the laws: one office, four people with a tablet each, and steps that anything may be made of.
import { v7 as uuidV7 } from 'uuid';
import { withdrawTrouble } from '../../src/lib/data/give-up';
import { recordAct } from '../../src/lib/data/record';
import { changeKinds, type ChangeKindName, type FactsOf } from '../../src/lib/domain/changes';
import type { Grant } from '../../src/lib/domain/grant';
import type { DeviceId, RecordId } from '../../src/lib/domain/ids';
import type { AnyRecord } from '../../src/lib/domain/record';
import { mayEver } from '../../src/lib/domain/rights';
import type { Cursor } from '../../src/lib/protocol/pull';
import { protocolVersion } from '../../src/lib/protocol/version';
import { receive } from '../../src/lib/server/receive';
import { pull } from '../../src/lib/server/serve';
import { rebase } from '../../src/lib/sync/rebase';
import { synchronize } from '../../src/lib/sync/synchronize';
import { photoFacts } from '../support/changes';
import { community, gridOne, gridTwo, hire, openOffice } from '../support/office';
import { onePlaceEach } from '../support/places';
import { openTablet, type Weather } from '../support/tablet';
import { officeViewFor, tabletView } from '../support/views';

export type Step =
  | { do: 'save'; who: number; kind: 'issue' | 'need'; hidden: boolean; facility: boolean; foreign: boolean }
  | { do: 'act'; who: number; kind: number; target: number; other: number }
  | { do: 'sync'; who: number; changes: number; weather: (ReturnType<Weather> | 'killed')[] }
  | { do: 'meet' }
  | { do: 'give-up'; who: number; which: number }
  | { do: 'replay'; from: number; count: number };

type Tablet = Awaited<ReturnType<typeof openTablet>>;
type Act = (records: AnyRecord[], target: AnyRecord, tick: number) => [ChangeKindName, object];

const hour = 3_600_000;

/** Every act a person may do to a record; whether it is lawful there is for the tablet to say. */
const acts: Act[] = [
  (_, target, tick) => ['comment-added', { recordId: target.id, text: `第 ${tick} 句` }],
  (_, { id }, tick) => [
    'follow-up-noted',
    { recordId: id, whom: '物业', channel: 'call', promise: String(tick) }
  ],
  (_, target, tick) => {
    const from = 'text' in target ? target.text : '';
    return ['report-amended', { recordId: target.id, edits: { text: { from, to: `改 ${tick}` } } }];
  },
  (_, target) => {
    const from = 'communityOnly' in target && target.communityOnly;
    return ['report-amended', { recordId: target.id, edits: { communityOnly: { from, to: !from } } }];
  },
  (_, { id }) => ['report-withdrawn', { recordId: id }],
  (_, { id }) => ['report-rejected', { recordId: id, reason: '重复' }],
  (_, { id }) => ['detail-requested', { recordId: id, reason: '太近' }],
  (_, { id }) => ['record-opened', { recordId: id }],
  (_, { id }) => ['photo-attached', { recordId: id, photo: photoFacts(uuidV7() as never, 'after') }],
  (records, { id }, tick) => [
    'reports-linked',
    { recordId: id, otherId: records[tick % records.length]!.id }
  ],
  (_, { id }) => ['case-opened', { recordId: uuidV7(), subjectId: id, afterPhoto: 'no' }],
  (_, { id }) => ['case-returned', { recordId: id, reason: '不归我们' }],
  (_, { id }) => ['case-handled', { recordId: id, text: '好了' }],
  (_, { id }) => ['case-checked', { recordId: id, passed: true, words: '' }],
  (_, { id }) => ['case-checked', { recordId: id, passed: false, words: '没好' }],
  (_, target) => {
    const subjectId = target.kind === 'case' ? target.subjectId : target.id;
    return ['case-closed', { recordId: target.id, subjectId, how: 'noLongerNeeded', words: '不用了' }];
  },
  (_, target) => {
    const caseId = 'caseId' in target ? target.caseId : undefined;
    return ['resident-told', { recordId: target.id, caseId, words: '' }];
  }
];
export const actCount = acts.length + 1;

export async function openWorld() {
  const office = await openOffice();
  let nowMs = Date.parse('2026-11-20T01:00:00.000Z');
  let tick = 0;
  const now = () => (nowMs += 10);
  /** The batches that reached the office, as they came. */
  const arrivedBy = new Map<Tablet, string[][]>();
  const people: { person: Awaited<ReturnType<typeof hire>>; tablet: Tablet }[] = [];
  for (const [name, role, area] of [
    ['李平', 'gridWorker', gridOne],
    ['小赵', 'gridWorker', gridOne],
    ['王丽', 'communityOfficer', community],
    ['周孃孃', 'microGridWorker', `${gridOne}01`]
  ] as [string, Grant['role'], string][]) {
    const person = await hire(office.store, name, [{ role, area }]);
    const tablet = await openTablet(office.store, person, now);
    tablet.link.pageSize = 2 + (people.length % 3);
    const arrived: string[][] = [];
    arrivedBy.set(tablet, arrived);
    const { transport } = tablet.context;
    tablet.context.transport = {
      ...transport,
      postLines: (...request) => (arrived.push([]), transport.postLines(...request))
    };
    tablet.link.rewrite = (line) => (arrived.at(-1)!.push(line), line);
    people.push({ person, tablet });
  }
  const at = (who: number) => people[who % people.length]!;

  async function run(step: Step): Promise<void> {
    tick++;
    if (step.do === 'save') return save(step);
    if (step.do === 'act') return act(step);
    if (step.do === 'sync') return sync(at(step.who).tablet, step.changes, step.weather);
    if (step.do === 'meet') {
      for (const { tablet } of [...people, ...people]) await sync(tablet, 60, []);
      return;
    }
    if (step.do === 'give-up') return giveUp(at(step.who).tablet, step.which);
    return replay(step.from, step.count);
  }

  async function save({ who, kind, hidden, facility, foreign }: Step & { do: 'save' }): Promise<void> {
    const own = who % people.length === 3 ? `${gridOne}01` : gridOne;
    const place = facility
      ? { source: 'map' as const, gridCode: `${gridOne}01` }
      : { source: 'none' as const };
    // C14 is a public facility of the starter categories.
    const draft = {
      kind,
      text: `第 ${tick} 条`,
      communityOnly: hidden,
      place,
      categoryCode: facility ? 'C14' : 'C12'
    };
    await at(who).tablet.save(draft, foreign ? gridTwo : own);
  }

  /** The first lawful act from this one on, as a rule one that the person's role knows. */
  async function act({ who, kind, target, other }: Step & { do: 'act' }): Promise<void> {
    const { person, tablet } = at(who);
    const records = (await tablet.database.records.toArray()).map(({ record }) => record);
    const chosen = records[target % records.length];
    if (!chosen) return;
    const dispatch: Act = (_, { id }) => [
      'case-dispatched',
      { recordId: id, unit: office.unit, instruction: '' }
    ];
    const all = [...acts, dispatch];
    const isRogue = other % 7 === 0;
    for (let offset = 0; offset < all.length; offset++) {
      const [name, facts] = all[(kind + offset) % all.length]!(records, chosen, other);
      const needed = changeKinds[name].act;
      if (!isRogue && typeof needed === 'string' && !mayEver(person, needed, tablet.at())) continue;
      const whole = facts as FactsOf<ChangeKindName> & { recordId: RecordId };
      if ((await recordAct(tablet.author, name, whole, tablet.at())).verdict === 'allowed') return;
    }
  }

  async function sync(
    tablet: Tablet,
    changes: number,
    weather: (Step & { do: 'sync' })['weather']
  ): Promise<void> {
    let requests = 0;
    tablet.link.weather = () => {
      const todays = weather[requests++] ?? 'fair';
      if (todays === 'killed') throw new Error('killed');
      return todays;
    };
    await synchronize(tablet.context, { characters: 1_000_000, changes }).catch((fault: Error) => {
      if (fault.message !== 'killed') throw fault;
    });
  }

  async function giveUp(tablet: Tablet, which: number): Promise<void> {
    const troubles = await tablet.database.troubles.toArray();
    const trouble = troubles[which % troubles.length];
    if (trouble)
      await withdrawTrouble(tablet.database, trouble.changeId, (bases, unsent) =>
        rebase(bases, unsent, tablet.author.rulesOf)
      );
  }

  /** Any batch anybody ever sent, once more. */
  async function replay(from: number, count: number): Promise<void> {
    const { person, tablet } = at(from);
    const arrived = arrivedBy.get(tablet)!;
    const start = from % Math.max(1, arrived.length);
    for (const bodies of arrived.slice(start, start + count))
      await receive(office.store, { actor: person, device: tablet.author.device }, bodies, tablet.at());
  }

  return {
    office,
    people,
    run,
    placesOf: () => Promise.all(people.map(({ tablet }) => onePlaceEach(tablet.database))),
    /** Fair weather, everybody in turn, for longer than any waiting time. */
    async calmDown() {
      for (let round = 0; round < 6; round++) {
        for (const { tablet } of people) await sync(tablet, 50, []);
        nowMs += 25 * hour;
      }
    },
    /** Nobody wants any more what the office did not take. */
    async giveUpAll() {
      for (const { tablet } of people) {
        const count = await tablet.database.troubles.count();
        for (let which = 0; which < count; which++) await giveUp(tablet, which);
      }
    },
    views: () =>
      Promise.all(
        people.map(async ({ person, tablet }) => ({
          shown: await tabletView(tablet.database),
          office: await officeViewFor(office.store, person, tablet.at()),
          paged: await readByPages(tablet, person)
        }))
      ),
    store: async () => {
      const tables = ['record', 'change', 'touch', 'outcome', 'photo', 'case_counter', 'community'] as const;
      const rows = tables.map((table) => office.store.connection.selectFrom(table).selectAll().execute());
      return JSON.stringify(await Promise.all(rows));
    },
    async close() {
      for (const { tablet } of people) await tablet.database.delete();
      await office.close();
    }
  };

  /** The ids a new reader of this account is left with, page by page. */
  async function readByPages(tablet: Tablet, person: (typeof people)[number]['person']): Promise<string[]> {
    const ids = new Set<string>();
    const device = uuidV7() as DeviceId;
    let cursor: Cursor | undefined;
    for (;;) {
      const request = { protocol: protocolVersion, device, community, cursor };
      const page = await pull(office.store, person, request, tablet.at(), tablet.link.pageSize);
      page!.rows.forEach(({ record }) => ids.add(record.id));
      page!.leftScope.forEach((id) => ids.delete(id));
      cursor = page!.cursor;
      if (!page!.more) return [...ids].sort();
    }
  }
}
