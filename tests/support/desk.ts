// Acts of office pages straight at the server's write path, for tests that need records and no browser.
import { v7 as uuidV7 } from 'uuid';
import type { Grant } from '../../src/lib/domain/grant';
import type { AccountId, DeviceId } from '../../src/lib/domain/ids';
import { makeChanges, type DeskAct } from '../../src/lib/server/desk-change';
import type { Session } from '../../src/lib/server/session';
import type { Store } from '../../src/lib/server/store';
import { community } from './office';

type Person = { account: AccountId; name: string; grants: Grant[] };

export function sessionOf(person: Person): Session {
  const device = uuidV7() as DeviceId;
  return { ...person, device, tokenHash: '', expiresAt: '2099-01-01T00:00:00.000Z', isLost: false };
}

/** Throws where one of them is refused. */
export async function act(
  store: Store,
  person: Person,
  acts: readonly DeskAct[],
  now = new Date().toISOString(),
  of = community
): Promise<void> {
  const result = await makeChanges(store, sessionOf(person), of, acts, now);
  if ('refusal' in result) throw new Error(`refused: ${JSON.stringify(result.refusal)}`);
}
