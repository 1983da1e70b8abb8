import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, test, vi } from 'vitest';
import { changeOf, issueFacts, newId, worker } from '../../../tests/support/changes';
import { readLifeline } from './lifeline';
import { chunkBytes, sealed, unlock, type Bytes, type Lock } from './lifeline-cipher';
import { entryBytes, type Entry } from './lifeline-entry';

const passphrase = '4821-0937-5512-8846-2093';
const headerBytes = 41;
const sealedBytes = chunkBytes + 16;

const head = {
  kind: 'head',
  account: worker,
  name: '李平',
  device: newId(),
  writtenAt: '2026-11-20T01:00:00.000Z'
} as Entry;

function changeEntry(body = JSON.stringify(changeOf('issue-recorded', issueFacts(newId())))): Entry {
  const { id } = JSON.parse(body) as { id: string };
  return { kind: 'change', id, sha256: createHash('sha256').update(body).digest('hex'), body } as Entry;
}

const mediumEntry = (bytes: number) =>
  ({
    kind: 'medium',
    bytes: 'processed',
    facts: {
      id: newId(),
      recordId: newId(),
      medium: 'photo',
      state: 'ready',
      declared: true,
      mime: 'image/jpeg',
      bytes
    }
  }) as Entry;

const noise = (length: number, seed = 1): Bytes =>
  Uint8Array.from({ length }, (_, index) => (index * 31 + (index >> 8) * seed) & 255);

type Part = Entry | [Entry, Bytes];

async function write(parts: readonly Part[], by = passphrase): Promise<Bytes> {
  async function* plain() {
    for (const part of parts) yield* Array.isArray(part) ? entryBytes(...part) : entryBytes(part);
    await Promise.resolve();
  }
  const pieces: Bytes[] = [];
  for await (const piece of sealed(by, plain())) pieces.push(piece);
  return new Uint8Array(await new Blob(pieces).arrayBuffer());
}

const whole = (...parts: Part[]): Part[] => [head, ...parts, { kind: 'end', entries: parts.length + 1 }];

/** What a reader comes to know, or the code of what was wrong. Keys are made once: they are slow on purpose. */
async function read(bytes: Bytes, by = passphrase, known?: Lock) {
  const file = new Blob([bytes]);
  const lock = known ?? (await unlock(file, by));
  if ('refusal' in lock) return lock.refusal.code;
  const seen: unknown[] = [];
  const outcome = await readLifeline(file, lock, {
    head: ({ name }) => (seen.push(name), null),
    draft: (draft) => (seen.push(draft), null),
    change: ({ body }) => (seen.push(body), null),
    medium: (_, following) => (seen.push(following), null)
  });
  return outcome ? outcome.refusal.code : seen;
}

const lockOf = async (bytes: Bytes) => (await unlock(new Blob([bytes]), passphrase)) as Lock;

describe('a lifeline file', () => {
  const change = changeEntry();
  const [small, large] = [noise(1_000), noise(3 * chunkBytes + 17, 3)];
  const draft = { id: newId(), text: '没写完' };
  let bytes: Bytes;
  let lock: Lock;
  beforeAll(async () => {
    const parts = [{ kind: 'draft', draft }, change, [mediumEntry(1), small], [mediumEntry(2), large]];
    bytes = await write(whole(...(parts as Part[])));
    lock = await lockOf(bytes);
  });

  it('gives back every byte, however it lies over the chunks', async () => {
    expect(await read(bytes, '４８２１ 0937 5512 8846 2093')).toEqual([
      '李平',
      draft,
      (change as { body: string }).body,
      small,
      large
    ]);
  });

  it('holds no plain word of what is in it, and is never the same twice', async () => {
    const text = Buffer.from(bytes);
    for (const word of ['李平', '螺丝', 'issue-recorded', worker, 'medium', '没写完'])
      expect(text.includes(word)).toBe(false);
    expect(text.includes(Buffer.from(small.slice(0, 32)))).toBe(false);
    const again = await write(whole(change));
    expect(again).not.toEqual(await write(whole(change)));
  });

  it('stays closed to another passphrase', async () => {
    expect(await read(bytes, '4821-0937-5512-8846-2094')).toBe('wrong-passphrase');
    expect(await read(bytes, '')).toBe('wrong-passphrase');
  });

  test('cut anywhere is known as cut: at every border, beside it, and inside', async () => {
    const borders = Array.from({ length: 4 }, (_, index) => headerBytes + index * sealedBytes);
    const lengths = borders.flatMap((border) => [border - 1, border, border + 1, border + 777]);
    for (const length of [8, 9, 20, ...lengths, bytes.length - 1])
      expect([
        length,
        await read(bytes.slice(0, length), passphrase, length < headerBytes ? undefined : lock)
      ]).toEqual([length, 'lifeline-cut']);
  });

  test('with a bit flipped anywhere is refused', async () => {
    for (const place of [9, 13, 30, 38, 40]) {
      const flipped = flip(bytes, place);
      expect([place, await read(flipped)]).toEqual([place, 'lifeline-damaged']);
    }
    for (let chunk = 0; chunk < 4; chunk++)
      for (const within of [0, 500, sealedBytes - 1]) {
        const place = Math.min(headerBytes + chunk * sealedBytes + within, bytes.length - 1);
        const code = await read(flip(bytes, place), passphrase, lock);
        expect([place, code]).toEqual([place, chunk < 3 ? 'lifeline-damaged' : 'lifeline-cut']);
      }
  });

  test('with chunks in another order, doubled, left out or followed by more is refused', async () => {
    const chunk = (index: number) =>
      bytes.slice(headerBytes + index * sealedBytes, headerBytes + (index + 1) * sealedBytes);
    const header = bytes.slice(0, headerBytes);
    const spliced = async (...indexes: number[]) =>
      read(new Uint8Array(await new Blob([header, ...indexes.map(chunk)]).arrayBuffer()), passphrase, lock);
    expect(await spliced(0, 1, 2, 3)).toBeInstanceOf(Array);
    expect(await spliced(1, 0, 2, 3)).toBe('lifeline-damaged');
    expect(await spliced(0, 1, 1, 2, 3)).toBe('lifeline-damaged');
    expect(await spliced(0, 2, 3)).toBe('lifeline-damaged');
    expect(await spliced(0, 1, 2, 3, 3)).toBe('lifeline-cut');
    expect(await spliced(3)).toBe('lifeline-cut');
    const more = new Uint8Array(await new Blob([bytes, 'x']).arrayBuffer());
    expect(await read(more, passphrase, lock)).toBe('lifeline-cut');
  });

  test('takes no chunk of another file with the same passphrase', async () => {
    const other = await write(whole(changeEntry(), [mediumEntry(1), noise(2 * chunkBytes)]));
    const mixed = bytes.slice();
    mixed.set(other.slice(headerBytes, headerBytes + sealedBytes), headerBytes);
    expect(await read(mixed, passphrase, lock)).toBe('lifeline-damaged');
  });

  it('of a newer format is known as such before anybody types a passphrase', async () => {
    const later = bytes.slice();
    later[8] = 2;
    expect(await read(later)).toBe('lifeline-newer');
    expect(await read(later.slice(0, 20))).toBe('lifeline-newer');
  });

  it('is told from any other file', async () => {
    for (const foreign of ['', 'XUNGE', '{"format":"xunge-unsent"}', '%PDF-1.7 and much more of it'])
      expect(await read(new TextEncoder().encode(foreign))).toBe('lifeline-foreign');
  });
});

