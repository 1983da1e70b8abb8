import { maxVoiceBytes, maxVoiceSeconds } from '../domain/photo';
import { measureLevel } from './level-meter';
import { openMedia, stopTracks, type MediaTrouble } from './media';
import { sha256 } from './sha256';

export interface VoiceNote {
  bytes: ArrayBuffer;
  mime: string;
  seconds: number;
  sha256: string;
  /** This device's clock when the recording began. */
  takenAtMs: number;
}

/** What was said in the last half second, so that a kill takes no more than that. Pieces in order make the note. */
export interface VoicePiece {
  piece: number;
  bytes: ArrayBuffer;
  mime: string;
}

/** `level` is 0 to 1, for a meter. `ended` comes once, whoever stopped it; `nothing` instead where no sound arrived. */
export type VoiceState =
  | { state: 'recording'; seconds: number; level: number }
  | { state: 'ended'; note: VoiceNote }
  | { state: 'nothing' };

export interface Recording {
  ok: true;
  /** Ends it; the note comes as the state `ended`. */
  stop(): void;
  /** Ends it without a note; no state comes after it. */
  discard(): void;
}

interface Limits {
  seconds: number;
  bytes: number;
}

const kinds = ['audio/webm;codecs=opus', 'audio/mp4'];
export const pieceMs = 500;
/** Speech is clear at this; two minutes are 0.4 MB. */
const audioBitsPerSecond = 28_000;

/**
 * Records until stopped, or by itself until two minutes or 2 MB are full, or the microphone is taken away: then what
 * was said so far is the note. `limits` are for tests.
 */
export async function recordVoice(
  onState: (state: VoiceState) => void,
  onPiece: (piece: VoicePiece) => void = () => {},
  limits: Limits = { seconds: maxVoiceSeconds, bytes: maxVoiceBytes }
): Promise<Recording | { ok: false; reason: MediaTrouble | 'unsupported' }> {
  const kind = 'MediaRecorder' in globalThis && kinds.find((each) => MediaRecorder.isTypeSupported(each));
  if (!kind) return { ok: false, reason: isSecureContext ? 'unsupported' : 'insecure' };
  const media = await openMedia({ audio: { channelCount: 1, noiseSuppression: true } });
  if (!media.ok) return media;
  try {
    return record(media.stream, kind, limits, onState, onPiece);
  } catch {
    stopTracks(media.stream);
    return { ok: false, reason: 'busy' };
  }
}

function record(
  stream: MediaStream,
  kind: string,
  limits: Limits,
  onState: (state: VoiceState) => void,
  onPiece: (piece: VoicePiece) => void
): Recording {
  const recorder = new MediaRecorder(stream, { mimeType: kind, audioBitsPerSecond });
  const gathered = { pieces: [] as Blob[], bytes: 0, seconds: 0 };
  const takenAtMs = Date.now();
  const startedAt = performance.now();
  const meter = measureLevel(stream);
  let isWanted = true;
  const stop = () => {
    if (recorder.state !== 'inactive') recorder.stop();
  };

  recorder.ondataavailable = ({ data }) => {
    if (!isWanted) return;
    // Only a last piece that is longer than the one before can be too much: the note ends before it.
    if (gathered.bytes + data.size > limits.bytes) return stop();
    const piece = gathered.pieces.push(data) - 1;
    void data.arrayBuffer().then((bytes) => onPiece({ piece, bytes, mime: mimeOf(kind) }));
    gathered.bytes += data.size;
    gathered.seconds = Math.min(limits.seconds, (performance.now() - startedAt) / 1000);
    if (gathered.seconds >= limits.seconds || gathered.bytes + 2 * data.size > limits.bytes) return stop();
    onState({ state: 'recording', seconds: gathered.seconds, level: meter.level() });
  };
  recorder.onstop = () => {
    clearTimeout(timer);
    meter.stop();
    stopTracks(stream);
    if (!isWanted) return;
    if (gathered.bytes === 0) return onState({ state: 'nothing' });
    void sealNote(gathered, kind, takenAtMs).then((note) => onState({ state: 'ended', note }));
  };
  const timer = setTimeout(stop, limits.seconds * 1000);
  recorder.start(pieceMs);
  return {
    ok: true,
    stop,
    discard: () => {
      isWanted = false;
      stop();
    }
  };
}

async function sealNote(
  { pieces, seconds }: { pieces: Blob[]; seconds: number },
  kind: string,
  takenAtMs: number
): Promise<VoiceNote> {
  const bytes = await new Blob(pieces).arrayBuffer();
  return { bytes, mime: mimeOf(kind), seconds, sha256: await sha256(bytes), takenAtMs };
}

/** The codec belongs to the recorder, not to the type. */
function mimeOf(kind: string): string {
  return kind.replace(/;.*/, '');
}
