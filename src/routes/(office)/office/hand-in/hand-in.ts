import type { AccountId, ChangeId, DeviceId, PhotoId } from '$lib/domain/ids';
import type { Refusal } from '$lib/domain/refusal';
import type { LifelineChange } from '$lib/protocol/lifeline-entry';
import type { OpenLifeline } from '$lib/protocol/open-lifeline';
import { Problem } from '$lib/protocol/problem';
import { pushBody, PushReply, receiptedCount } from '$lib/protocol/push';
import type { Receipt } from '$lib/protocol/receipt';
import { protocolVersion } from '$lib/protocol/version';

/** Who sits at the desk, and how a request gets to the server. Rejects where no answer came. */
export interface Desk {
  account: AccountId;
  device: DeviceId;
  send: (path: string, init: RequestInit) => Promise<Response>;
}

/** What the office said to one change: `known` it had before, `later` it may still take if it is handed in again. */
export type Said =
  { outcome: 'accepted' | 'known' | 'conflict' | 'later' } | { outcome: 'refused'; refusal: Refusal };

/** Why handing in ended early: handing the file in again goes on there. Null where it came to its end. */
export type Stopped = { refusal: Refusal } | 'away' | null;

const changesPerRequest = 100;
/** Three bytes each at most, well under what the server takes without compression. */
const charactersPerRequest = 400_000;

/** Step 14: the texts of a file, in their order, by the one write path. `onSaid` hears of each change. */
export async function handInChanges(
  { head, changes }: Pick<OpenLifeline, 'head' | 'changes'>,
  desk: Desk,
  onSaid: (id: ChangeId, said: Said) => void
): Promise<Stopped> {
  for (let start = 0; start < changes.length;) {
    const batch = nextBatch(changes.slice(start, start + changesPerRequest));
    const answer = await push(desk, head.account, batch);
    if (!('receipts' in answer)) return answer.stopped;
    let index = 0;
    for (const receipt of answer.receipts)
      for (let count = receipt.status === 'accepted' ? receipt.count : 1; count > 0; count--)
        onSaid(batch[index++]!.id, saidOf(receipt, answer.receivedAt));
    start += batch.length;
  }
  return null;
}

function nextBatch(changes: readonly LifelineChange[]): LifelineChange[] {
  let characters = 0;
  const end = changes.findIndex(({ body }) => (characters += body.length) > charactersPerRequest);
  return changes.slice(0, end < 0 ? undefined : Math.max(1, end));
}

async function push(
  { account, device, send }: Desk,
  author: AccountId,
  batch: readonly LifelineChange[]
): Promise<PushReply | { stopped: Stopped }> {
  const carrying = author === account ? undefined : author;
  const body = pushBody(
    { protocol: protocolVersion, account, device, carrying },
    batch.map((change) => change.body)
  );
  const headers = { 'content-type': 'application/x-ndjson' };
  const answer = await ask(() => send('/api/sync/push', { method: 'POST', headers, body }));
  if (answer === 'away' || 'refusal' in answer) return { stopped: answer };
  const reply = PushReply.safeParse(await answer.response.json().catch(() => null));
  // Only a body that fits and speaks of each change counts (step 5).
  if (!reply.success || receiptedCount(reply.data.receipts) !== batch.length) return { stopped: 'away' };
  return reply.data;
}

function saidOf(receipt: Receipt, receivedAt: string): Said {
  switch (receipt.status) {
    case 'accepted':
      return { outcome: receipt.receivedAt < receivedAt ? 'known' : 'accepted' };
    case 'refused':
      return { outcome: 'refused', refusal: receipt.refusal };
    case 'conflict':
      return { outcome: 'conflict' };
    case 'depends-on':
    case 'deferred':
    case 'upgrade-needed':
      return { outcome: 'later' };
  }
}

/** The small pictures, many in one request, so that the desk sees something before the large ones come. */
export async function handInThumbnails({ media }: Pick<OpenLifeline, 'media'>, desk: Desk): Promise<Stopped> {
  const small = media.flatMap(({ facts, thumbnail }) => (thumbnail ? [{ id: facts.id, thumbnail }] : []));
  const perRequest = 50;
  for (let start = 0; start < small.length; start += perRequest) {
    const form = new FormData();
    for (const { id, thumbnail } of small.slice(start, start + perRequest))
      form.append(id, new Blob([fromBase64(thumbnail)], { type: 'image/jpeg' }), `${id}.jpg`);
    const headers = { 'x-xunge-account': desk.account };
    const answer = await ask(() =>
      desk.send('/api/photos/thumbnails', { method: 'POST', headers, body: form })
    );
    if (answer === 'away' || 'refusal' in answer) return answer;
  }
  return null;
}

/** Step 8, at the desk: one whole picture, from the byte the office has. */
export async function handInPicture(
  desk: Desk,
  id: PhotoId,
  bytes: Uint8Array<ArrayBuffer>
): Promise<{ refusal: Refusal } | 'away' | 'stored'> {
  const tus = { 'tus-resumable': '1.0.0', 'x-xunge-account': desk.account };
  const created = await ask(() =>
    desk.send('/api/photos', {
      method: 'POST',
      headers: { ...tus, 'upload-length': String(bytes.length), 'upload-metadata': `id ${btoa(id)}` }
    })
  );
  if (created === 'away' || 'refusal' in created) return created;
  const offset = offsetOf(created.response);
  if (offset === bytes.length) return 'stored';
  const sent = await ask(() =>
    desk.send(`/api/photos/${id}`, {
      method: 'PATCH',
      headers: {
        ...tus,
        'upload-offset': String(offset),
        'content-type': 'application/offset+octet-stream'
      },
      body: new Blob([bytes.subarray(offset)])
    })
  );
  if (sent === 'away' || 'refusal' in sent) return sent;
  return offsetOf(sent.response) === bytes.length ? 'stored' : 'away';
}

function offsetOf({ headers }: Response): number {
  return Number(headers.get('upload-offset') ?? 0);
}

/** An answer that counts, the server's no, or nothing that counts: cut, a portal's page, a fault. */
async function ask(
  send: () => Promise<Response>
): Promise<{ response: Response } | { refusal: Refusal } | 'away'> {
  const response = await send().catch(() => null);
  if (!response || response.status >= 500) return 'away';
  if (response.ok) return { response };
  const problem = Problem.safeParse(await response.json().catch(() => null));
  return problem.success ? { refusal: { code: problem.data.code, details: problem.data.details } } : 'away';
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}
