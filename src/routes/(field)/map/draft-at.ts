import type { Position } from '$lib/domain/geometry';
import type { RecordId } from '$lib/domain/ids';
import { beginDraft } from '../capture/capture.svelte';
import type { Tablet } from '../tablet.svelte';

/** A long press on the map records there: a draft with its place already picked. */
export async function draftAt(tablet: Tablet, position: Position): Promise<RecordId> {
  const gridCode = tablet.grids.find(position)?.code;
  return (await beginDraft(tablet, 'issue', { source: 'map', position, gridCode })).id;
}
