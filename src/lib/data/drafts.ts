import { v7 as uuidV7 } from 'uuid';
import type { RecordId } from '../domain/ids';
import type { Instant } from '../domain/instant';
import type { TabletDatabase } from './database';
import type { Draft } from './draft';
import { piecesOf } from './photos';

export function newDraft(kind: Draft['kind'], now: Instant): Draft {
  return {
    id: uuidV7() as RecordId,
    kind,
    startedAt: now,
    updatedAt: now,
    photoIds: [],
    voiceIds: [],
    answers: {},
    place: { source: 'none' },
    text: '',
    solvedOnSpot: false,
    communityOnly: false
  };
}

export async function addDraft(database: TabletDatabase, draft: Draft): Promise<void> {
  await database.drafts.add(draft);
}

/** Not where it is gone: saved as a record or thrown away meanwhile, by this form or by another tab's. */
export async function saveDraft(database: TabletDatabase, draft: Draft): Promise<void> {
  const { drafts } = database;
  // No other table: what the form keeps must not wait for what the sync is doing.
  await database.transaction('rw', drafts, async () => {
    if (await drafts.get(draft.id)) await drafts.put(draft);
  });
}

export async function loadDraft(database: TabletDatabase, id: RecordId): Promise<Draft | undefined> {
  return database.drafts.get(id);
}

/** Newest first. */
export async function listDrafts(database: TabletDatabase): Promise<Draft[]> {
  return (await database.drafts.toArray()).sort((a, b) => (a.updatedAt < b.updatedAt ? 1 : -1));
}

/**
 * Throws the form away with its pictures. Only on the user's word, and not those of a record: another window may have saved
 * the form meanwhile.
 */
export async function discardDraft(database: TabletDatabase, id: RecordId): Promise<void> {
  const { drafts, records, photos, pictures, thumbnails, originals } = database;
  const tables = [drafts, records, photos, pictures, thumbnails, originals];
  await database.transaction('rw', tables, async () => {
    if (await records.get(id)) return;
    const ids = await photos
      .where('recordId')
      .equals(id)
      .and((photo) => !photo.declared)
      .primaryKeys();
    await drafts.delete(id);
    await photos.bulkDelete(ids);
    await pictures.bulkDelete(ids);
    await thumbnails.bulkDelete(ids);
    for (const photoId of ids) await piecesOf(database, photoId).delete();
  });
}

/**
 * A form into which nobody put anything is no draft. What the store holds decides: another window may fill the same form
 * in, and a picture whose form was killed before it was written down there is one all the same. True where it is gone.
 */
export async function discardIfUntouched(database: TabletDatabase, id: RecordId): Promise<boolean> {
  const { drafts, photos } = database;
  return database.transaction('rw', drafts, photos, async () => {
    const draft = await drafts.get(id);
    const hasPictures = (await photos.where('recordId').equals(id).count()) > 0;
    if (!draft || !isUntouched(draft) || hasPictures) return false;
    await drafts.delete(id);
    return true;
  });
}

function isUntouched(draft: Draft): boolean {
  const { photoIds, voiceIds, text, categoryCode, needTypeCode, wishedAt, place } = draft;
  const isPlaced = place.source === 'map' || place.source === 'building' || place.words !== undefined;
  const isSwitched = draft.solvedOnSpot || draft.communityOnly;
  const isFilled = photoIds.length || voiceIds.length || text || categoryCode || needTypeCode || wishedAt;
  return !isFilled && !isPlaced && !isSwitched;
}
