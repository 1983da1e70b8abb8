import { poorAccuracyMetres, type Place } from '../domain/place';

/** One answer of the positioning system, WGS-84. */
export interface Fix {
  longitude: number;
  latitude: number;
  /** Radius of the 68 % circle, metres. */
  accuracyMetres: number;
  /** When it was taken, by this device's clock: milliseconds since the epoch. */
  at: number;
}

/** poor: too vague. jump: nobody gets there that fast. stale: old, or older than the one before. */
export type FixQuality = 'good' | 'poor' | 'jump' | 'stale';

/** An e-bike at full speed, 54 km/h. What is faster is an error of the positioning system. */
const fastestMetresPerSecond = 15;
const staleAfterMs = 60_000;
/** A reported age beyond this is no age: satellites and tablet disagree about the time. */
const plausibleAgeMs = 3_600_000;

/**
 * The browser's answer as a fix; null where it is not a position at all. The time stamp may come from the satellites:
 * on a tablet whose clock is wrong by a year it would make every fix a year old, so then the arrival counts.
 */
export function positionToFix(
  position: Pick<GeolocationPosition, 'timestamp'> & {
    coords: Pick<GeolocationCoordinates, 'longitude' | 'latitude' | 'accuracy'>;
  },
  receivedAtMs: number
): Fix | null {
  const { longitude, latitude, accuracy } = position.coords;
  if (!(Math.abs(longitude) <= 180 && Math.abs(latitude) <= 90)) return null;
  if (!(Number.isFinite(accuracy) && accuracy >= 0)) return null;
  const age = receivedAtMs - position.timestamp;
  const at = age >= 0 && age <= plausibleAgeMs ? position.timestamp : receivedAtMs;
  return { longitude, latitude, accuracyMetres: accuracy, at };
}

/**
 * Whether a fix may be drawn as truth. `previous` is the last *good* one, or null: against it a wrong fix stays a
 * jump, and a right one after a wrong one is believed again as soon as the way there was long enough.
 */
export function judgeFix(previous: Fix | null, next: Fix, nowMs: number): FixQuality {
  if (nowMs - next.at > staleAfterMs) return 'stale';
  if (previous && next.at < previous.at) return 'stale';
  if (next.accuracyMetres > poorAccuracyMetres) return 'poor';
  if (!previous) return 'good';
  const seconds = Math.max(1, (next.at - previous.at) / 1000);
  const certainMetres = metresBetween(previous, next) - previous.accuracyMetres - next.accuracyMetres;
  return certainMetres > fastestMetresPerSecond * seconds ? 'jump' : 'good';
}

/** A record's place as far as a fix knows it, with accuracy and age; without a fix a place of source `none`. */
export function fixToPlace(fix: Fix | null, nowMs: number): Place {
  if (!fix) return { source: 'none' };
  return {
    source: 'gps',
    position: { longitude: rounded(fix.longitude, 7), latitude: rounded(fix.latitude, 7) },
    accuracyMetres: rounded(fix.accuracyMetres, 1),
    fixAgeSeconds: Math.max(0, Math.round((nowMs - fix.at) / 1000))
  };
}

function rounded(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}

/** Flat around the two points: for the distance between two fixes, not between continents. */
function metresBetween(a: Fix, b: Fix): number {
  const metresPerDegree = 111_195;
  const north = (b.latitude - a.latitude) * metresPerDegree;
  const east = (b.longitude - a.longitude) * metresPerDegree * Math.cos((a.latitude * Math.PI) / 180);
  return Math.hypot(north, east);
}
