// The town of every world: a community of two grids, a unit, and people who work there. Founded once, then copied.
import { v7 as uuidV7 } from 'uuid';
import type { Grant } from '../../src/lib/domain/grant';
import type { AccountId, UnitId } from '../../src/lib/domain/ids';
import { saveAccount } from '../../src/lib/server/records/accounts';
import { saveAreas, saveCommunity, saveItems } from '../../src/lib/server/records/reference';
import { starterCategories } from '../../src/lib/server/starter/categories';
import { starterNeedTypes } from '../../src/lib/server/starter/need-types';
import { openStore } from '../../src/lib/server/store';
import { environment } from '../../src/lib/server/environment';
import { community, gridOne, gridTwo } from '../support/codes';
import { takeOver } from './machine/globals';
import { Loop } from './machine/loop';
import { setMachine } from './machine/machine';
import { Random } from './machine/random';
import { ServerDisk, type DiskImage } from './machine/server-disk';

export interface Person {
  account: AccountId;
  name: string;
  grants: Grant[];
}

export interface Town {
  image: DiskImage;
  unit: UnitId;
  /** Who may carry a tablet. */
  field: Person[];
  officer: Person;
  /** Works at the desk only. */
  handler: Person;
}

/** Grants change in a world, and are as founded in the next. */
export function copyPeople(town: Town): Town {
  const field = town.field.map((person) => ({ ...person }));
  const officer = field.find(({ account }) => account === town.officer.account)!;
  return { ...town, field, officer, handler: { ...town.handler } };
}

export const startMs = Date.parse('2026-11-20T01:00:00.000Z');

export async function foundTown(): Promise<Town> {
  const loop = new Loop(startMs - 86_400_000, new Random('town'));
  const serverDisk = new ServerDisk();
  setMachine({ loop, serverDisk });
  const giveBack = takeOver(loop);
  try {
    const process = loop.spawn('town', new Random('town/ids'), 'any');
    let founded: Omit<Town, 'image'> | undefined;
    loop.enqueue(process, 'found', () => void settle().then((town) => (founded = town)));
    while (!founded) await loop.runUntil(loop.now + 1_000);
    return { ...founded, image: serverDisk.image() };
  } finally {
    giveBack();
    setMachine(undefined);
    serverDisk.close();
  }
}

async function settle(): Promise<Omit<Town, 'image'>> {
  const store = await openStore(environment.dataFolder);
  const unit = uuidV7() as UnitId;
  await saveAreas(store, [{ code: community, name: '长天路社区居委会' }]);
  await saveCommunity(store, community, '长天路社区居委会', false);
  const byCode = <Item extends { code: string }>(items: readonly Item[]) =>
    items.map((item) => ({ code: item.code, item }));
  await saveItems(store, community, 'category', byCode(starterCategories));
  await saveItems(store, community, 'needType', byCode(starterNeedTypes));
  await saveItems(store, community, 'unit', [
    { code: unit, item: { id: unit, name: '锦和物业', kind: 'property' } }
  ]);
  await saveItems(store, community, 'setting', [
    { code: 'trackPurpose', item: { trackPurpose: '看哪些地方很久没走到' } }
  ]);
  const hire = async (name: string, grant: Grant): Promise<Person> => {
    const account = uuidV7() as AccountId;
    const grants = [grant];
    const now = new Date().toISOString();
    await saveAccount(store, { id: account, login: account, name, passwordHash: '-', grants }, now);
    return { account, name, grants };
  };
  const officer = await hire('王丽', { role: 'communityOfficer', area: community });
  return {
    unit,
    officer,
    handler: await hire('张师傅', { role: 'unitHandler', area: community, unit }),
    field: [
      await hire('李平', { role: 'gridWorker', area: gridOne }),
      await hire('小赵', { role: 'gridWorker', area: gridOne }),
      officer,
      await hire('周孃孃', { role: 'microGridWorker', area: `${gridOne}01` }),
      await hire('小何', { role: 'gridWorker', area: gridTwo }),
      await hire('老陈', { role: 'gridLead', area: community })
    ]
  };
}
