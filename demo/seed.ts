import { randomInt } from 'node:crypto';
import { v7 as uuidV7 } from 'uuid';
import type { BasemapLine, Building, Grid } from '../src/lib/domain/grid';
import type { DeviceId } from '../src/lib/domain/ids';
import { msToInstant } from '../src/lib/domain/instant';
import { initialsOfBuilding } from '../src/lib/server/initials';
import { hashPassword } from '../src/lib/server/password';
import { saveAccount } from '../src/lib/server/records/accounts';
import { saveAreas, saveCommunity, saveItems } from '../src/lib/server/records/reference';
import { openSession } from '../src/lib/server/session';
import { starterCategories } from '../src/lib/server/starter/categories';
import { starterNeedTypes } from '../src/lib/server/starter/need-types';
import { closeStore, openStore, type Store } from '../src/lib/server/store';
import { demoAreas } from './areas.ts';
import {
  demoBasemap,
  demoBuildings,
  demoCommunityCode,
  demoGrids,
  neighbourBasemap,
  neighbourBuildings,
  neighbourCommunityCode,
  neighbourGrids
} from './community.ts';
import { dealOut } from './everyday/deal';
import { neighbourEntries, townEntries } from './everyday/entries';
import { patrolStories } from './everyday/patrols';
import { handoverStories } from './stories/handovers';
import { people, type Who } from './people';
import { disputeStories } from './stories/disputes';
import { facilityStories } from './stories/facilities';
import { needStories } from './stories/needs';
import { opinionStories } from './stories/opinions';
import { safetyStories } from './stories/safety';
import { neighbourStories, surroundingStories } from './stories/surroundings';
import { dayOf } from './story/clock';
import { play, type Cast } from './story/play';
import type { Plan } from './story/plan';
import type { Story } from './story/story';
import { demoPhones, unitsOf } from './units';

/**
 * All that is told, written by hand or dealt out. A record that could not be sent is not among them: it lives on a
 * tablet and never at the office.
 */
export const demoStories: Story[] = [
  ...facilityStories,
  ...safetyStories,
  ...needStories,
  ...disputeStories,
  ...opinionStories,
  ...surroundingStories,
  ...neighbourStories,
  ...dealOut(townEntries),
  ...dealOut(neighbourEntries),
  ...patrolStories,
  ...handoverStories
];

/** What the demo prints of an account. The password is made for this run and stands nowhere else. */
export interface DemoAccount {
  name: string;
  login: string;
  password: string;
  role: { zh: string; en: string };
  look: { zh: string; en: string };
}

/** Fills an empty store in `folder` as if the office had worked with it for five weeks before `nowMs`. */
export async function seedDemo(
  folder: string,
  nowMs: number
): Promise<{ accounts: DemoAccount[]; cast: Cast; plan: Plan }> {
  const store = await openStore(folder);
  try {
    await saveReference(store);
    const { accounts, cast } = await hireEverybody(store, nowMs);
    const plan = await play(store, cast, demoStories, nowMs);
    await signInTodaysTablets(store, cast, plan, nowMs);
    return { accounts, cast, plan };
  } finally {
    await closeStore(store);
  }
}

async function saveReference(store: Store): Promise<void> {
  await saveAreas(store, demoAreas);
  await saveCommunityWith(store, demoCommunityCode, 'town', demoGrids, demoBuildings, demoBasemap);
  await saveCommunityWith(
    store,
    neighbourCommunityCode,
    'neighbour',
    neighbourGrids,
    neighbourBuildings,
    neighbourBasemap
  );
}

async function saveCommunityWith(
  store: Store,
  code: string,
  which: 'town' | 'neighbour',
  grids: Grid[],
  buildings: Building[],
  basemap: BasemapLine[]
): Promise<void> {
  await saveCommunity(store, code, demoAreas.find((area) => area.code === code)!.name, true);
  const byCode = <Item extends { code: string }>(items: Item[]) =>
    items.map((item) => ({ code: item.code, item }));
  const counted = <Item>(items: Item[]) =>
    items.map((item, index) => ({ code: String(index + 1).padStart(3, '0'), item }));
  const named = buildings.map((building) => ({ ...building, initials: initialsOfBuilding(building) }));
  await saveItems(store, code, 'grid', byCode(grids));
  await saveItems(store, code, 'building', byCode(named));
  await saveItems(store, code, 'basemap', counted(basemap));
  await saveItems(store, code, 'category', byCode(starterCategories));
  await saveItems(store, code, 'needType', byCode(starterNeedTypes));
  await saveItems(
    store,
    code,
    'unit',
    unitsOf(which).map((item) => ({ code: item.id, item }))
  );
  await saveItems(store, code, 'phone', counted(demoPhones));
  const trackPurpose = '只用来看哪些楼栋和巷子很久没走到，不用于考勤和排名。';
  await saveItems(store, code, 'setting', [{ code: 'trackPurpose', item: { trackPurpose } }]);
}

async function hireEverybody(store: Store, nowMs: number): Promise<{ accounts: DemoAccount[]; cast: Cast }> {
  const hired = await Promise.all(
    Object.entries(people).map(async ([name, { login, role, look, grants }]) => {
      const password = makePassword();
      return {
        name,
        login,
        role,
        look,
        password,
        passwordHash: await hashPassword(password),
        grants: grants(nowMs)
      };
    })
  );
  const cast: Partial<Cast> = {};
  for (const { name, login, passwordHash, grants } of hired) {
    const account = await saveAccount(store, { login, name, passwordHash, grants }, msToInstant(nowMs));
    cast[name as Who] = { account, grants, device: uuidV7() as DeviceId };
  }
  const accounts = hired.map(({ name, login, role, look, password }) => ({
    name,
    login,
    role,
    look,
    password
  }));
  return { accounts, cast: cast as Cast };
}

/** Three groups of four, without letters and digits that look alike: 59 bits, and quickly typed on a tablet. */
function makePassword(): string {
  const letters = 'abcdefghjkmnpqrstuvwxyz23456789';
  const group = () => Array.from({ length: 4 }, () => letters[randomInt(letters.length)]).join('');
  return [group(), group(), group()].join('-');
}

/**
 * Whoever recorded something today has a tablet already. It is made known, or the one on which a visitor signs in
 * would count as the first and give today's numbers out once more.
 */
async function signInTodaysTablets(store: Store, cast: Cast, plan: Plan, nowMs: number): Promise<void> {
  const today = dayOf(nowMs);
  const recorders = plan.deals.filter(({ deed, atMs }) => deed.isReport && dayOf(atMs) === today);
  for (const who of new Set(recorders.map((deal) => deal.who)))
    await openSession(store, cast[who].account, cast[who].device, nowMs);
}
