/** What the uploads of one run have shown of the link, and whose turn it is on one that breaks. */
export interface UploadLink {
  /** Whether so many bytes are through before a cut is likely. Nothing is, before the first upload. */
  isQuick(bytes: number): boolean;
  /** How much a request carries at most: what is confirmed can be shown while a long upload goes on. */
  pieceBytes(): number;
  /** After a request that carried bytes; null where it was cut. */
  note(bytes: number | null, tookMs: number): void;
  /**
   * Before a request that carries bytes; returns how to give the turn back. A link that breaks carries one at a time: of
   * two, one could go without a single byte from cut to cut, and would be taken for the one that fails. After a cut the next in
   * line knows how far it came and sends at once, while the other one asks.
   */
  turn(): Promise<() => void>;
}

/** Below this, a connection of its own would cost more than what a cut could make a browser send again. */
const quickMs = 500;

/** A request is over in about this time; each costs a round trip, which the other lane uses. */
const pieceMs = 4_000;
const smallestPieceBytes = 128 * 1024;

export function openUploadLink(): UploadLink {
  let bytesPerMs = 0;
  let isBreaking = false;
  let lastTurn: Promise<void> = Promise.resolve();
  return {
    isQuick: (bytes) => !isBreaking && bytes < bytesPerMs * quickMs,
    pieceBytes: () => Math.max(smallestPieceBytes, bytesPerMs * pieceMs),
    note(bytes, tookMs) {
      if (bytes === null) isBreaking = true;
      else bytesPerMs = bytes / Math.max(1, tookMs);
    },
    async turn() {
      if (!isBreaking) return () => {};
      const before = lastTurn;
      let giveBack = () => {};
      lastTurn = new Promise((resolve) => (giveBack = resolve));
      await before;
      return giveBack;
    }
  };
}
