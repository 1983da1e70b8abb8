import * as z from 'zod/mini';
import { Instant } from './instant';
import type { RecordBase } from './report';

/** One fix of a track: instant, WGS-84 longitude and latitude, accuracy in metres. */
export const TrackPoint = z.tuple([Instant, z.number(), z.number(), z.number()]);
export type TrackPoint = z.infer<typeof TrackPoint>;

/** Why there is no track for a while. Shown as a gap, never bridged. */
export const gapReasons = ['screenOff', 'noFix', 'poorFix', 'killed'] as const;

/** One walk. Recording never needs one. */
export interface Patrol extends RecordBase {
  kind: 'patrol';
  state: 'walking' | 'paused' | 'ended';
  startedAt: Instant;
  endedAt?: Instant;
  /** No reason is ever asked for a pause. */
  pauses: { from: Instant; to?: Instant }[];
  trackPoints: number;
  trackMetres: number;
  note?: string;
}

/** Time on foot, pauses taken out, in seconds. A clock set back in between never makes it negative. */
export function walkedSeconds(patrol: Patrol, now: Instant): number {
  const end = Date.parse(patrol.endedAt ?? now);
  const paused = patrol.pauses.reduce(
    (sum, pause) => sum + Math.max(0, Date.parse(pause.to ?? patrol.endedAt ?? now) - Date.parse(pause.from)),
    0
  );
  return Math.max(0, Math.round((end - Date.parse(patrol.startedAt) - paused) / 1000));
}
