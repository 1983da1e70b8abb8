import { saveAccount } from '../../src/lib/server/records/accounts';
import { saveAreas, saveCommunity } from '../../src/lib/server/records/reference';
import { openSession } from '../../src/lib/server/session';
import { closeStore, openStore } from '../../src/lib/server/store';
import { account, community, name, tablets } from './people';

/** The token of a session of the one worker there is, whose grant covers every grid. */
export async function foundCommunity(folder: string): Promise<string> {
  const store = await openStore(folder);
  await saveAreas(store, [{ code: community, name: '和平里社区居委会' }]);
  await saveCommunity(store, community, '和平里社区居委会', false);
  const grants = [{ role: 'gridWorker' as const, area: community }];
  const now = Date.now();
  await saveAccount(
    store,
    { id: account, login: 'liping', name, passwordHash: '-', grants },
    new Date(now).toISOString()
  );
  const { token } = await openSession(store, account, tablets.a!.device, now);
  await closeStore(store);
  return token;
}
