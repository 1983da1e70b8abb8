import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { maxPhotoBytes } from '../domain/photo';
import type { WorkerMessage } from './photo-worker';
import { processPhoto } from './process-photo';

/** A worker that says what the test wants, when it gets its picture. */
class PlayedWorker {
  static script: (say: (message: WorkerMessage) => void, crash: () => void) => void;
  static alive = 0;
  static most = 0;
  onmessage?: (event: { data: WorkerMessage }) => void;
  onerror?: () => void;

  constructor() {
    PlayedWorker.alive += 1;
    PlayedWorker.most = Math.max(PlayedWorker.most, PlayedWorker.alive);
  }
  postMessage() {
    PlayedWorker.script(
      (data) => this.onmessage?.({ data }),
      () => this.onerror?.()
    );
  }
  terminate() {
    PlayedWorker.alive -= 1;
  }
}

const bytes = new Uint8Array([0xff, 0xd8, 0xff, 1, 2, 3]).buffer;
const exif = { camera: 'X' };
const kept = {
  ok: true,
  photo: {
    bytes,
    mime: 'image/jpeg',
    sha256: createHash('sha256').update(new Uint8Array(bytes)).digest('hex'),
    previewable: false,
    exif: undefined
  }
};

beforeEach(() => {
  vi.stubGlobal('isSecureContext', true);
  vi.stubGlobal('Worker', PlayedWorker);
  Object.assign(PlayedWorker, { alive: 0, most: 0 });
});
afterEach(() => {
  expect(PlayedWorker.alive).toBe(0);
  vi.unstubAllGlobals();
});

describe('a picture is kept as it is, its EXIF beside it, when the worker', () => {
  it.each([
    ['hangs while decoding', () => {}],
    ['crashes', (_: unknown, crash: () => void) => crash()],
    ['cannot decode it', (say: (message: WorkerMessage) => void) => say({ step: 'undecodable' })]
  ])('%s', async (_, end) => {
    PlayedWorker.script = (say, crash) => {
      say({ step: 'started' });
      say({ step: 'read', exif });
      end(say, crash);
    };
    expect(await processPhoto(bytes, '', 20)).toEqual({ ok: true, photo: { ...kept.photo, exif } });
  });

  it('hangs before it has read anything', async () => {
    PlayedWorker.script = (say) => say({ step: 'started' });
    expect(await processPhoto(bytes, '', 20)).toEqual(kept);
  });
});

describe('nothing is said of the picture when the worker', () => {
  it.each([
    ['cannot be loaded', (_: unknown, crash: () => void) => crash()],
    ['never begins', () => {}]
  ])('%s', async (_, script) => {
    PlayedWorker.script = script;
    expect(await processPhoto(bytes, '', 20)).toEqual({ ok: false, reason: 'unavailable' });
  });

  it('cannot even be made; and the next picture has its turn', async () => {
    vi.stubGlobal('Worker', function () {
      throw new DOMException('', 'SecurityError');
    });
    expect(await processPhoto(bytes, '', 20)).toEqual({ ok: false, reason: 'unavailable' });
    vi.stubGlobal('Worker', PlayedWorker);
    PlayedWorker.script = (say) => say({ step: 'started' });
    expect(await processPhoto(bytes, '', 20)).toEqual(kept);
  });
});

it('what may not travel is refused', async () => {
  PlayedWorker.script = (say) => {
    say({ step: 'started' });
    say({ step: 'undecodable' });
  };
  const limits = [new ArrayBuffer(0), new ArrayBuffer(maxPhotoBytes), new ArrayBuffer(maxPhotoBytes + 1)];
  const results = await Promise.all(limits.map((each) => processPhoto(each, '')));
  expect(results).toMatchObject([
    { ok: false, reason: 'empty' },
    { ok: true, photo: { previewable: false } },
    { ok: false, reason: 'too-large' }
  ]);
});

it('one picture at a time, in the order of asking', async () => {
  PlayedWorker.script = (say) => {
    say({ step: 'started' });
    setTimeout(() => say({ step: 'undecodable' }), 5);
  };
  const order: number[] = [];
  await Promise.all([1, 2, 3].map((turn) => processPhoto(bytes, '').then(() => order.push(turn))));
  expect(order).toEqual([1, 2, 3]);
  expect(PlayedWorker.most).toBe(1);
});
