/** The pictures of the demo: each a JPEG beside this file, and a small one in thumbnails/. */
export const pictureNames = [
  'walker-loose',
  'walker-fixed',
  'sofa-on-stairs',
  'sofa-in-hall',
  'stairs-cleared',
  'hanging-cable',
  'septic-overflow',
  'lamp-dark',
  'lamp-lit',
  'fire-lane-blocked',
  'fire-lane-cleared',
  'manhole-broken',
  'manhole-replaced',
  'e-bike-in-stairwell',
  'road-sunken',
  'road-mended',
  'market-rubbish',
  'market-clean',
  'greenway-rail-broken',
  'greenway-rail-mended',
  'wall-leak',
  'branch-fallen',
  'too-close'
] as const;
export type PictureName = (typeof pictureNames)[number];
