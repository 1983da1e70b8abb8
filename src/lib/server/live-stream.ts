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
      let isOpen = true;
      // Whoever left in the meantime closed it: nothing more can be said there, and a throw here would end the process.
      const send = (text: string) => isOpen && controller.enqueue(encoder.encode(text));
      const unlisten = store.live.listen(communities, (hint: LiveHint) =>
        send(`data: ${JSON.stringify(hint)}\n\n`)
      );
      stop = () => {
        isOpen = false;
        clearInterval(beat);
        unlisten();
      };
      const end = () => {
        if (isOpen) controller.close();
        stop();
      };
      const goOn = async () => {
        if (await isStillSignedIn()) send(': still here\n\n');
        else end();
      };
      const beat = setInterval(() => void goOn().catch(end), beatMs);
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
