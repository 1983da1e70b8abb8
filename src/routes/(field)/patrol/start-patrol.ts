import { goto } from '$app/navigation';
import { v7 as uuidV7 } from 'uuid';
import { loadSetting } from '$lib/data/settings';
import type { RecordId } from '$lib/domain/ids';
import type { Tablet } from '../tablet.svelte';

/** One tap: the walk begins in the grid used last. */
export async function startPatrol(tablet: Tablet): Promise<void> {
  const own = tablet.ownGridCodes;
  const last = await loadSetting(tablet.database, 'lastOwnerGrid');
  const ownerGridCode = own.find((code) => code === last) ?? own[0];
  if (!ownerGridCode) return;
  await tablet.act('patrol-started', { recordId: uuidV7() as RecordId, ownerGridCode });
  await goto('/patrol');
}
