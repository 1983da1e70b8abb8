/** What runs under each name in this tab, for browsers without Web Locks. */
const running = new Map<string, Promise<unknown>>();

/**
 * Runs `work` while no other tab, and nothing else in this one, runs under the same name; until then it waits in line.
 * A killed tab leaves no lock behind. Without Web Locks only this tab keeps the line.
 */
export async function withLock<Value>(name: string, work: () => Promise<Value>): Promise<Value> {
  if ('locks' in navigator) return await navigator.locks.request(name, work);
  const turn = (running.get(name) ?? Promise.resolve()).then(work);
  const over = turn.then(
    () => {},
    () => {}
  );
  running.set(name, over);
  return turn;
}

export interface Channel<Message> {
  /** To all other tabs; never to this one. */
  send(message: Message): void;
  close(): void;
}

/** Tells the other tabs. Where there is no BroadcastChannel nobody hears, which every listener must be able to bear. */
export function openChannel<Message>(name: string, onMessage: (message: Message) => void): Channel<Message> {
  if (!('BroadcastChannel' in globalThis)) return { send: () => {}, close: () => {} };
  const channel = new BroadcastChannel(name);
  channel.onmessage = ({ data }: MessageEvent<Message>) => onMessage(data);
  return { send: (message) => channel.postMessage(message), close: () => channel.close() };
}
