import { blame, postpone } from '../data/outbox';
import { beginReading } from '../data/pulled';
import { loadReceived } from '../data/received';
import { saveSetting } from '../data/settings';
import { msToInstant } from '../domain/instant';
import type { Outcome, Run, SyncContext } from './context';
import type { Window } from './plan';
import { pull } from './pull';
import { push, type Pushed } from './push';
import { fetchThumbnails } from './fetch-thumbnails';
import { uploadPhotos, uploadThumbnails } from './upload-photos';

type Phase = 'hand-back' | 'texts' | 'records' | 'photos';

/** Restored again while a tablet hands back: that often in one run, it waits for the next. */
const maxRestores = 2;

export interface Report extends Run {
  outcome: Exclude<Outcome, 'store-restored'>;
}

/**
 * One run: texts, then what the office has to say, then thumbnails, then photos (step 3), then others' small pictures.
 * The first phase that gets no answer ends it; whatever was receipted stays so. Where the office was put back from a
 * backup, it begins again and hands back first (step 11). The caller holds the lock of this device and account.
 */
export async function synchronize(
  context: SyncContext,
  window: Window,
  onPhase: (phase: Phase) => void = () => {}
): Promise<Report> {
  let size = window;
  for (let restores = 0; restores <= maxRestores; restores++) {
    const { outcome, window: next } = await runOnce(context, size, onPhase);
    size = next;
    if (outcome !== 'store-restored') return { outcome, window: size };
  }
  return { outcome: 'away', window: size };
}

async function runOnce(context: SyncContext, window: Window, onPhase: (phase: Phase) => void): Promise<Run> {
  const { database } = context.author;
  // Who takes part nowhere is told by nothing else that it does again.
  if (!context.communities.length) context.onGrantsChanged?.();
  const communities = await beginReading(database, context.communities);
  let handedBack: Run = { outcome: 'done', window };
  const isToHandBack = (await database.toHandBack.count()) > 0;
  for (const community of isToHandBack ? communities : []) {
    const { handBack } = await import('./hand-back');
    handedBack = await handBack(context, community, handedBack.window, () => onPhase('hand-back'));
    if (handedBack.outcome === 'store-restored') break;
    if (handedBack.outcome !== 'done') return handedBack;
  }
  onPhase('texts');
  // Restored once more while it hands back: only a pull tells what is to be handed back now.
  const pushed =
    handedBack.outcome === 'done' ? await push(context, handedBack.window) : notPushed(handedBack);
  const { outcome: sent, window: size, lone, mute, unanswered } = pushed;
  if (sent !== 'done' && sent !== 'store-restored') return { outcome: sent, window: size };
  onPhase('records');
  let pulled: Outcome = sent;
  for (const community of communities) {
    const outcome = await pull(context, community);
    if (outcome === 'store-restored' || outcome === 'tablet-lost') pulled = outcome;
    else if (outcome !== 'done') return { outcome, window: size };
  }
  if (pulled === 'store-restored') return { outcome: pulled, window: size };
  if ((await loadReceived(database)).length)
    await (await import('../data/letters')).settleReceived(context.author);
  // The server answers others: what failed alone is itself to blame.
  await blame(database, lone, context.now());
  await postpone(database, mute, context.now());
  await saveSetting(database, 'lastSyncedAt', msToInstant(context.now()));
  onPhase('photos');
  const thumbnails = await uploadThumbnails(context);
  if (thumbnails !== 'done') return { outcome: thumbnails, window: size };
  const photos = await uploadPhotos(context);
  if (photos !== 'done') return { outcome: photos, window: size };
  // All that it could give is given.
  if (pulled === 'tablet-lost') return { outcome: pulled, window: size };
  const fetched = await fetchThumbnails(context);
  return { outcome: fetched === 'done' && unanswered ? 'away' : fetched, window: size };
}

function notPushed(run: Run): Pushed {
  return { ...run, lone: [], mute: [], unanswered: false };
}
