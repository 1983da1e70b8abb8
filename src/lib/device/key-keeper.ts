// The key of an open store lies in memory alone. So that a reload, a second tab or an update does not ask for the PIN
// again, a page that goes out of sight leaves it with the service worker, which the browser ends half a minute later.

type StoreKey = Uint8Array<ArrayBuffer>;

/** What pages, and the service worker, ask each other. Bytes of a key travel in memory, never over a network. */
export type KeyMessage =
  | { type: 'keep-key'; account: string; key: StoreKey }
  | { type: 'forget-key'; account: string }
  | { type: 'ask-key'; account: string };

const patienceMs = 1_000;
const channelName = 'xunge-keys';

/**
 * While the page lives other tabs are given the key, and the service worker when this page goes out of sight. Returns how
 * to stop: then nobody is given it any more, and the service worker forgets it.
 */
export function keepKey(account: string, key: StoreKey): () => void {
  const keep = { type: 'keep-key', account, key } as const;
  const channel = new BroadcastChannel(channelName);
  channel.onmessage = ({ data }: MessageEvent<KeyMessage>) => {
    if (data.type === 'ask-key' && data.account === account) channel.postMessage(keep);
  };
  // Known ahead: a page that is going waits for nothing.
  let worker: ServiceWorker | null = null;
  void findWorker().then((found) => (worker = found));
  const leave = () => (workers()?.controller ?? worker)?.postMessage(keep);
  const leaveIfHidden = () => document.visibilityState === 'hidden' && leave();
  document.addEventListener('visibilitychange', leaveIfHidden);
  window.addEventListener('pagehide', leave);
  return () => {
    channel.close();
    document.removeEventListener('visibilitychange', leaveIfHidden);
    window.removeEventListener('pagehide', leave);
    void findWorker().then((found) => found?.postMessage({ type: 'forget-key', account }));
  };
}

/** The key of this account's store, where another tab or the service worker still has it. */
export async function askForKey(account: string): Promise<StoreKey | null> {
  const ask = { type: 'ask-key', account } as const;
  const channel = new BroadcastChannel(channelName);
  const { port1, port2 } = new MessageChannel();
  try {
    return await new Promise((resolve) => {
      const take = ({ data }: MessageEvent<KeyMessage>) => {
        if (data.type === 'keep-key' && data.account === account) resolve(data.key);
      };
      channel.onmessage = take;
      port1.onmessage = take;
      channel.postMessage(ask);
      void findWorker().then((worker) => worker?.postMessage(ask, [port2]));
      setTimeout(() => resolve(null), patienceMs);
    });
  } finally {
    channel.close();
    port1.close();
  }
}

const findWorker = async () => (await workers()?.getRegistration())?.active ?? null;

/** Missing in browsers where only what lies here from before is sent. */
const workers = () => navigator.serviceWorker as ServiceWorkerContainer | undefined;
