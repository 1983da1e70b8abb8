import type { LiveHint } from '../protocol/live';
import type { Store } from './store';

/** Keeps proxies from closing a quiet stream, and is when an ended session is noticed. */
const beatMs = 25_000;

/** Hints for these communities until the reader leaves or the session ends. */
export function liveStream(
  store: Store,
  communities: readonly string[],
  isStillSignedIn: () => Promise<boolean>
): Response {
  const encoder = new TextEncoder();
  let stop = () => {};
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      const send = (text: string) => controller.enqueue(encoder.encode(text));
      const unlisten = store.live.listen(communities, (hint: LiveHint) =>
        send(`data: ${JSON.stringify(hint)}\n\n`)
      );
      const beat = setInterval(() => {
        isStillSignedIn().then(
          (yes) => (yes ? send(': still here\n\n') : end()),
          () => end()
        );
      }, beatMs);
      stop = () => {
        clearInterval(beat);
        unlisten();
      };
      const end = () => {
        stop();
        controller.close();
      };
      send('retry: 5000\n\n');
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
