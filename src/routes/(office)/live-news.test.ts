import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { listenForNews } from './live-news';

class Stream {
  static CLOSED = 2;
  static all: Stream[] = [];
  readyState = 1;
  onmessage?: () => void;
  onopen?: () => void;
  onerror?: () => void;
  constructor() {
    Stream.all.push(this);
  }
  close() {
    this.readyState = Stream.CLOSED;
  }
}
const newest = () => Stream.all.at(-1)!;
/** What a proxy's 502 in place of a stream does to it. */
function refuse(stream: Stream) {
  stream.close();
  stream.onerror?.();
}

const onnews = vi.fn();
let stop: () => void;

beforeEach(() => {
  vi.useFakeTimers();
  Stream.all = [];
  vi.stubGlobal('EventSource', Stream);
  vi.stubGlobal('navigator', {});
  stop = listenForNews(onnews);
});
afterEach(() => {
  stop();
  vi.unstubAllGlobals();
  vi.useRealTimers();
  onnews.mockReset();
});

test('a deploy that answers 502 for a while costs no more than a while', () => {
  newest().onopen?.();
  refuse(newest());
  vi.advanceTimersByTime(30_000);
  refuse(newest());
  vi.advanceTimersByTime(30_000);
  expect(Stream.all).toHaveLength(3);
  onnews.mockReset();
  newest().onopen?.();
  expect(onnews).toHaveBeenCalledTimes(1);
  newest().onmessage?.();
  expect(onnews).toHaveBeenCalledTimes(2);
});

test('what came between the page and its first stream is asked for', () => {
  newest().onopen?.();
  expect(onnews).toHaveBeenCalledTimes(1);
});

test('a cut that the browser mends by itself opens no second stream', () => {
  newest().readyState = 0;
  newest().onerror?.();
  vi.advanceTimersByTime(120_000);
  expect(Stream.all).toHaveLength(1);
});

test('a page that is left opens none any more', () => {
  refuse(newest());
  stop();
  vi.advanceTimersByTime(120_000);
  expect(Stream.all).toHaveLength(1);
  expect(newest().readyState).toBe(Stream.CLOSED);
});
