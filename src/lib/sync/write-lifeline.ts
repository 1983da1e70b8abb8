import type { Author } from '../data/author';
import { loadUnsentBytes, loadUnsentWork, type UnsentWork } from '../data/unsent-work';
import type { RecordId } from '../domain/ids';
import type { Instant } from '../domain/instant';
import { sealed, type Bytes } from '../protocol/lifeline-cipher';
import { Entry, entryBytes } from '../protocol/lifeline-entry';

/** What the browser is handed at once: it may keep finished pieces of a file on disk. */
const pieceBytes = 4 * 1024 * 1024;

export interface Written {
  file: Blob;
  changes: number;
  drafts: number;
  photos: number;
  /** Pictures whose bytes the disk did not give any more: named in the file, without bytes. */
  unreadable: number;
}

/**
 * All unsent work of this tablet as one file that only the passphrase opens (docs/lifeline-file.md): changes as the very
 * bytes made here, drafts, pictures and voices. One picture in memory at a time. `only`: of one record.
 */
export async function writeLifeline(
  { database, account, name, device }: Author,
  passphrase: string,
  at: Instant,
  { only, onProgress = () => {} }: { only?: RecordId; onProgress?: (done: number, all: number) => void } = {}
): Promise<Written> {
  const work = await loadUnsentWork(database, only);
  const written = {
    changes: work.changes.length,
    drafts: work.drafts.length,
    photos: work.photos.length,
    unreadable: 0
  };
  async function* plain(): AsyncGenerator<Bytes> {
    let entries = 0;
    for (const entry of textsOf(work, { account, name, device, writtenAt: at })) {
      entries++;
      yield* entryBytes(entry);
    }
    for (const [index, facts] of work.photos.entries()) {
      const found = await loadUnsentBytes(database, facts.id);
      if (!found) written.unreadable++;
      const thumbnail = found?.thumbnail && base64(new Uint8Array(found.thumbnail));
      const entry = Entry.parse({ kind: 'medium', bytes: found?.kind ?? 'unreadable', facts, thumbnail });
      yield* entryBytes(entry, new Uint8Array(found?.bytes ?? new ArrayBuffer(0)));
      entries++;
      onProgress(index + 1, work.photos.length);
    }
    yield* entryBytes({ kind: 'end', entries });
  }
  return { file: await gather(sealed(passphrase, plain())), ...written };
}

/** Checked against the schema they are read by: what could not be read back is found out now. */
function* textsOf({ drafts, changes }: UnsentWork, head: object): Generator<Entry> {
  yield Entry.parse({ kind: 'head', ...head });
  for (const { id, sha256, body, trouble } of changes) {
    const isNo = trouble?.status === 'refused' || trouble?.status === 'conflict';
    const said = isNo
      ? { status: trouble.status, refusal: trouble.refusal, conflict: trouble.conflict }
      : undefined;
    yield Entry.parse({ kind: 'change', id, sha256, body, said });
  }
  for (const draft of drafts) yield Entry.parse({ kind: 'draft', draft });
}

async function gather(pieces: AsyncIterable<Bytes>): Promise<Blob> {
  const blobs: Blob[] = [];
  let waiting: Bytes[] = [];
  let length = 0;
  for await (const piece of pieces) {
    waiting.push(piece);
    length += piece.length;
    if (length < pieceBytes) continue;
    blobs.push(new Blob(waiting));
    [waiting, length] = [[], 0];
  }
  return new Blob([...blobs, ...waiting], { type: 'application/octet-stream' });
}

function base64(bytes: Bytes): string {
  return btoa(String.fromCharCode(...bytes));
}
