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
  confirmedById: Readonly<Record<PhotoId, Progress>>
): Progress {
  const untouched = Object.fromEntries(waiting.map(({ id, bytes }) => [id, { sent: 0, of: bytes }]));
  const parts: Progress[] = Object.values({ ...untouched, ...confirmedById });
  const sum = (count: (part: Progress) => number) => parts.reduce((all, part) => all + count(part), 0);
  return { sent: sum((part) => part.sent), of: sum((part) => part.of) };
}
