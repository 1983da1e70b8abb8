import type { KeyMessage } from '$lib/device/key-keeper';

/** The keys that pages left on their way out, for the page that comes next. In memory: gone when the browser ends this worker. */
const keys = new Map<string, Extract<KeyMessage, { type: 'keep-key' }>>();

export function answerKeyMessage({ data, ports }: ExtendableMessageEvent): void {
  const message = data as KeyMessage | { type?: unknown } | null;
  if (!message || !isKeyMessage(message)) return;
  const { account } = message;
  if (message.type === 'keep-key') keys.set(account, message);
  else if (message.type === 'forget-key') keys.delete(account);
  else if (keys.has(account)) ports[0]?.postMessage(keys.get(account));
}

const isKeyMessage = (message: { type?: unknown }): message is KeyMessage =>
  message.type === 'keep-key' || message.type === 'forget-key' || message.type === 'ask-key';
