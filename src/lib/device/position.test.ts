import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { currentFix, watchPosition } from './position';

const watches = new Map<number, (position: unknown) => void>();
const document = Object.assign(new EventTarget(), { visibilityState: 'visible' });
let begun = 0;

beforeEach(() => {
  const geolocation = {
    watchPosition: (onPosition: () => void) => watches.set((begun += 1), onPosition) && begun,
    clearWatch: (id: number) => watches.delete(id),
    getCurrentPosition: () => {}
  };
  vi.stubGlobal('isSecureContext', true);
  vi.stubGlobal('document', document);
  vi.stubGlobal('navigator', { geolocation });
});
afterEach(() => {
  watches.clear();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

function changeVisibility(state: 'visible' | 'hidden') {
  document.visibilityState = state;
  document.dispatchEvent(new Event('visibilitychange'));
}

describe('a watch', () => {
  it('is begun anew when the page comes back, never twice at once, and ends', () => {
    const stop = watchPosition(
      () => {},
      () => {}
    );
    const first = [...watches.keys()];
    changeVisibility('hidden');
    expect([...watches.keys()]).toEqual(first);
    changeVisibility('visible');
    expect(watches.size).toBe(1);
    expect([...watches.keys()]).not.toEqual(first);
    stop();
    changeVisibility('visible');
    expect(watches.size).toBe(0);
  });

  it('tells a position that is none as unavailable', () => {
    const troubles: string[] = [];
    watchPosition(
      () => {},
      (reason) => troubles.push(reason)
    );
    const coords = { longitude: NaN, latitude: NaN, accuracy: NaN };
    for (const tell of watches.values()) tell({ coords, timestamp: Date.now() });
    expect(troubles).toEqual(['unavailable']);
  });

  it('in a browser without positions says so', () => {
    vi.stubGlobal('navigator', {});
    const troubles: string[] = [];
    watchPosition(
      () => {},
      (reason) => troubles.push(reason)
    )();
    expect(troubles).toEqual(['absent']);
  });
});

it('one fix is not waited for longer than asked, though nobody answers', async () => {
  vi.useFakeTimers();
  const fix = currentFix(3000);
  await vi.advanceTimersByTimeAsync(3000);
  expect(await fix).toEqual({ ok: false, reason: 'timeout' });
});
