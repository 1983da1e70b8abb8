import { openMedia, stopTracks, type MediaTrouble } from './media';
import { within } from './time-limit';

/** unknown: this browser does not tell before it asks. */
export type Permission = 'granted' | 'denied' | 'prompt' | 'unknown';

const answerMs = 3_000;

/** Whether camera or position is allowed, without asking the person. */
export async function permissionFor(name: 'camera' | 'geolocation'): Promise<Permission> {
  if (!('permissions' in navigator)) return 'unknown';
  try {
    // Not every browser knows `camera`.
    const asked = navigator.permissions.query({ name });
    return (await within(asked, answerMs, null))?.state ?? 'unknown';
  } catch {
    return 'unknown';
  }
}

/** Asks the person for the camera, and lets it go at once. Null where it works. */
export async function tryCamera(): Promise<MediaTrouble | null> {
  const media = await openMedia({ video: { facingMode: { ideal: 'environment' } } });
  if (!media.ok) return media.reason;
  stopTracks(media.stream);
  return null;
}
