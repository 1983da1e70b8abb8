// The laws of docs/sync-protocol.md, tried on random lives of four tablets. XUNGE_LAW_RUNS=500 looks harder.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { changeOf } from '../../src/lib/data/overlay';
import { actCount, openWorld, type Step } from './world';

const runs = Number(process.env.XUNGE_LAW_RUNS ?? 12);
const who = fc.nat({ max: 3 });
const weather = fc.array(
  fc.constantFrom(
    'fair' as const,
    'fair' as const,
    'lost' as const,
    'answer-lost' as const,
    'fault' as const,
    'killed' as const
  ),
  { maxLength: 6 }
);

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('save' as const),
      who,
      kind: fc.constantFrom('issue' as const, 'need' as const),
      hidden: fc.boolean(),
      facility: fc.boolean(),
      foreign: fc.integer({ min: 0, max: 4 }).map((number) => number === 0)
    })
  },
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constant('act' as const),
      who,
      kind: fc.nat({ max: actCount - 1 }),
      target: fc.nat({ max: 20 }),
      other: fc.nat({ max: 20 })
    })
  },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('sync' as const),
      who,
      changes: fc.constantFrom(1, 2, 3, 60),
      weather
    })
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('give-up' as const), who, which: fc.nat({ max: 9 }) })
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('replay' as const),
      from: fc.nat({ max: 30 }),
      count: fc.nat({ max: 9 })
    })
  }
);

const final = ['accepted', 'refused', 'conflict', 'depends-on', 'withdrawn'];

async function live(steps: readonly Step[]): Promise<void> {
  const world = await openWorld();
  try {
    for (const one of steps) {
      await world.run(one);
      // Law: every change is at all times in exactly one place.
      await world.placesOf();
    }
    await world.calmDown();
    // Law: nothing is lost. Each change has come to an end, and the office holds just those it accepted, byte for byte.
    const log = await world.office.store.connection.selectFrom('change').select(['id', 'body']).execute();
    const bodies = new Map(log.map(({ id, body }) => [id, body]));
    for (const [index, places] of (await world.placesOf()).entries()) {
      const rows = await world.people[index]!.tablet.database.outbox.orderBy('order').toArray();
      places.forEach((place, at) => {
        expect(final).toContain(place);
        const { id, body } = rows[at]!;
        expect(bodies.get(id), changeOf(rows[at]!).kind).toBe(place === 'accepted' ? body : undefined);
      });
    }
    // Law: all converge. Every tablet shows what it may see, as the office has it, and nothing else.
    await world.giveUpAll();
    for (const { shown, office, paged } of await world.views()) {
      expect(shown).toEqual(office);
      // Law: a reader that pages by cursor sees every record it may see and none it may not.
      expect(paged).toEqual(Object.keys(office).sort());
    }
    for (const { tablet } of world.people) expect(await tablet.database.bases.count()).toBe(0);
    // Law: replaying anything any number of times changes nothing.
    const stored = await world.store();
    for (let from = 0; from < 12; from++) await world.run({ do: 'replay', from, count: 100 });
    expect(await world.store()).toBe(stored);
  } finally {
    await world.close();
  }
}

test(
  'whatever four tablets do, through whatever network, in the end the laws hold',
  { timeout: 3_600_000 },
  () =>
    fc.assert(fc.asyncProperty(fc.array(step, { minLength: 30, maxLength: 80, size: 'max' }), live), {
      numRuns: runs
    })
);
