// In place of uuid: the same ids, without what it remembers from one world to the next.
import { v7 as realV7 } from 'uuid';

export function v7({
  msecs = Date.now(),
  random = crypto.getRandomValues(new Uint8Array(16))
}: { msecs?: number; random?: Uint8Array } = {}): string {
  return realV7({ msecs, random });
}
