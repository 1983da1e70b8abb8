/** A record that was on screen this long was seen; walking down the list with J is not yet looking. */
const seenAfterMs = 1_500;

/**
 * Tells the office's log that this officer has the report on screen (社区已查看), once it was shown and the window could
 * be seen. Returns how to take it back.
 */
export function markOpened(reportId: string): () => void {
  const address = `/office/inbox/${reportId}?/opened`;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tell = () => {
    const headers = { 'x-sveltekit-action': 'true', accept: 'application/json' };
    // Lost on the way it is told the next time the record is shown.
    void fetch(address, { method: 'POST', body: new FormData(), headers }).catch(() => undefined);
  };
  const wait = () => {
    clearTimeout(timer);
    if (document.visibilityState === 'visible') timer = setTimeout(tell, seenAfterMs);
  };
  wait();
  document.addEventListener('visibilitychange', wait);
  return () => {
    clearTimeout(timer);
    document.removeEventListener('visibilitychange', wait);
  };
}
