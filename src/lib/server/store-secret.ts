import type { AccountId, DeviceId } from '../domain/ids';
import type { Instant } from '../domain/instant';
import type { Store } from './store';

/** A tablet may have lost the answer, and may have told us another secret since: the older ones still open what it has. */
const kept = 3;

/** Keeps what can open this account's store on this device again: a secret that the tablet made, 64 hexadecimal digits. */
export async function keepStoreSecret(
  store: Store,
  { account, device }: { account: AccountId; device: DeviceId },
  secret: string,
  now: Instant
): Promise<void> {
  await store.connection.transaction().execute(async (transaction) => {
    await transaction
      .insertInto('store_secret')
      .values({ account, device, secret, made_at: now })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    const secrets = await transaction
      .selectFrom('store_secret')
      .select('secret')
      .where('account', '=', account)
      .where('device', '=', device)
      .orderBy('made_at', 'desc')
      .execute();
    const old = secrets.slice(kept).map((row) => row.secret);
    if (!old.length) return;
    await transaction
      .deleteFrom('store_secret')
      .where('account', '=', account)
      .where('device', '=', device)
      .where('secret', 'in', old)
      .execute();
  });
}

/** Newest first. Only for whoever has just proved who they are: see `signIn` and `redeemSlip`. */
export async function listStoreSecrets(
  store: Store,
  { account, device }: { account: AccountId; device: DeviceId }
): Promise<string[]> {
  const rows = await store.connection
    .selectFrom('store_secret')
    .select('secret')
    .where('account', '=', account)
    .where('device', '=', device)
    .orderBy('made_at', 'desc')
    .execute();
  return rows.map((row) => row.secret);
}
