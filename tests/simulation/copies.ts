// Copies of what reached the office, as somebody might hand them in afterwards.
import { gunzipSync, gzipSync } from 'node:zlib';
import type { Arriving } from './server';

/** What was sent again as it was is the same to the office. */
export function eachOnce(pushes: readonly Arriving[]): Arriving[] {
  const byBytes = pushes.map((arriving) => [
    Buffer.from(arriving.body as Uint8Array).toString('latin1'),
    arriving
  ]);
  return [...new Map(byBytes as [string, Arriving][]).values()];
}

/** The same ids, and other bytes: each change says something else. */
export function forged(arriving: Arriving): Arriving {
  return withLines(arriving, (lines) => lines.map((line) => line.replace(/"at":"20\d\d/, '"at":"1999')));
}

/** Whatever made a record that was erased, as if it were another change. */
export function revived(arriving: Arriving, erased: readonly string[]): Arriving {
  const isMaker = (line: string) =>
    line.includes('"baseVersion":0') && erased.some((id) => line.includes(`"recordId":"${id}"`));
  const renamed = (line: string) =>
    line.replace(
      /^(\{"id":".{35})(.)/,
      (_, start: string, last: string) => start + (last === 'f' ? '0' : 'f')
    );
  return withLines(arriving, (lines) => lines.filter(isMaker).map(renamed));
}

function withLines(arriving: Arriving, change: (lines: string[]) => string[]): Arriving {
  const [head, ...lines] = gunzipSync(arriving.body as Uint8Array)
    .toString('utf8')
    .split('\n');
  return { ...arriving, body: gzipSync([head, ...change(lines)].join('\n'), { level: 1 }) };
}
