import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { newId } from '../../../tests/support/changes';
import type { Grant, Role } from './grant';
import type { AccountId, UnitId } from './ids';
import type { VisibilityKeys } from './record';
import { acts, mayDo, mayEver, rights, type Act } from './rights';

/** The page people read is what must hold, so the table is taken from there. */
const page = readFileSync(path.join(process.cwd(), 'docs/rights.md'), 'utf8');
const rows = page
  .split('\n')
  .filter((line) => line.startsWith('| '))
  .map((line) => line.slice(2, -2).split(' | '));
const roles = rows.find(([first]) => first === 'act')!.slice(1) as Role[];
const reachOnPage = (role: Role, act: Act) =>
  rows.find(([first]) => first === act)![roles.indexOf(role) + 1]!.trim();

const now = '2026-11-20T01:00:00.000Z';
const community = '510108011007';
const grid = `${community}001`;
const microGrid = `${grid}02`;
const me = newId<AccountId>();
const unit = newId<UnitId>();

const whose = { mine: me, 'somebody else’s': newId<AccountId>() };
const areas = {
  'its own grid': grid,
  'its micro-grid': microGrid,
  'its community': community,
  'its district': '510108',
  'the neighbour grid': `${community}002`,
  'another community': '510108011005',
  'another district': '510104'
};
const above = ['its own grid', 'its community', 'its district'];

/** The record lies in the grid; a public facility in its micro-grid. */
const situations = Object.entries(areas).flatMap(([area, code]) =>
  Object.entries(whose).flatMap(([owner, author]) =>
    [false, true].flatMap((restricted) =>
      [false, true].flatMap((isFacility) =>
        [false, true].map((sentToUnit) => ({ area, code, owner, author, restricted, isFacility, sentToUnit }))
      )
    )
  )
);
type Situation = (typeof situations)[number];

/** The legend of the page, once more and in other words. */
function expected(reach: string, { area, author, restricted, isFacility, sentToUnit }: Situation): boolean {
  const inArea = above.includes(area);
  const facilityInArea = isFacility && !restricted && (inArea || area === 'its micro-grid');
  const lawful: Record<string, boolean> = {
    '': false,
    area: inArea,
    open: inArea && (author === me || !restricted),
    own: inArea && author === me,
    facility: facilityInArea || (inArea && author === me),
    unit: inArea && sentToUnit
  };
  return lawful[reach]!;
}

function keysOf({ author, restricted, isFacility, sentToUnit }: Situation): VisibilityKeys {
  return {
    ownerGridCode: grid,
    author,
    restricted,
    facilityGridCode: isFacility ? microGrid : undefined,
    unit: sentToUnit ? unit : newId<UnitId>()
  };
}

const actorWith = (...grants: Grant[]) => ({ account: me, grants });

describe.each(roles)('a %s', (role) => {
  test.each(acts)('may %s where docs/rights.md says so, and nowhere else', (act) => {
    for (const situation of situations) {
      const actor = actorWith({ role, area: situation.code, unit });
      const verdict = mayDo(actor, act, keysOf(situation), now);
      expect(verdict, JSON.stringify(situation)).toBe(expected(reachOnPage(role, act), situation));
    }
  });

  it('may read whatever it may act on', () => {
    for (const situation of situations)
      for (const act of acts.filter((one) => !['administer', 'inspect'].includes(one))) {
        const actor = actorWith({ role, area: situation.code, unit });
        const keys = act.endsWith('Opinion')
          ? { ...keysOf(situation), isOpinion: true as const }
          : keysOf(situation);
        if (mayDo(actor, act, keys, now)) expect(mayDo(actor, 'read', keys, now), act).toBe(true);
      }
  });
});

describe('a patrol', () => {
  const patrol = { ownerGridCode: grid, restricted: false, isPatrol: true as const };
  test.each(roles)('is read by a %s who walked it, and by no other', (role) => {
    const actor = actorWith({ role, area: grid, unit });
    const walks = rights[role].patrol === 'own';
    expect(mayDo(actor, 'read', { ...patrol, author: me }, now)).toBe(walks);
    expect(mayDo(actor, 'read', { ...patrol, author: newId<AccountId>() }, now)).toBe(false);
  });
});

describe('an opinion on the app', () => {
  const opinion = { ownerGridCode: grid, restricted: false, isOpinion: true as const };
  test.each(roles)('is read by a %s who gave it or administers, and by no other', (role) => {
    const actor = actorWith({ role, area: grid, unit });
    const gives = rights[role].giveOpinion === 'own';
    expect(mayDo(actor, 'read', { ...opinion, author: me }, now)).toBe(gives || role === 'admin');
    expect(mayDo(actor, 'read', { ...opinion, author: newId<AccountId>() }, now)).toBe(role === 'admin');
  });
});

it('has every role on the page', () => expect([...roles].sort()).toEqual(Object.keys(rights).sort()));

describe('a grant', () => {
  const keys = { ownerGridCode: grid, author: newId<AccountId>(), restricted: false };
  const reads = (grant: Partial<Grant>) =>
    mayDo(actorWith({ role: 'gridWorker', area: grid, ...grant }), 'read', keys, now);

  test.each([
    ['from this very moment', { from: now }, true],
    ['from later on', { from: '2026-11-20T01:00:00.001Z' }, false],
    ['until later', { to: '2026-11-20T01:00:00.001Z' }, true],
    ['until this very moment', { to: now }, false],
    ['over', { from: '2026-11-01T00:00:00.000Z', to: '2026-11-10T00:00:00.000Z' }, false]
  ])('%s', (_, dates, isInForce) => {
    expect(reads(dates)).toBe(isInForce);
    expect(mayEver(actorWith({ role: 'gridWorker', area: grid, ...dates }), 'read', now)).toBe(isInForce);
  });

  it('without a unit opens no case to a unit handler, not even one without a unit', () => {
    expect(mayDo(actorWith({ role: 'unitHandler', area: community }), 'read', keys, now)).toBe(false);
  });

  it('is not widened by another one: role and area belong together', () => {
    const actor = actorWith(
      { role: 'communityOfficer', area: '510108011005' },
      { role: 'microGridWorker', area: grid }
    );
    expect(mayDo(actor, 'read', keys, now)).toBe(false);
  });

  it('is needed at all', () => expect(mayDo(actorWith(), 'read', { ...keys, author: me }, now)).toBe(false));
});
