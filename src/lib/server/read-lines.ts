import type { z } from 'zod/mini';
import type { Refusal } from '../domain/refusal';
import { maxPushBytesCompressed, maxPushBytesInflated, protocolVersion } from '../protocol/version';
import { discardBody } from './discard-body';
import { parseJson, readText } from './read-body';
import type { Session } from './session';

/**
 * Step 3: a body of lines, a head that names account and protocol on the first, at most `most` others. Refused before
 * anything is read from them where there is no session, or it is somebody else's.
 */
export async function readLines<Head extends { account: string; protocol: number }>(
  request: Request,
  session: Session | null,
  schema: z.ZodMiniType<Head>,
  most: number
): Promise<{ session: Session; head: Head; lines: string[] } | { refusal: Refusal }> {
  if (!session) {
    await discardBody(request);
    return { refusal: { code: 'not-signed-in' } };
  }
  const body = await readText(request, { bytes: maxPushBytesCompressed, inflated: maxPushBytesInflated });
  if ('refusal' in body) return body;
  const [first = '', ...lines] = body.text.split('\n').filter((line) => line !== '');
  const head = parseJson(first, schema);
  if ('refusal' in head) return head;
  if (head.value.account !== session.account) return { refusal: { code: 'account-mismatch' } };
  if (head.value.protocol > protocolVersion) return { refusal: { code: 'upgrade-needed' } };
  if (lines.length > most) return { refusal: { code: 'too-large', details: { maximum: most } } };
  return { session, head: head.value, lines };
}
