import { judgeFix, type Fix } from '$lib/device/fix';
import { watchPosition } from '$lib/device/position';
import { keepAwake } from '$lib/device/wake-lock';
import type { FactsOf } from '$lib/domain/changes';
import type { RecordId } from '$lib/domain/ids';
import { msToInstant } from '$lib/domain/instant';
import { metresBetween } from '$lib/geo/distance';
import type { Tablet } from '../tablet.svelte';

/** A point about every 25 m on foot, or after five minutes of standing still. */
const stepMetres = 25;
const standingMs = 5 * 60_000;
/** Without a good fix for this long there is a gap, shown as one. */
const gapMs = 90_000;
const pointsPerChunk = 40;
const chunkMs = 3 * 60_000;

type Facts = FactsOf<'track-recorded'>;

/**
 * Records the track of a patrol in pieces, from now until stopped. Bad fixes are left out, and what they leave is a gap
 * with its reason. The caller has seen that a purpose is stated and accepted.
 */
export function recordTrack(tablet: Tablet, recordId: RecordId): () => void {
  let points: Facts['points'] = [];
  let gaps: Facts['gaps'] = [];
  let metres = 0;
  let last: Fix | null = null;
  let wasHidden = false;
  let startedMs = Date.now();

  const flush = () => {
    if (!points.length) return;
    const facts: Facts = { recordId, points, gaps, metres: Math.round(metres) };
    [points, gaps, metres, startedMs] = [[], [], 0, Date.now()];
    void tablet.act('track-recorded', facts);
  };
  const beganMs = startedMs;
  const onFix = (fix: Fix) => {
    // The browser may begin with where one was while nothing was to be recorded.
    if (fix.at < beganMs) return;
    const quality = judgeFix(last, fix, Date.now());
    if (quality !== 'good') return;
    const moved = last ? metresBetween(last, fix) : Infinity;
    const waited = last ? fix.at - last.at : Infinity;
    if (moved < stepMetres && waited < standingMs) return;
    if (last && waited > gapMs)
      gaps.push({
        from: msToInstant(last.at),
        to: msToInstant(fix.at),
        reason: wasHidden ? 'screenOff' : 'noFix'
      });
    else if (last) metres += moved;
    points.push([msToInstant(fix.at), fix.longitude, fix.latitude, Math.round(fix.accuracyMetres)]);
    wasHidden = false;
    last = fix;
    if (points.length >= pointsPerChunk || Date.now() - startedMs > chunkMs) flush();
  };
  const onVisibility = () => {
    if (document.visibilityState !== 'hidden') return;
    wasHidden = true;
    flush();
  };
  document.addEventListener('visibilitychange', onVisibility);
  const stopWatching = watchPosition(onFix, () => {});
  const release = keepAwake();
  return () => {
    document.removeEventListener('visibilitychange', onVisibility);
    stopWatching();
    release();
    flush();
  };
}
