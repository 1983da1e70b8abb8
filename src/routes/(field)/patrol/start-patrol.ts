import { goto } from '$app/navigation';
import { v7 as uuidV7 } from 'uuid';
import { loadSetting } from '$lib/data/settings';
import type { RecordId } from '$lib/domain/ids';
import type { Tablet } from '../tablet.svelte';

let starting: Promise<void> | null = null;

/** One tap: the walk begins in the grid used last. A second tap begins no second one. */
export async function startPatrol(tablet: Tablet): Promise<void> {
  starting ??= start(tablet).finally(() => (starting = null));
  await starting;
}

async function start(tablet: Tablet): Promise<void> {
  // Walks are meant: whoever begins one is told that the practice is over.
  if (tablet.endPractice) return tablet.endPractice();
  const own = tablet.ownGridCodes;
  const last = await loadSetting(tablet.database, 'lastOwnerGrid');
  const ownerGridCode = own.find((code) => code === last) ?? own[0];
  if (!ownerGridCode) return;
  const started = await tablet.act('patrol-started', { recordId: uuidV7() as RecordId, ownerGridCode });
  if (started.verdict !== 'allowed') return;
  await goto('/patrol');
}
