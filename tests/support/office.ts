import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { v7 as uuidV7 } from 'uuid';
import type { Grant } from '../../src/lib/domain/grant';
import type { AccountId, UnitId } from '../../src/lib/domain/ids';
import { saveAccount } from '../../src/lib/server/records/accounts';
import { saveAreas, saveCommunity, saveItems } from '../../src/lib/server/records/reference';
import { starterCategories } from '../../src/lib/server/starter/categories';
import { starterNeedTypes } from '../../src/lib/server/starter/need-types';
import { closeStore, openStore, type Store } from '../../src/lib/server/store';
import { community, otherCommunity } from './codes';

export { community, gridOne, gridTwo, otherCommunity } from './codes';

/** A real store in a folder of its own: a community of two grids, one unit, nobody yet. */
export async function openOffice() {
  const folder = mkdtempSync(join(tmpdir(), 'xunge-office-'));
  const store = await openStore(folder);
  const unit = uuidV7() as UnitId;
  await saveAreas(store, [{ code: community, name: '长天路社区居委会' }]);
  for (const [code, name] of [
    [community, '长天路社区居委会'],
    [otherCommunity, '槐树店社区居委会']
  ] as const) {
    await saveCommunity(store, code, name, false);
    await saveItems(
      store,
      code,
      'category',
      starterCategories.map((item) => ({ code: item.code, item }))
    );
    await saveItems(
      store,
      code,
      'needType',
      starterNeedTypes.map((item) => ({ code: item.code, item }))
    );
  }
  await saveItems(store, community, 'unit', [
    { code: unit, item: { id: unit, name: '锦和物业', kind: 'property' } }
  ]);
  await saveItems(store, community, 'setting', [
    { code: 'trackPurpose', item: { trackPurpose: '看哪些地方很久没走到' } }
  ]);
  return {
    store,
    folder,
    unit,
    close: async () => {
      await closeStore(store);
      rmSync(folder, { recursive: true });
    }
  };
}

/** An account whose password nobody knows: tests of sync do not sign in. */
export async function hire(store: Store, name: string, grants: Grant[]) {
  const account = uuidV7() as AccountId;
  await saveAccount(
    store,
    { id: account, login: account, name, passwordHash: '-', grants },
    '2026-11-01T00:00:00.000Z'
  );
  return { account, name, grants };
}
