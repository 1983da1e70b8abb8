/** The picture with an EXIF block that says no more than how the camera was held (1 to 8). */
export function withOrientation(jpeg: Uint8Array, orientation: number): Uint8Array {
  const entry = [0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0];
  const tiff = [0x4d, 0x4d, 0, 42, 0, 0, 0, 8, 0, 1, ...entry, 0, 0, 0, 0];
  return withSegment(jpeg, [...Buffer.from('Exif\0\0', 'latin1'), ...tiff]);
}

/** The picture with an EXIF block whose only directory lies far outside of it. */
export function withBrokenExif(jpeg: Uint8Array): Uint8Array {
  const tiff = [0x4d, 0x4d, 0, 42, 0x7f, 0xff, 0xff, 0xf0, 0xff, 0xff, 0xff, 0xff];
  return withSegment(jpeg, [...Buffer.from('Exif\0\0', 'latin1'), ...tiff]);
}

/** The picture claiming to have so many points that decoding it would take gigabytes. */
export function withClaimedSize(jpeg: Uint8Array, width: number, height: number): Uint8Array {
  const claimed = Buffer.from(jpeg);
  // SOF0, length, bits per sample; then height and width.
  const frame = claimed.indexOf(Buffer.from([0xff, 0xc0, 0, 17, 8]));
  if (frame < 0) throw new Error('not a baseline JPEG of three components');
  claimed.writeUInt16BE(height, frame + 5);
  claimed.writeUInt16BE(width, frame + 7);
  return claimed;
}

/** Puts an APP1 segment right behind the first marker. */
function withSegment(jpeg: Uint8Array, content: number[]): Uint8Array {
  const length = content.length + 2;
  return Buffer.concat([
    jpeg.subarray(0, 2),
    Buffer.from([0xff, 0xe1, length >> 8, length & 0xff, ...content]),
    jpeg.subarray(2)
  ]);
}
