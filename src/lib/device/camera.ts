import { openMedia, stopTracks, type MediaTrouble } from './media';
import { within } from './time-limit';

export type Shot =
  { ok: true; bytes: ArrayBuffer; mime: string; takenAtMs: number } | { ok: false; reason: 'no-picture' };

export interface Camera {
  ok: true;
  /** Takes one picture. `takenAtMs` is this device's clock at the shutter. */
  shoot(): Promise<Shot>;
  close(): void;
}

const startMs = 10_000;
const photoMs = 6_000;
const frameQuality = 0.92;

/**
 * Shows the camera, the rear one where there is one, in `video`. The caller closes it; `onLost` tells that the
 * system took it away (another app, a locked screen).
 */
export async function openCamera(
  video: HTMLVideoElement,
  onLost: () => void = () => {}
): Promise<Camera | { ok: false; reason: MediaTrouble }> {
  const media = await openMedia({
    video: { facingMode: { ideal: 'environment' }, width: { ideal: 1920 }, height: { ideal: 1440 } }
  });
  if (!media.ok) return media;
  const { stream } = media;
  const close = () => {
    stopTracks(stream);
    if (video.srcObject === stream) video.srcObject = null;
  };
  const track = stream.getVideoTracks()[0];
  if (!track || !(await startVideo(video, stream))) {
    close();
    return { ok: false, reason: 'busy' };
  }
  // `stop()` of our own does not fire it.
  track.addEventListener('ended', onLost);
  return { ok: true, shoot: () => shoot(track, video), close };
}

async function startVideo(video: HTMLVideoElement, stream: MediaStream): Promise<boolean> {
  // Without these iOS plays it full screen, or not at all.
  video.muted = true;
  video.playsInline = true;
  video.srcObject = stream;
  const playing = video.play().then(
    () => true,
    () => false
  );
  return within(playing, startMs, false);
}

async function shoot(track: MediaStreamTrack, video: HTMLVideoElement): Promise<Shot> {
  const takenAtMs = Date.now();
  // Drivers fail here in many ways, and some never answer: then what the person sees is the picture.
  const blob = (await takePhoto(track)) ?? (await videoFrame(video));
  if (!blob?.size) return { ok: false, reason: 'no-picture' };
  return { ok: true, bytes: await blob.arrayBuffer(), mime: blob.type, takenAtMs };
}

/** A picture of the sensor's own size and quality, where the browser can ask for one. */
async function takePhoto(track: MediaStreamTrack): Promise<Blob | null> {
  if (!('ImageCapture' in globalThis) || track.readyState !== 'live') return null;
  try {
    return await within(new ImageCapture(track).takePhoto(), photoMs, null);
  } catch {
    return null;
  }
}

async function videoFrame(video: HTMLVideoElement): Promise<Blob | null> {
  const { videoWidth: width, videoHeight: height } = video;
  if (!width || !height) return null;
  const canvas = new OffscreenCanvas(width, height);
  canvas.getContext('2d')?.drawImage(video, 0, 0);
  return canvas.convertToBlob({ type: 'image/jpeg', quality: frameQuality });
}
