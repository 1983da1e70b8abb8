const firstMs = 1_000;
const longestMs = 60_000;

/** How long to wait after so many failures in a row, in milliseconds: doubling, at most a minute, jittered by `random` in [0, 1). */
export function backoffMs(failures: number, random: number): number {
  const ceiling = Math.min(longestMs, firstMs * 2 ** Math.max(0, failures - 1));
  return Math.round(ceiling * (0.5 + random / 2));
}
