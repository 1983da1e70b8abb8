import { randomBytes } from 'node:crypto';
import type { Transaction } from 'kysely';
import type { AccountId, DeviceId } from '../domain/ids';
import { msToInstant, type Instant } from '../domain/instant';
import type { Refusal } from '../domain/refusal';
import type { Database } from './database/schema';
import { sha256Hex } from './seal';
import { openSession } from './session';
import type { Store } from './store';

/** Printed on Friday, scanned on Monday, and worth nothing when it is found weeks later. */
export const slipMs = 7 * 24 * 3_600_000;

/** So long the device that used a slip may use it again. */
const unheardMs = 10 * 60_000;

const used: { refusal: Refusal } = { refusal: { code: 'slip-used' } };

/** Inside a transaction: a one-time token for a printed slip (开通单). Those made before for the account open nothing any more. */
export async function makeSlip(
  transaction: Transaction<Database>,
  account: AccountId,
  madeBy: AccountId,
  nowMs: number
): Promise<string> {
  const token = randomBytes(32).toString('base64url');
  await withdrawSlips(transaction, account, msToInstant(nowMs));
  await transaction
    .insertInto('slip')
    .values({
      token_hash: sha256Hex(token),
      account,
      made_by: madeBy,
      made_at: msToInstant(nowMs),
      expires_at: msToInstant(nowMs + slipMs),
      used_at: null,
      used_by: null,
      withdrawn_at: null
    })
    .execute();
  return token;
}

export async function withdrawSlips(
  transaction: Transaction<Database>,
  account: AccountId,
  now: Instant
): Promise<void> {
  await transaction
    .updateTable('slip')
    .set({ withdrawn_at: now })
    .where('account', '=', account)
    .where('used_at', 'is', null)
    .where('withdrawn_at', 'is', null)
    .execute();
}

/** Whose slip it is, so that nobody signs in as somebody else by mistake. Does not use it up. */
export async function readSlip(
  store: Store,
  token: string,
  now: Instant
): Promise<{ account: AccountId; name: string } | { refusal: Refusal }> {
  const slip = await findSlip(store, token, now);
  return slip && slip.used_at === null ? { account: slip.account as AccountId, name: slip.name } : used;
}

/**
 * Uses the slip up and opens a session on this device. Of two who scan it at once, one is signed in; who never heard the
 * answer, on a bad link, may ask again.
 */
export async function redeemSlip(
  store: Store,
  { token, device }: { token: string; device: DeviceId },
  nowMs: number
) {
  const now = msToInstant(nowMs);
  const slip = await findSlip(store, token, now);
  if (!slip) return used;
  const isUnheard =
    slip.used_by === device && slip.used_at !== null && slip.used_at > msToInstant(nowMs - unheardMs);
  if (!isUnheard) {
    const taken = await store.connection
      .updateTable('slip')
      .set({ used_at: now, used_by: device })
      .where('token_hash', '=', sha256Hex(token))
      .where('used_at', 'is', null)
      .where('withdrawn_at', 'is', null)
      .executeTakeFirst();
    if (Number(taken.numUpdatedRows) !== 1) return used;
  }
  return openSession(store, slip.account as AccountId, device, nowMs);
}

async function findSlip(store: Store, token: string, now: Instant) {
  return store.connection
    .selectFrom('slip')
    .innerJoin('account', 'account.id', 'slip.account')
    .select(['slip.account', 'slip.used_at', 'slip.used_by', 'account.name'])
    .where('slip.token_hash', '=', sha256Hex(token))
    .where('slip.withdrawn_at', 'is', null)
    .where('slip.expires_at', '>', now)
    .where('account.disabled_at', 'is', null)
    .executeTakeFirst();
}
