type Part = ArrayBuffer | Uint8Array | string | SimulatedBlob;

/** Bytes at hand: the platform's own answers from another thread, whenever it likes. */
export class SimulatedBlob {
  readonly type: string;
  readonly bytes: Uint8Array<ArrayBuffer>;

  constructor(parts: readonly Part[] = [], { type = '' }: { type?: string } = {}) {
    this.type = type;
    this.bytes = Uint8Array.from(Buffer.concat(parts.map(bytesOf)));
  }

  get size(): number {
    return this.bytes.length;
  }

  arrayBuffer(): Promise<ArrayBuffer> {
    return Promise.resolve(this.bytes.slice().buffer);
  }

  text(): Promise<string> {
    return Promise.resolve(new TextDecoder().decode(this.bytes));
  }
}

function bytesOf(part: Part): Uint8Array {
  if (part instanceof SimulatedBlob) return part.bytes;
  return typeof part === 'string' ? new TextEncoder().encode(part) : new Uint8Array(part);
}

/** A multipart form that travels as what it holds. */
export class SimulatedForm {
  readonly entries: [string, SimulatedBlob][] = [];

  append(name: string, value: SimulatedBlob): void {
    this.entries.push([name, value]);
  }

  [Symbol.iterator]() {
    return this.entries[Symbol.iterator]();
  }
}
