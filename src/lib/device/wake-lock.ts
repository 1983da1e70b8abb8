/** refused: a nearly empty battery, or the power saver. absent: this browser cannot. asleep: given back meanwhile. */
export type WakeState = 'awake' | 'asleep' | 'refused' | 'absent';

/**
 * Keeps the screen on, without which positions stop, until the returned function is called. The system takes the lock
 * whenever the page is hidden; it is asked for again when the page comes back.
 */
export function keepAwake(onState: (state: WakeState) => void = () => {}): () => void {
  if (!('wakeLock' in navigator)) {
    onState('absent');
    return () => {};
  }
  let isWanted = true;
  let isAsking = false;
  let sentinel: WakeLockSentinel | null = null;

  const ask = async () => {
    if (!isWanted || isAsking || sentinel || document.visibilityState !== 'visible') return;
    isAsking = true;
    try {
      const given = await navigator.wakeLock.request('screen');
      sentinel = given;
      given.addEventListener('release', () => {
        sentinel = null;
        if (isWanted) onState('asleep');
      });
      if (isWanted) onState('awake');
      else await given.release();
    } catch {
      if (isWanted) onState('refused');
    } finally {
      isAsking = false;
    }
  };
  const onVisibility = () => void ask();

  document.addEventListener('visibilitychange', onVisibility);
  void ask();
  return () => {
    isWanted = false;
    document.removeEventListener('visibilitychange', onVisibility);
    void sentinel?.release();
  };
}
