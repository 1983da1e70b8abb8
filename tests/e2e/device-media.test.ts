import { createHash } from 'node:crypto';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { launchTablet } from '../support/browser';
import { enter, openDevicePage, type DevicePage } from '../support/device-harness/open';

let site: DevicePage;
let context: BrowserContext;
let page: Page;
beforeAll(async () => {
  site = await openDevicePage();
  context = await launchTablet();
  page = context.pages()[0]!;
});
afterAll(async () => {
  await context?.close();
  await site?.close();
});
beforeEach(() => enter(page, site.origin));

const hashOf = (base64: string) => createHash('sha256').update(Buffer.from(base64, 'base64')).digest('hex');

/** Stands in for what no flag of the browser makes the camera or the microphone do. */
async function refuseMedia(name: string) {
  await page.evaluate((name) => {
    navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('', name));
  }, name);
}

describe('the camera', () => {
  const shoot = () =>
    page.evaluate(async () => {
      const before = Date.now();
      const video = document.querySelector('video')!;
      const camera = await window.device.openCamera(video);
      if (!camera.ok) return camera;
      const stream = video.srcObject as MediaStream;
      const shot = await camera.shoot();
      camera.close();
      if (!shot.ok) return shot;
      return {
        mime: shot.mime,
        isTimed: shot.takenAtMs >= before && shot.takenAtMs <= Date.now(),
        isClosed:
          video.srcObject === null && stream.getTracks().every((track) => track.readyState === 'ended'),
        processed: await window.device.tell(await window.device.processPhoto(shot.bytes, shot.mime))
      };
    });

  it('shoots a picture that can be processed, and lets go of the camera', async () => {
    expect(await shoot()).toMatchObject({
      isTimed: true,
      isClosed: true,
      processed: { ok: true, previewable: true, mime: 'image/jpeg' }
    });
  });

  it.each(['that is missing', 'that fails', 'that never answers'])(
    'takes what the viewfinder shows where the browser has a shutter %s',
    async (way) => {
      await page.evaluate((way) => {
        if (way === 'that is missing') delete (globalThis as { ImageCapture?: unknown }).ImageCapture;
        else
          ImageCapture.prototype.takePhoto = () =>
            way === 'that fails'
              ? Promise.reject(new DOMException('', 'UnknownError'))
              : new Promise(() => {});
      }, way);
      expect(await shoot()).toMatchObject({
        mime: 'image/jpeg',
        isTimed: true,
        processed: { previewable: true }
      });
    }
  );

  it('tells when the system takes it away', async () => {
    const isLost = await page.evaluate(async () => {
      const video = document.querySelector('video')!;
      let isLost = false;
      const camera = await window.device.openCamera(video, () => (isLost = true));
      const track = (video.srcObject as MediaStream).getVideoTracks()[0]!;
      track.dispatchEvent(new Event('ended'));
      if (camera.ok) camera.close();
      return isLost;
    });
    expect(isLost).toBe(true);
  });

  it.each([
    ['NotAllowedError', 'denied'],
    ['NotFoundError', 'none'],
    ['OverconstrainedError', 'none'],
    ['NotReadableError', 'busy']
  ])('that answers %s is %s', async (name, reason) => {
    await refuseMedia(name);
    expect(await shoot()).toEqual({ ok: false, reason });
  });
});

describe('a file from the album', () => {
  it('is read, or says why not', async () => {
    const results = await page.evaluate(async () => {
      const { readFile } = window.device;
      const cloud = new File(['x'], 'cloud.jpg');
      cloud.arrayBuffer = () => Promise.reject(new DOMException('', 'NotReadableError'));
      const film = new File(['x'], 'film.mp4');
      Object.defineProperty(film, 'size', { value: 2 ** 30 });
      const good = await readFile(new File(['photo'], 'a.jpg', { type: 'image/jpeg' }));
      return [
        good.ok && [good.bytes.byteLength, good.mime],
        await readFile(new File([], 'empty.jpg')),
        await readFile(cloud),
        await readFile(film)
      ];
    });
    expect(results).toEqual([
      [5, 'image/jpeg'],
      { ok: false, reason: 'empty' },
      { ok: false, reason: 'unreadable' },
      { ok: false, reason: 'too-large' }
    ]);
  });
});

describe('a voice note', () => {
  const record = (limits: { seconds: number; bytes: number }, act?: 'stop' | 'discard') =>
    page.evaluate(
      async ([limits, act]) => {
        const states: string[] = [];
        let ended: (note: unknown) => void;
        const note = new Promise((resolve) => (ended = resolve));
        const onState: Parameters<typeof window.device.recordVoice>[0] = (state) => {
          states.push(state.state);
          if (state.state === 'ended')
            void window.device.toBase64(state.note.bytes).then((bytes) => ended({ ...state.note, bytes }));
        };
        const recording = await window.device.recordVoice(onState, undefined, limits);
        if (!recording.ok) return { recording };
        if (act) setTimeout(() => recording[act](), 1_200);
        if (act === 'discard') setTimeout(() => ended(null), 2_500);
        return {
          states,
          note: (await note) as { bytes: string; sha256: string; seconds: number; mime: string }
        };
      },
      [limits, act] as const
    );

  /** Seconds that a browser plays of it. */
  const played = (bytes: string) =>
    page.evaluate(async (bytes) => {
      const blob = await (await fetch(`data:audio/webm;base64,${bytes}`)).blob();
      const audio = new OfflineAudioContext(1, 48_000, 48_000);
      return (await audio.decodeAudioData(await blob.arrayBuffer())).duration;
    }, bytes);

  it('is recorded until stopped', async () => {
    const { states, note } = await record({ seconds: 60, bytes: 1_000_000 }, 'stop');
    expect(states?.at(0)).toBe('recording');
    expect(states?.filter((state) => state === 'ended')).toHaveLength(1);
    expect(note).toMatchObject({ mime: 'audio/webm', sha256: hashOf(note!.bytes) });
    expect(note!.seconds).toBeGreaterThan(1);
    expect(await played(note!.bytes)).toBeGreaterThan(0.5);
  });

  it('ends by itself when the time is over', async () => {
    const { note } = await record({ seconds: 1, bytes: 1_000_000 });
    expect(note!.seconds).toBeLessThanOrEqual(1);
  });

  it('ends by itself before it is too large, and can be played', async () => {
    const { note } = await record({ seconds: 60, bytes: 12_000 });
    expect(Buffer.from(note!.bytes, 'base64').length).toBeLessThanOrEqual(12_000);
    expect(await played(note!.bytes)).toBeGreaterThan(0.5);
  });

  it('that is discarded says no more', async () => {
    const { states, note } = await record({ seconds: 60, bytes: 1_000_000 }, 'discard');
    expect(note).toBeNull();
    expect(states).not.toContain('ended');
  });

  it('without a microphone is none', async () => {
    await refuseMedia('NotFoundError');
    expect(await record({ seconds: 1, bytes: 1 })).toEqual({ recording: { ok: false, reason: 'none' } });
  });
});
