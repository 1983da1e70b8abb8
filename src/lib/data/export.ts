import type { PhotoId } from '../domain/ids';
import type { TabletDatabase } from './database';
import { listUnreceipted } from './outbox';
import { piecesOf } from './photos';

/**
 * All unsent work as one file of JSON lines: a head, then each change as the very bytes made here, then each picture
 * in base64. One picture in memory at a time; the browser keeps the finished pieces.
 */
export async function exportUnsent(
  database: TabletDatabase,
  exportedAt: string
): Promise<{ file: Blob; changes: number; photos: number }> {
  const rows = await listUnreceipted(database);
  const photoIds = await database.photos
    .where('state')
    .anyOf('raw', 'ready', 'refused', 'withdrawn')
    .primaryKeys();
  const drafts = await database.drafts.toArray();
  const pieces: Blob[] = [
    line({ format: 'xunge-unsent', version: 1, account: database.account, exportedAt }),
    ...drafts.map((draft) => line({ draft })),
    ...rows.map(({ id, sha256, body }) => line({ change: { id, sha256, body } }))
  ];
  // One whose bytes cannot be read takes no other's place in the file.
  for (const id of photoIds)
    pieces.push(await photoLine(database, id).catch(() => line({ photo: { id, unreadable: true } })));
  return {
    file: new Blob(pieces, { type: 'application/x-ndjson' }),
    changes: rows.length,
    photos: photoIds.length
  };
}

function line(value: unknown): Blob {
  return new Blob([JSON.stringify(value), '\n']);
}

async function photoLine(database: TabletDatabase, id: PhotoId): Promise<Blob> {
  const facts = await database.photos.get(id);
  const processed = (await database.pictures.get(id))?.bytes;
  const pieces = processed
    ? [processed]
    : (await piecesOf(database, id).toArray()).map((piece) => piece.bytes);
  const bytes = new Uint8Array(await new Blob(pieces).arrayBuffer());
  return line({ photo: { ...facts, base64: base64(bytes) } });
}

function base64(bytes: Uint8Array): string {
  const step = 0x8000;
  let binary = '';
  for (let start = 0; start < bytes.length; start += step)
    binary += String.fromCharCode(...bytes.subarray(start, start + step));
  return btoa(binary);
}