describe('what is inside', () => {
  // The key is slow on purpose, and proved above: here one round does.
  const real = crypto.subtle.deriveBits.bind(crypto.subtle);
  beforeAll(() => {
    vi.spyOn(crypto.subtle, 'deriveBits').mockImplementation((algorithm, ...rest) =>
      real({ ...(algorithm as Pbkdf2Params), iterations: 1 }, ...rest)
    );
  });
  afterAll(() => vi.restoreAllMocks());

  test.each<[string, Part[], string]>([
    ['the end is missing', [head, changeEntry()], 'lifeline-damaged'],
    ['the end counts another number', [head, changeEntry(), { kind: 'end', entries: 3 }], 'lifeline-damaged'],
    ['something follows the end', [...whole(), changeEntry()], 'lifeline-damaged'],
    ['the head is missing', [changeEntry(), { kind: 'end', entries: 1 }], 'lifeline-damaged'],
    ['there are two heads', [head, head, { kind: 'end', entries: 2 }], 'lifeline-damaged'],
    ['a later release put something in', whole({ kind: 'stroke' } as never), 'lifeline-newer'],
    ['an entry does not fit', whole({ kind: 'change', id: 'x' } as never), 'lifeline-damaged'],
    [
      'a change has another hash',
      whole({ ...changeEntry(), sha256: 'a'.repeat(64) } as Entry),
      'lifeline-damaged'
    ],
    [
      'a change has another author',
      whole(
        changeEntry(JSON.stringify({ ...changeOf('issue-recorded', issueFacts(newId())), author: newId() }))
      ),
      'lifeline-damaged'
    ]
  ])('is refused where %s', async (_, parts, code) => {
    expect(await read(await write(parts))).toBe(code);
  });

  it('may fill its chunks to the last byte', async () => {
    for (const over of [-1, 0, 1]) {
      const bare = [
        ...entryBytes(head),
        ...entryBytes(mediumEntry(1)),
        ...entryBytes({ kind: 'end', entries: 2 })
      ];
      const rest = chunkBytes - bare.reduce((sum, piece) => sum + piece.length, 0);
      const filling = noise(rest + over);
      const bytes = await write(whole([mediumEntry(1), filling]));
      expect(await read(bytes)).toEqual(['李平', filling]);
      expect(bytes.length > headerBytes + sealedBytes).toBe(over > 0);
    }
  });

  it('may be large: written and read one picture at a time', async () => {
    const count = 60;
    const picture = noise(700_000);
    let written = 0;
    let alive = 0;
    async function* plain() {
      yield* entryBytes(head);
      for (; written < count; written++) {
        yield* entryBytes(mediumEntry(written), picture);
        await Promise.resolve();
      }
      yield* entryBytes({ kind: 'end', entries: count + 1 });
    }
    const pieces: Blob[] = [];
    for await (const piece of sealed(passphrase, plain())) {
      pieces.push(new Blob([piece]));
      // The writer asks for the next picture only when the last one has gone into the file.
      alive = Math.max(alive, written - Math.floor((pieces.length * chunkBytes) / picture.length));
    }
    expect(alive).toBeLessThanOrEqual(1);
    const file = new Blob(pieces);
    expect(file.size).toBeGreaterThan(count * picture.length);
    let seen = 0;
    const lock = (await unlock(file, passphrase)) as Lock;
    expect(await readLifeline(file, lock, { medium: () => (seen++, null) })).toBeNull();
    expect(seen).toBe(count);
  });
});

function flip(bytes: Bytes, place: number): Bytes {
  const copy = bytes.slice();
  copy[place]! ^= 1;
  return copy;
}
