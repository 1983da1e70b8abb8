import { blame, postpone } from '../data/outbox';
import { listCommunitiesRead } from '../data/pulled';
import { saveSetting } from '../data/settings';
import { msToInstant } from '../domain/instant';
import type { Outcome, SyncContext } from './context';
import type { Window } from './plan';
import { pull } from './pull';
import { push } from './push';
import { fetchThumbnails } from './fetch-thumbnails';
import { uploadPhotos, uploadThumbnails } from './upload-photos';

export interface Report {
  outcome: Outcome;
  window: Window;
}

/**
 * One run: texts, then what the office has to say, then thumbnails, then photos (step 3), then others' small pictures.
 * The first phase that gets no
 * answer ends it; whatever was receipted stays so. The caller holds the lock of this device and account.
 */
export async function synchronize(
  context: SyncContext,
  window: Window,
  onPhase: (phase: 'texts' | 'records' | 'photos') => void = () => {}
): Promise<Report> {
  onPhase('texts');
  const pushed = await push(context, window);
  const { outcome: sent, window: size, lone, mute, unanswered } = pushed;
  if (sent !== 'done') return { outcome: sent, window: size };
  onPhase('records');
  const { database } = context.author;
  // Also those the account takes part in no more: what it read there has to go (step 10).
  const communities = new Set([...context.communities, ...(await listCommunitiesRead(database))]);
  for (const community of communities) {
    const outcome = await pull(context, community);
    if (outcome !== 'done') return { outcome, window: size };
  }
  // The server answers others: what failed alone is itself to blame.
  await blame(database, lone, context.now());
  await postpone(database, mute, context.now());
  await saveSetting(database, 'lastSyncedAt', msToInstant(context.now()));
  onPhase('photos');
  const thumbnails = await uploadThumbnails(context);
  if (thumbnails !== 'done') return { outcome: thumbnails, window: size };
  const photos = await uploadPhotos(context);
  if (photos !== 'done') return { outcome: photos, window: size };
  const fetched = await fetchThumbnails(context);
  return { outcome: fetched === 'done' && unanswered ? 'away' : fetched, window: size };
}
