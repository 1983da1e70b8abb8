import { newDraft, saveDraft } from '$lib/data/drafts';
import type { Position } from '$lib/domain/geometry';
import type { RecordId } from '$lib/domain/ids';
import type { Tablet } from '../tablet.svelte';

/** A long press on the map records there: a draft with its place already picked. */
export async function draftAt(tablet: Tablet, position: Position): Promise<RecordId> {
  const gridCode = tablet.grids.find(position)?.code;
  const draft = { ...newDraft('issue', tablet.now()), place: { source: 'map' as const, position, gridCode } };
  await saveDraft(tablet.database, draft);
  return draft.id;
}
