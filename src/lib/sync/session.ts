import { clockOffset } from '../device/clock';
import { removeStoreMark } from '../device/store-mark';
import { eraseStore } from '../data/vault/erase-store';
import type { SignedIn } from '../data/signed-in';
import {
  hideSignedIn,
  loadDeviceId,
  loadSessionToEnd,
  saveSessionToEnd,
  saveSignedIn,
  updateSignedIn
} from '../data/tablet-facts';
import type { AccountId } from '../domain/ids';
import { msToInstant } from '../domain/instant';
import type { RefusalCode } from '../domain/refusal';
import type { StoreKey } from '../data/vault/seal';
import { makeSecret } from '../data/vault/pin-lock';
import { handOver } from '../data/vault/open-keys';
import { forgetPin, keepRecovery, loadVault, openWithSecrets } from '../data/vault/vaults';
import { SessionReply, SlipReply, StoreSecretReply } from '../protocol/session';
import { createTransport } from './transport';

const patienceMs = 3_000;

export type SignInResult =
  | { status: 'signed-in'; signedIn: SignedIn }
  | { status: 'refused'; code: RefusalCode; details?: Record<string, string | number> }
  | { status: 'away' };

/**
 * Signs in at the server and remembers it on the tablet. The first time needs a network; after that a PIN opens the
 * tablet. Opens what this person has here already; a new PIN is chosen next where `isPinForgotten`.
 */
export async function signIn(
  login: string,
  password: string,
  isPinForgotten: boolean
): Promise<SignInResult> {
  return enter({ login, password }, isPinForgotten);
}

/** The same with the token of a printed slip, which is used up by it. Who comes with one chooses a PIN. */
export async function signInBySlip(slip: string): Promise<SignInResult> {
  return enter({ slip }, true);
}

/** Whose slip it is. Uses nothing up. */
export async function readSlip(slip: string) {
  return createTransport().postJson('/api/slip', { slip }, SlipReply);
}

async function enter(
  who: { login: string; password: string } | { slip: string },
  isPinForgotten: boolean
): Promise<SignInResult> {
  const device = await loadDeviceId();
  const answer = await createTransport().postJson('/api/session', { ...who, device }, SessionReply);
  if (answer.status === 'refused') return { status: 'refused', code: answer.code, details: answer.details };
  if (answer.status !== 'answered') return { status: 'away' };
  const signedIn = signedInOf(answer.value);
  await saveSessionToEnd(false);
  await saveSignedIn(signedIn, msToInstant(Date.now()));
  const key = await openWithSecrets(signedIn.account, answer.value.storeSecrets ?? []);
  if (key) handOver(signedIn.account, key);
  // Without the key the old PIN is the only way in.
  if (key && isPinForgotten) await forgetPin(signedIn.account);
  return { status: 'signed-in', signedIn };
}

const signedInOf = ({ account, name, grants, communities, deviceMark }: SessionReply): SignedIn => ({
  account,
  name,
  grants,
  communities,
  deviceMark
});

/** Once: gives the office what opens this store where its PIN is forgotten. Without an answer, at the next contact. */
export async function ensureRecovery(account: AccountId, key: StoreKey): Promise<void> {
  const vault = await loadVault(account);
  if (!vault || vault.recovery) return;
  const secret = makeSecret();
  const answer = await createTransport(account).postJson('/api/store-secret', { secret }, StoreSecretReply);
  if (answer.status === 'answered') await keepRecovery(account, key, secret);
}

/**
 * Hides the account on this tablet, then calls `onHidden`. Its unsent work stays in its own database and is sent when it
 * signs in again. Where the office is slow to answer, its session is ended later.
 */
export async function signOut(account: AccountId, onHidden: () => void): Promise<void> {
  await hideSignedIn(account);
  onHidden();
  await Promise.race([endSession(), new Promise((resolve) => setTimeout(resolve, patienceMs))]);
}

/** Ends the session of whoever signed out without a network, as soon as there is one: nobody else may find it open. */
export async function endSession(): Promise<void> {
  const account = await loadSessionToEnd();
  if (!account) return;
  const answer = await createTransport(account === true ? undefined : account).raw(
    'DELETE',
    '/api/session',
    {}
  );
  if (answer?.ok || answer?.status === 401) await saveSessionToEnd(false);
}

/**
 * Asks the server who is signed in, since grants may have changed, and what time it is: `clockOffsetMs` is server time
 * less tablet time. Null where it cannot say, or it is somebody else, or they signed out meanwhile.
 */
export async function refreshSession(
  current: SignedIn
): Promise<{ signedIn: SignedIn; clockOffsetMs: number | null } | null> {
  const sentMs = Date.now();
  const answer = await createTransport(current.account).getJson('/api/session', SessionReply);
  if (answer.status !== 'answered' || answer.value.account !== current.account) return null;
  const { serverTime, offlineDays } = answer.value;
  const signedIn = signedInOf(answer.value);
  if (!(await updateSignedIn(signedIn, msToInstant(Date.now()), offlineDays))) return null;
  return { signedIn, clockOffsetMs: clockOffset(serverTime, sentMs, Date.now()) };
}

/** Whether the office was told that this tablet is lost; false also where it does not answer. */
export async function isReportedLost(account: AccountId): Promise<boolean> {
  const answer = await createTransport(account).getJson('/api/session', SessionReply);
  return answer.status === 'refused' && answer.code === 'tablet-lost';
}

/** 挂失: nothing of this person stays here, and the office is told so. Without an answer it is told by nobody. */
export async function clearLostStore(account: AccountId): Promise<void> {
  await eraseStore(account);
  removeStoreMark(account);
  await createTransport(account).raw('DELETE', '/api/session', {});
}
