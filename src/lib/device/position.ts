import { positionToFix, type Fix } from './fix';
import { within } from './time-limit';

/** denied: by the person or the system. insecure: plain http. absent: this browser has no positions at all. */
export type PositionTrouble = 'denied' | 'unavailable' | 'timeout' | 'insecure' | 'absent';
export type FixResult = { ok: true; fix: Fix } | { ok: false; reason: PositionTrouble };

const options: PositionOptions = { enableHighAccuracy: true, maximumAge: 5_000, timeout: 30_000 };

/**
 * Tells every fix until stopped, and what keeps fixes away; both may come at any time and in any order. The watch is
 * begun anew when the page comes back to the front: in the background some systems let it die in silence.
 */
export function watchPosition(
  onFix: (fix: Fix) => void,
  onTrouble: (reason: PositionTrouble) => void
): () => void {
  const reason = troubleBefore();
  if (reason) {
    onTrouble(reason);
    return () => {};
  }
  const begin = () =>
    navigator.geolocation.watchPosition(
      (position) => {
        const fix = positionToFix(position, Date.now());
        if (fix) onFix(fix);
        else onTrouble('unavailable');
      },
      (error) => onTrouble(errorToTrouble(error)),
      options
    );
  let watch = begin();
  const onVisibility = () => {
    if (document.visibilityState !== 'visible') return;
    navigator.geolocation.clearWatch(watch);
    watch = begin();
  };
  document.addEventListener('visibilitychange', onVisibility);
  return () => {
    document.removeEventListener('visibilitychange', onVisibility);
    navigator.geolocation.clearWatch(watch);
  };
}

/** One fix, or why there is none, within `limitMs`, also while nobody answers the question for permission. */
export async function currentFix(limitMs = 10_000): Promise<FixResult> {
  const reason = troubleBefore();
  if (reason) return { ok: false, reason };
  const answer = new Promise<FixResult>((resolve) =>
    navigator.geolocation.getCurrentPosition(
      (position) => {
        const fix = positionToFix(position, Date.now());
        resolve(fix ? { ok: true, fix } : { ok: false, reason: 'unavailable' });
      },
      (error) => resolve({ ok: false, reason: errorToTrouble(error) }),
      { ...options, timeout: limitMs }
    )
  );
  return within(answer, limitMs, { ok: false, reason: 'timeout' });
}

function troubleBefore(): PositionTrouble | null {
  if (!isSecureContext) return 'insecure';
  return 'geolocation' in navigator ? null : 'absent';
}

function errorToTrouble(error: GeolocationPositionError): PositionTrouble {
  if (error.code === error.PERMISSION_DENIED) return 'denied';
  return error.code === error.TIMEOUT ? 'timeout' : 'unavailable';
}
