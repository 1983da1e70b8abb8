import type { CommunityCode, GridCode } from '../domain/area';
import type { Instant } from '../domain/instant';
import type { PhotoId, RecordId } from '../domain/ids';
import type { Place } from '../domain/place';

/** A form not saved yet. Written on every input, so that a kill at any moment loses nothing. Its id becomes the record's. */
export interface Draft {
  id: RecordId;
  kind: 'issue' | 'need';
  /** Where it was begun, which is where it belongs. */
  community?: CommunityCode;
  startedAt: Instant;
  updatedAt: Instant;
  photoIds: PhotoId[];
  voiceIds: PhotoId[];
  categoryCode?: string;
  needTypeCode?: string;
  answers: Record<string, string | number>;
  ownerGridCode?: GridCode;
  place: Place;
  text: string;
  solvedOnSpot: boolean;
  communityOnly: boolean;
  wishedAt?: Instant;
  patrolId?: RecordId;
}
