import type { PhotoId } from '../../src/lib/domain/ids';
import type { Issue } from '../../src/lib/domain/report';
import type { SyncContext } from '../../src/lib/sync/context';

/** Enough that the link has work while one of them waits for its answer. */
const lanes = 3;

/** Every picture that is not here yet, each from the byte a cut left off at. */
export async function fetchPictures({ author, transport }: SyncContext): Promise<'done' | 'away'> {
  const { records, pictures } = author.database;
  const shown = await records.toArray();
  const ids = shown.flatMap(({ record }) => (record as Issue).photos.map(({ id }) => id));
  const here = new Set(await pictures.toCollection().primaryKeys());
  const missing = ids.filter((id) => !here.has(id));
  const fetchNext = async (): Promise<'done' | 'away'> => {
    for (let id = missing.shift(); id; id = missing.shift()) {
      const bytes = await fetchPicture(transport, id);
      if (!bytes) return 'away';
      await pictures.put({ photoId: id, bytes });
    }
    return 'done';
  };
  const outcomes = await Promise.all(Array.from({ length: lanes }, fetchNext));
  return outcomes.includes('away') ? 'away' : 'done';
}

async function fetchPicture(transport: SyncContext['transport'], id: PhotoId): Promise<ArrayBuffer | null> {
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  let length = 0;
  for (let stuck = 0; stuck < 3; stuck++) {
    const headers: Record<string, string> = length ? { range: `bytes=${length}-` } : {};
    const response = await transport.raw('GET', `/api/photos/${id}`, headers);
    if (!response) continue;
    if (!response.ok) return null;
    const before = length;
    const isWhole = await readPieces(response, (piece) => {
      pieces.push(piece);
      length += piece.length;
    });
    if (isWhole) return new Blob(pieces).arrayBuffer();
    if (length > before) stuck = 0;
  }
  return null;
}

/** False where the connection was cut. */
async function readPieces(
  response: Response,
  keep: (piece: Uint8Array<ArrayBuffer>) => void
): Promise<boolean> {
  const reader = response.body!.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return true;
      keep(value);
    }
  } catch {
    return false;
  }
}
