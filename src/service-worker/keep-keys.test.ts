import { expect, test, vi } from 'vitest';
import { answerKeyMessage } from './keep-keys';

test('a key that was left is given to the page that asks for its account, until it is forgotten', () => {
  const port = { postMessage: vi.fn() };
  const say = (data: unknown) =>
    answerKeyMessage({ data, ports: [port] } as unknown as ExtendableMessageEvent);
  const kept = { type: 'keep-key', account: 'li', key: new Uint8Array(32) };
  say({ type: 'ask-key', account: 'li' });
  say(kept);
  say({ type: 'SKIP_WAITING' });
  say(null);
  say({ type: 'ask-key', account: 'chen' });
  expect(port.postMessage).not.toHaveBeenCalled();
  say({ type: 'ask-key', account: 'li' });
  expect(port.postMessage).toHaveBeenCalledExactlyOnceWith(kept);
  say({ type: 'forget-key', account: 'li' });
  say({ type: 'ask-key', account: 'li' });
  expect(port.postMessage).toHaveBeenCalledOnce();
});
