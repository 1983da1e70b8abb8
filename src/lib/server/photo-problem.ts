import type { Refusal } from '../domain/refusal';
import type { Problem } from '../protocol/problem';
import { problem } from './problem';

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
