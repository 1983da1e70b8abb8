const lockName = 'xunge-desk-live';
const channelName = 'xunge-desk-news';
const tryAnewMs = 30_000;

/**
 * Calls back when one of the person's communities has something new. One stream per browser (step 13): the tab that
 * holds the lock listens and tells the others; where there are no locks (plain http) each tab listens for itself.
 * Returns how to stop.
 */
export function listenForNews(onnews: () => void): () => void {
  const channel = new BroadcastChannel(channelName);
  channel.onmessage = onnews;
  const stopped = new AbortController();
  const listen = () =>
    openStream(stopped.signal, () => {
      onnews();
      channel.postMessage('news');
    });
  // `locks` is missing outside secure contexts, whatever the types say.
  const locks = navigator.locks as LockManager | undefined;
  if (locks) locks.request(lockName, { signal: stopped.signal }, listen).catch(ignoreStop);
  else void listen();
  return () => {
    stopped.abort();
    channel.close();
  };
}

/** Settles when it was told to stop. */
function openStream(signal: AbortSignal, onhint: () => void): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  let stream: EventSource;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const open = () => {
    stream = new EventSource('/api/live');
    stream.onmessage = onhint;
    // Hints of the time without a stream are gone, those between the page and its first stream too.
    stream.onopen = onhint;
    // An answer that is no stream (a proxy's 502 during a deploy, an ended session) ends it for good.
    stream.onerror = () => {
      if (stream.readyState === EventSource.CLOSED) timer = setTimeout(open, tryAnewMs);
    };
  };
  open();
  return new Promise((resolve) =>
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      stream.close();
      resolve();
    })
  );
}

/** A lock that was still waited for when the page went away. */
function ignoreStop(reason: unknown): void {
  if (!(reason instanceof DOMException && reason.name === 'AbortError')) throw reason;
}
