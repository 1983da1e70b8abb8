import { clockOffset } from '../device/clock';
import {
  hideSignedIn,
  loadDeviceId,
  loadSessionToEnd,
  saveSessionToEnd,
  saveSignedIn,
  updateSignedIn,
  type SignedIn
} from '../data/tablet-facts';
import type { RefusalCode } from '../domain/refusal';
import { SessionReply, SlipReply } from '../protocol/session';
import { createTransport } from './transport';

const patienceMs = 3_000;

export type SignInResult =
  | { status: 'signed-in'; signedIn: SignedIn }
  | { status: 'refused'; code: RefusalCode; details?: Record<string, string | number> }
  | { status: 'away' };

/** Signs in at the server and remembers it on the tablet. The first time needs a network; after that the tablet opens by itself. */
export async function signIn(login: string, password: string): Promise<SignInResult> {
  return enter({ login, password });
}

/** The same with the token of a printed slip, which is used up by it. */
export async function signInBySlip(slip: string): Promise<SignInResult> {
  return enter({ slip });
}

/** Whose slip it is. Uses nothing up. */
export async function readSlip(slip: string) {
  return createTransport().postJson('/api/slip', { slip }, SlipReply);
}

async function enter(who: { login: string; password: string } | { slip: string }): Promise<SignInResult> {
  const device = await loadDeviceId();
  const answer = await createTransport().postJson('/api/session', { ...who, device }, SessionReply);
  if (answer.status === 'refused') return { status: 'refused', code: answer.code, details: answer.details };
  if (answer.status !== 'answered') return { status: 'away' };
  const { account, name, grants, communities, deviceMark } = answer.value;
  const signedIn: SignedIn = { account, name, grants, communities, deviceMark };
  await saveSessionToEnd(false);
  await saveSignedIn(signedIn);
  return { status: 'signed-in', signedIn };
}

/**
 * Hides the account on this tablet, then calls `onHidden`. Its unsent work stays in its own database and is sent when it
 * signs in again. Where the office is slow to answer, its session is ended later.
 */
export async function signOut(onHidden: () => void): Promise<void> {
  await hideSignedIn();
  onHidden();
  await Promise.race([endSession(), new Promise((resolve) => setTimeout(resolve, patienceMs))]);
}

/** Ends the session of whoever signed out without a network, as soon as there is one: nobody else may find it open. */
export async function endSession(): Promise<void> {
  if (!(await loadSessionToEnd())) return;
  const answer = await createTransport().raw('DELETE', '/api/session', {});
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
  const { account, name, grants, communities, deviceMark, serverTime } = answer.value;
  const signedIn: SignedIn = { account, name, grants, communities, deviceMark };
  if (!(await updateSignedIn(signedIn))) return null;
  return { signedIn, clockOffsetMs: clockOffset(serverTime, sentMs, Date.now()) };
}
