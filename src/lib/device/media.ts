import { within } from './time-limit';

/** denied: no permission, or nobody answered. none: no such device. busy: another app has it, or it does not start. */
export type MediaTrouble = 'denied' | 'none' | 'insecure' | 'busy';
export type Media = { ok: true; stream: MediaStream } | { ok: false; reason: MediaTrouble };

/** How long the question for permission may stand unanswered; some embedded browsers never show it. */
const answerMs = 60_000;

/** Camera or microphone, after the person's permission. */
export async function openMedia(constraints: MediaStreamConstraints): Promise<Media> {
  if (!isSecureContext) return { ok: false, reason: 'insecure' };
  if (!('mediaDevices' in navigator)) return { ok: false, reason: 'none' };
  let isLate = false;
  const asked = navigator.mediaDevices.getUserMedia(constraints).then(
    (stream): Media => {
      // Nobody waits for it any more, and its light would stay on.
      if (isLate) stopTracks(stream);
      return { ok: true, stream };
    },
    (error: unknown): Media => ({ ok: false, reason: errorToTrouble(error) })
  );
  const media = await within(asked, answerMs, null);
  isLate = media === null;
  return media ?? { ok: false, reason: 'denied' };
}

export function stopTracks(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}

function errorToTrouble(error: unknown): MediaTrouble {
  const name = error instanceof Error || error instanceof DOMException ? error.name : '';
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'denied';
  return name === 'NotFoundError' || name === 'OverconstrainedError' ? 'none' : 'busy';
}
