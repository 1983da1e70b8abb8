import type { AccountId } from '../domain/ids';

const tryAnewMs = 30_000;

/**
 * Step 13: hints from the server that there is something to pull. A lost hint costs nothing. After a cut the browser
 * opens the stream again by itself: that the office can be reached again is a hint as well.
 */
export function listenLive(account: AccountId, onHint: () => void): () => void {
  let source: EventSource;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let wasOpen = false;
  const open = () => {
    source = new EventSource(`/api/live?account=${account}`);
    source.onmessage = onHint;
    source.onopen = () => {
      if (wasOpen) onHint();
      wasOpen = true;
    };
    // An answer that is no stream (a portal's page, a failing proxy, an expired session) ends it for good.
    source.onerror = () => {
      if (source.readyState === EventSource.CLOSED) timer = setTimeout(open, tryAnewMs);
    };
  };
  open();
  return () => {
    clearTimeout(timer);
    source.close();
  };
}
