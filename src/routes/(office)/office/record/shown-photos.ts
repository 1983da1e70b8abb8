import type { UnitPhoto } from '$lib/domain/hidden-reporter';
import { stampMoment } from '$lib/messages/moment';
import type { ShownPhoto } from '$lib/ui/photo/shown-photo';

type DeskPhoto = UnitPhoto & { hasThumbnail: boolean; byName?: string };

/**
 * The pictures of a record with where their bytes are. Time and place are drawn over what was taken here with the
 * camera; for a picture from an album or a file none is invented.
 */
export function photosToShow(
  photos: readonly DeskPhoto[],
  placeLines: readonly (string | undefined)[]
): ShownPhoto[] {
  return photos.map(({ id, storedAt, hasThumbnail, mime: _mime, ...photo }) => ({
    ...photo,
    id,
    storedAt,
    src: storedAt ? `/api/photos/${id}` : undefined,
    thumbnailSrc: hasThumbnail ? `/api/photos/${id}/thumbnail` : undefined,
    lines:
      photo.source === 'camera'
        ? [photo.takenAt && stampMoment(photo.takenAt), ...placeLines].filter((line) => !!line).map(String)
        : []
  }));
}
