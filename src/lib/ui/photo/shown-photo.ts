/** A picture as a page shows it: plain values, wherever the bytes lie. */
export interface ShownPhoto {
  id: string;
  /** Where the bytes are; undefined while they are on a tablet that this reader cannot reach. */
  src?: string;
  thumbnailSrc?: string;
  /** Drawn over the picture when it is shown or shared: time, place, grid. The picture itself stays unmarked. */
  lines: string[];
  previewable: boolean;
  stage: 'before' | 'after';
  source: 'camera' | 'album' | 'file';
  takenAt?: string;
  storedAt?: string;
  sha256?: string;
  /** How far it has come, on the tablet that took it. */
  marks?: { arrived: boolean; opened: boolean; troubled: boolean };
  /** Who took it, where the reader may know. */
  byName?: string;
}

/** A voice note as a page shows it. */
export interface ShownVoice {
  id: string;
  src?: string;
  seconds: number;
  at?: string;
}

/** The newest picture of each stage, where there are both: what a comparison shows. */
export function comparedPhotos(
  photos: readonly ShownPhoto[]
): { before: ShownPhoto; after: ShownPhoto } | null {
  const shown = photos.filter((photo) => photo.src && photo.previewable);
  const before = shown.find((photo) => photo.stage === 'before');
  const after = shown.filter((photo) => photo.stage === 'after').at(-1);
  return before && after ? { before, after } : null;
}
