import type { QueuedPhoto, TabletDatabase } from '$lib/data/database';
import { keepVoice, type CutVoice } from '$lib/data/photos';
import { sha256 } from '$lib/device/sha256';
import { pieceMs } from '$lib/device/voice';

/** Voice notes that a kill or a full store cut off are notes as far as they go. Returns them. */
export async function mendVoices(
  database: TabletDatabase,
  cut: readonly CutVoice[]
): Promise<QueuedPhoto['id'][]> {
  for (const { voice, pieces } of cut) {
    const { id, recordId, mime, takenAt } = voice;
    const bytes = await new Blob(pieces.map((piece) => piece.bytes)).arrayBuffer();
    const seconds = (pieces.length * pieceMs) / 1000;
    await keepVoice(database, { id, recordId, mime, takenAt, seconds, sha256: await sha256(bytes) }, bytes);
  }
  return cut.map(({ voice }) => voice.id);
}
