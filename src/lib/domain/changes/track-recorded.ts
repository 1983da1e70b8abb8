import * as z from 'zod/mini';
import { allowed, defineChange, refused } from '../change';
import { RecordId } from '../ids';
import { gapReasons, TrackPoint } from '../patrol';
import { patrolOf } from '../record';
import { Instant } from '../instant';

/**
 * A piece of a patrol's track. Off until an administrator has stated a purpose and the worker has read it.
 * The points live in the change alone: the record keeps their number and length, so that reading a patrol shows no track.
 */
export const trackRecorded = defineChange({
  kind: 'track-recorded',
  act: 'patrol',
  facts: z.object({
    recordId: RecordId,
    points: z.array(TrackPoint).check(z.minLength(1), z.maxLength(500)),
    gaps: z
      .array(z.object({ from: Instant, to: Instant, reason: z.enum(gapReasons) }))
      .check(z.maxLength(100)),
    metres: z.number().check(z.minimum(0))
  }),
  touches: (facts) => [facts.recordId],
  allow: (facts, records, _head, rules) => {
    if (!rules.trackPurposeStated) return refused('no-track-purpose');
    return patrolOf(records, facts.recordId) ? allowed : refused('unknown-record');
  },
  apply: (facts, records) => {
    const patrol = patrolOf(records, facts.recordId)!;
    return [
      {
        ...patrol,
        trackPoints: patrol.trackPoints + facts.points.length,
        trackMetres: patrol.trackMetres + facts.metres
      }
    ];
  }
});
