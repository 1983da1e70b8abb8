import type { Bytes } from './lifeline-cipher';

/** Larger than any form, change or camera's picture: what says it is longer was never written by us. */
const maxTextBytes = 1024 * 1024;
const maxMediumBytes = 128 * 1024 * 1024;

/** Gathers plain bytes until an entry is whole. */
export class EntryBuffer {
  #pieces: Bytes[] = [];
  #length = 0;

  add(piece: Bytes): void {
    this.#pieces.push(piece);
    this.#length += piece.length;
  }

  get isEmpty(): boolean {
    return this.#length === 0;
  }

  /** Null where more must come first. */
  next(): { text: string; following: Bytes } | 'damaged' | null {
    if (this.#length < 8) return null;
    const lengths = new DataView(this.#peek(8).buffer);
    const text = lengths.getUint32(0);
    const following = lengths.getUint32(4);
    if (text > maxTextBytes || following > maxMediumBytes) return 'damaged';
    if (this.#length < 8 + text + following) return null;
    this.#take(8);
    return { text: new TextDecoder().decode(this.#take(text)), following: this.#take(following) };
  }

  #peek(length: number): Bytes {
    const bytes = new Uint8Array(length);
    let filled = 0;
    for (const piece of this.#pieces) {
      const part = piece.subarray(0, length - filled);
      bytes.set(part, filled);
      filled += part.length;
      if (filled === length) break;
    }
    return bytes;
  }

  #take(length: number): Bytes {
    const bytes = this.#peek(length);
    this.#length -= length;
    let left = length;
    while (left > 0) {
      const [first] = this.#pieces;
      if (first!.length > left) this.#pieces[0] = first!.subarray(left);
      else this.#pieces.shift();
      left -= Math.min(left, first!.length);
    }
    return bytes;
  }
}
