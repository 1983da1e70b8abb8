/** How a picture lies in its frame: scaled from its fitted size, its middle moved by x and y frame pixels. */
export interface View {
  scale: number;
  x: number;
  y: number;
}

export interface Size {
  width: number;
  height: number;
}

export const wholePicture: View = { scale: 1, x: 0, y: 0 };
const largestScale = 8;

/** Zooms by `factor` so that the point of the picture under (x, y), measured from the frame's middle, stays there. */
export function zoomAt(view: View, factor: number, x: number, y: number, frame: Size): View {
  const scale = Math.min(largestScale, Math.max(1, view.scale * factor));
  const ratio = scale / view.scale;
  return kept({ scale, x: x - (x - view.x) * ratio, y: y - (y - view.y) * ratio }, frame);
}

export function panBy(view: View, x: number, y: number, frame: Size): View {
  return kept({ ...view, x: view.x + x, y: view.y + y }, frame);
}

/** The picture never leaves its frame. */
function kept(view: View, frame: Size): View {
  const limit = (length: number) => (length * (view.scale - 1)) / 2;
  const clamp = (value: number, most: number) => Math.min(most, Math.max(-most, value)) || 0;
  return { scale: view.scale, x: clamp(view.x, limit(frame.width)), y: clamp(view.y, limit(frame.height)) };
}
