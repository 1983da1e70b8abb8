// A tablet that was never updated, as far as the office can tell: it says its own protocol, and of what comes back it
// knows what its schemas know.
import type { RecordId } from '../../src/lib/domain/ids';
import type { Cursor, PullReply, PullRequest } from '../../src/lib/protocol/pull';
import { pushBody, type PushReply } from '../../src/lib/protocol/push';
import { pull } from '../../src/lib/server/serve';
import { community } from '../support/codes';
import { readAs } from './frozen-schema';
import { noteReply, requestOf, type Message } from './message';
import { answer } from './office-door';
import { rowsOf, type RecordedOffice, type Recording } from './recordings';

/** Far more than any reading takes: what goes on for longer goes on for ever. */
const mostPages = 60;

export function openOldClient(version: number, recording: Recording, office: RecordedOffice) {
  const { account, device, stores } = recording.tablets.li;
  const tablet = { ...recording.tablets.li, stores };
  const settings = rowsOf<{ key: string; value: unknown }>(tablet, 'settings');
  let cursor = settings.find(({ key }) => key === `cursor-${community}`)?.value as Cursor | undefined;
  const session = office.sessions.get(account)!;
  const records = new Map(
    rowsOf<{ id: RecordId; record: { id: RecordId } }>(tablet, 'records').map(({ id, record }) => [
      id,
      record
    ])
  );

  /** One page, the cursor handed back as this build had kept it. */
  async function readPage(size: number): Promise<PullReply> {
    const request = { protocol: version, account, device, community, cursor } as PullRequest;
    const now = new Date().toISOString();
    const page: unknown = JSON.parse(JSON.stringify(await pull(office.store, session, request, now, size)));
    const reply = readAs(recording.schemas.PullReply!, page) as PullReply;
    cursor = reply.cursor;
    for (const { record } of reply.rows) records.set(record.id, record);
    for (const id of [...reply.leftScope, ...(reply.erased ?? [])]) records.delete(id);
    return reply;
  }

  return {
    account,
    device,
    session,
    records,
    cursor: () => cursor,
    /** It has lost all it had read. */
    beginAnew: () => {
      cursor = undefined;
      records.clear();
    },
    /** To the end, page by page. Throws where there is none. */
    read: async (size = 3): Promise<PullReply[]> => {
      const pages: PullReply[] = [];
      while (pages.at(-1)?.more ?? true) {
        if (pages.length === mostPages) throw new Error('the pages have no end');
        pages.push(await readPage(size));
      }
      return pages;
    },
    push: async (bodies: readonly string[]): Promise<PushReply> => {
      const message: Omit<Message, 'reply'> = {
        account,
        at: '',
        method: 'POST',
        path: '/api/sync/push',
        headers: { 'content-encoding': 'gzip', 'content-type': 'application/x-ndjson' },
        text: pushBody({ protocol: version, account, device }, bodies)
      };
      const reply = await noteReply(await answer(office.store, session, requestOf(message)));
      return readAs(recording.schemas.PushReply!, JSON.parse(reply.text!)) as PushReply;
    }
  };
}
