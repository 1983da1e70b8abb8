import { v7 as uuidV7 } from 'uuid';
import type { ChangeId, RecordId } from '../domain/ids';
import type { TabletDatabase } from './database';
import type { Draft } from './draft';
import { newDraft } from './drafts';
import { giveUp, listGivenUpWith } from './give-up';
import { changeOf, tablesOfOverlay, type Rebase } from './overlay';

/**
 * Makes a new draft of a refused issue or need, with its pictures, and withdraws the refused one: the office never took
 * it, so the corrected one is a record of its own. Null where it did not make a record, or a second tap came late.
 */
export async function correctRefused(
  database: TabletDatabase,
  changeId: ChangeId,
  now: string,
  rebase: Rebase
): Promise<Draft | null> {
  const { outbox, troubles, photos, drafts } = database;
  return database.transaction('rw', [...tablesOfOverlay(database), drafts], async () => {
    const row = await outbox.where('id').equals(changeId).first();
    const change = row && changeOf(row);
    if ((await troubles.get(row?.order ?? 0))?.status !== 'refused') return null;
    if (!change || (change.kind !== 'issue-recorded' && change.kind !== 'need-recorded')) return null;
    const { recordId, number: _number, ownerGridCode: _grid, ...facts } = change.facts;
    const kind = change.kind === 'issue-recorded' ? 'issue' : 'need';
    const { community } = change;
    const draft: Draft = { ...newDraft(kind, now), ...facts, community, id: uuidV7() as RecordId };
    await drafts.add(draft);
    // Whatever else was done to the refused record is given up with it; its pictures go on with the draft, but for those
    // of a record that the office has all the same.
    const goes = await listGivenUpWith(database, row);
    await giveUp(database, goes, rebase);
    if (!goes.unmade.has(recordId)) return draft;
    await photos
      .where('recordId')
      .equals(recordId)
      .modify((photo) => {
        photo.recordId = draft.id;
        photo.declared = false;
        photo.state = photo.sha256 ? 'ready' : 'raw';
        delete photo.refusal;
      });
    return draft;
  });
}
