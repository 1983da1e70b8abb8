/** As much as server.mjs lets in at all. Whoever sends more is cut off. */
export const maxDiscardedBytes = 20 * 1024 * 1024;

/**
 * Reads away what nobody wants. A body left unread blocks its connection: the sender waits until it is cut off and
 * never learns why (measured with SvelteKit's node adapter and 10 MB: 6 s, then ECONNRESET, in place of the 401).
 */
export async function discardBody({ body }: Request): Promise<void> {
  if (!body || body.locked) return;
  let length = 0;
  try {
    for await (const piece of body) {
      length += piece.length;
      if (length > maxDiscardedBytes) return;
    }
  } catch {
    // The sender has gone: there is nobody left to answer.
  }
}
