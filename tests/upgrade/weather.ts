// What lies between the tablets and the office while a recording is made: it notes all that crosses, and may do harm.
import type { Session } from '../../src/lib/server/session';
import type { Store } from '../../src/lib/server/store';
import { noteReply, noteRequest, requestOf, type Message } from './message';
import { answer, origin } from './office-door';

export interface Weather {
  /** As if another build had made what is sent. */
  rewrite: (text: string) => string;
  /** The office fails on what says this. */
  failsOn: string | null;
  /** Only half of a picture gets there, and then nothing more. */
  cutsUploads: boolean;
  messages: Message[];
}

/** Takes the place of the network: `sessions` by account. */
export function makeWeather(store: Store, sessions: ReadonlyMap<string, Session>): Weather {
  const weather: Weather = { rewrite: (text) => text, failsOn: null, cutsUploads: false, messages: [] };
  let isCut = false;
  globalThis.fetch = async (path, init) => {
    const request = new Request(new URL(path as string, origin), init);
    const account = request.headers.get('x-xunge-account')!;
    const sent = await noteRequest(account, request);
    if (sent.text !== undefined) sent.text = weather.rewrite(sent.text);
    if (weather.failsOn && sent.text?.includes(weather.failsOn)) return new Response('', { status: 500 });
    if (!weather.cutsUploads) isCut = false;
    if (isCut) throw new TypeError('cut');
    if (weather.cutsUploads && sent.method === 'PATCH') {
      const bytes = Buffer.from(sent.base64!, 'base64');
      sent.base64 = bytes.subarray(0, bytes.length / 2).toString('base64');
      isCut = true;
    }
    const response = await answer(store, sessions.get(account) ?? null, requestOf(sent));
    const message = { ...sent, reply: await noteReply(response.clone()) };
    if (!isKnown(message, weather.messages)) weather.messages.push(message);
    if (isCut) throw new TypeError('cut');
    return response;
  };
  return weather;
}

/** What was asked and answered in the same words before need not be kept twice. */
function isKnown({ method, path, reply }: Message, messages: readonly Message[]): boolean {
  const isSame = (one: Message) => one.path === path && JSON.stringify(one.reply) === JSON.stringify(reply);
  return method === 'GET' && messages.some(isSame);
}
