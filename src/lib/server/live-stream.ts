import type { LiveHint } from '../protocol/live';
import type { Store } from './store';

/** Keeps proxies from closing a quiet stream, and is when an ended session or grant is noticed. */
const beatMs = 25_000;

/** More than a browser's tabs need where they cannot share one; a broken program opens no end of them. */
const maxStreamsPerSession = 8;

/** How to end each open stream, oldest first, by session. */
const openBySession = new Map<string, Set<() => void>>();

/** Hints for these communities until the reader leaves, `mayGoOn` says no, or the session has too many. */
export function liveStream(
  store: Store,
  session: string,
  communities: readonly string[],
  mayGoOn: () => Promise<boolean>
): Response {
  const encoder = new TextEncoder();
  let stop = () => {};
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      let isOpen = true;
      // Whoever left in the meantime closed it: nothing more can be said there, and a throw here would end the process.
      const send = (text: string) => isOpen && controller.enqueue(encoder.encode(text));
      const unlisten = store.live.listen(communities, (hint: LiveHint) =>
        send(`data: ${JSON.stringify(hint)}\n\n`)
      );
      stop = () => {
        isOpen = false;
        forget(session, end);
        clearInterval(beat);
        unlisten();
      };
      const end = () => {
        if (isOpen) controller.close();
        stop();
      };
      const goOn = async () => {
        if (await mayGoOn()) send(': still here\n\n');
        else end();
      };
      const beat = setInterval(() => void goOn().catch(end), beatMs);
      send('retry: 5000\n\n');
      remember(session, end);
    },
    cancel: () => stop()
  });
  return new Response(body, {
    headers: {
      'content-type': 'text/event-stream',
      'cache-control': 'private, no-store',
      'x-accel-buffering': 'no'
    }
  });
}

/** How many are open now. */
export function countStreams(): number {
  return [...openBySession.values()].reduce((sum, streams) => sum + streams.size, 0);
}

function remember(session: string, end: () => void): void {
  const streams = openBySession.get(session) ?? new Set();
  openBySession.set(session, streams.add(end));
  const [oldest] = streams;
  if (streams.size > maxStreamsPerSession) oldest?.();
}

function forget(session: string, end: () => void): void {
  const streams = openBySession.get(session);
  streams?.delete(end);
  if (streams?.size === 0) openBySession.delete(session);
}
