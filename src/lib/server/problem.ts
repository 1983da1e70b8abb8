import type { Refusal, RefusalCode } from '../domain/refusal';
import type { Problem } from '../protocol/problem';

const statusByCode: Partial<Record<RefusalCode, number>> = {
  'not-signed-in': 401,
  'tablet-lost': 403,
  'wrong-password': 401,
  'not-granted': 403,
  'foreign-origin': 403,
  'link-used': 403,
  'slip-used': 403,
  'unknown-record': 404,
  'not-found': 404,
  'account-mismatch': 409,
  'store-restored': 409,
  'already-exists': 409,
  'photo-not-declared': 409,
  'wrong-state': 409,
  'personal-blanked': 409,
  'too-large': 413,
  'upgrade-needed': 426,
  'too-many-tries': 429,
  'not-ready': 503
};

export function statusOf(code: RefusalCode): number {
  return statusByCode[code] ?? 400;
}

/** A refusal as an RFC 9457 problem document: code and plain values, no sentence and nothing of the request. */
export function problem({ code, details }: Refusal): Response {
  const status = statusOf(code);
  const body: Problem = { type: `urn:xunge:problem:${code}`, title: code, status, code, details };
  return Response.json(body, {
    status,
    headers: { 'content-type': 'application/problem+json', 'cache-control': 'no-store' }
  });
}

/** A problem document with headers of its own, and a status where HTTP or tus name one that no code of ours stands for. */
export async function problemWith(
  refusal: Refusal,
  headers: Record<string, string>,
  status?: number
): Promise<Response> {
  const plain = problem(refusal);
  const body = { ...((await plain.json()) as Problem), status: status ?? plain.status };
  return Response.json(body, {
    status: body.status,
    headers: { ...Object.fromEntries(plain.headers), ...headers }
  });
}
