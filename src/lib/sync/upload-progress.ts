import type { PhotoId } from '../domain/ids';

/** Bytes that the office has confirmed, and how many there are. */
export interface Progress {
  sent: number;
  of: number;
}

/**
 * How far all pictures together have come. Those that arrived meanwhile have left `waiting` and still count, so that the
 * whole does not shrink while it is sent. Pure.
 */
export function wholeProgress(
  waiting: readonly { id: PhotoId; bytes: number }[],
  confirmedById: ReadonlyMap<PhotoId, Progress>
): Progress {
  const parts = new Map<PhotoId, Progress>(waiting.map(({ id, bytes }) => [id, { sent: 0, of: bytes }]));
  confirmedById.forEach((progress, id) => parts.set(id, progress));
  return [...parts.values()].reduce((sum, { sent, of }) => ({ sent: sum.sent + sent, of: sum.of + of }), {
    sent: 0,
    of: 0
  });
}
