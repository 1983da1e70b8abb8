/** What the uploads of one run have shown of the link, and whose turn it is on one that breaks. */
export interface UploadLink {
  /** Whether so many bytes are through before a cut is likely. Nothing is, before the first upload. */
  isQuick(bytes: number): boolean;
  /** After a request that carried bytes; null where it was cut. */
  note(bytes: number | null, tookMs: number): void;
  /**
   * Before each request of an upload. On a link that breaks one upload at a time has it, until it gives it back: of two,
   * one could go without a single byte from cut to cut, and would be taken for the one that fails.
   */
  turn(): Promise<void>;
  giveBack(): void;
}

/** Below this, a connection of its own would cost more than what a cut could make a browser send again. */
const quickMs = 500;

/** One for each upload of a run; all of them together know the link. */
export function openUploadLinks(): () => UploadLink {
  let bytesPerMs = 0;
  let isBreaking = false;
  let lastTurn: Promise<void> = Promise.resolve();
  return () => {
    let end: (() => void) | undefined;
    return {
      isQuick: (bytes) => !isBreaking && bytes < bytesPerMs * quickMs,
      note(bytes, tookMs) {
        if (bytes === null) isBreaking = true;
        else bytesPerMs = bytes / Math.max(1, tookMs);
      },
      async turn() {
        if (!isBreaking || end) return;
        const before = lastTurn;
        lastTurn = new Promise((resolve) => (end = resolve));
        await before;
      },
      giveBack: () => end?.()
    };
  };
}
