// Every store ever recorded, opened by today's server, and every request that was ever made of it, made again.
import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { receiptedCount, type PushReply } from '../../src/lib/protocol/push';
import type { Receipt } from '../../src/lib/protocol/receipt';
import { readAs } from './frozen-schema';
import { noteReply, requestOf, type Message } from './message';
import { answer } from './office-door';
import {
  openRecordedOffice,
  readRecording,
  versions,
  type RecordedOffice,
  type Recording
} from './recordings';

/** By the address asked: what the old build made of an answer it took for one. */
const schemaOf: Record<string, string> = {
  '/api/sync/push': 'PushReply',
  '/api/sync/pull': 'PullReply',
  '/api/photos/thumbnails': 'ThumbnailReply',
  '/api/reference': 'Reference'
};

const pathOf = ({ path }: Message) => path.replace(/\?.*/, '');

describe.each(versions)('the office of protocol %i', (version) => {
  const recording: Recording = readRecording(version);
  let office: RecordedOffice;

  beforeEach(async () => {
    office = await openRecordedOffice(recording);
  });
  afterEach(() => office.close());

  async function sendAgain(message: Message): Promise<Message['reply']> {
    const session = office.sessions.get(message.account)!;
    return noteReply(await answer(office.store, session, requestOf(message)));
  }

  const asOld = (message: Message, { text }: Message['reply']) =>
    readAs(recording.schemas[schemaOf[pathOf(message)]!]!, JSON.parse(text!));

  const log = async () => {
    const { connection } = office.store;
    const tables = ['change', 'record', 'touch', 'outcome', 'photo'] as const;
    const rows = tables.map((table) => connection.selectFrom(table).selectAll().execute());
    return (await Promise.all(rows)).flat();
  };

  test('is migrated with every row it had', async () => {
    const lines = recording.office.match(/^INSERT INTO "(change|record|touch|outcome|photo)"/gm)!;
    const now = await log();
    expect(now).toHaveLength(lines.length);
    const bodies = now.flatMap((row) => ('body' in row ? [row.body] : []));
    expect(bodies.length).toBeGreaterThan(20);
    for (const body of bodies) expect(recording.office).toContain(body.replaceAll("'", "''"));
  });

  test('answers every request again, as the tablet that made it understands', async () => {
    const uploads = ['/api/photos', expect.stringMatching(/^\/api\/photos\/[^/]{36}$/) as string];
    const asked = [...new Set(recording.messages.map(pathOf))];
    expect(asked).toEqual(expect.arrayContaining([...Object.keys(schemaOf), ...uploads]));
    for (const message of recording.messages) {
      const reply = await sendAgain(message);
      const what = `${message.method} ${message.path}`;
      if (message.reply.status >= 400) expect(reply, what).toEqual(message.reply);
      else if (schemaOf[pathOf(message)]) {
        expect(reply.status, what).toBe(200);
        expect(() => asOld(message, reply), what).not.toThrow();
      } else if (message.method === 'GET') expect(reply, what).toEqual(message.reply);
      else expectUpload(message, reply);
    }
  });

  /** Whole by now, or as far as it had come: where to go on. A piece that is there already is not taken twice. */
  function expectUpload({ method, headers, path }: Message, reply: Message['reply']): void {
    if (method === 'POST') {
      expect(reply.status, path).toBe(201);
      const reached = Number(reply.headers['upload-offset']);
      expect([Number(headers['upload-length']), Number(headers['upload-length']) / 2]).toContain(reached);
    } else expect([204, 409], path).toContain(reply.status);
  }

  test('gives what it knows its receipt again, and changes nothing', async () => {
    const before = await log();
    const pushes = recording.messages.filter(
      (one) => one.path === '/api/sync/push' && one.reply.status === 200
    );
    expect(pushes.length).toBeGreaterThan(5);
    for (const message of pushes) {
      const told = (JSON.parse(message.reply.text!) as PushReply).receipts;
      const again = (asOld(message, await sendAgain(message)) as PushReply).receipts;
      expect(receiptedCount(again)).toBe(receiptedCount(told));
      expect(outcomes(again)).toEqual(outcomes(told));
    }
    expect(await log()).toEqual(before);
  });
});

/** One by one, without what may be said anew: a seal is made by the key of the day, records are told as they are now. */
function outcomes(receipts: readonly Receipt[]): unknown[] {
  return receipts.flatMap((receipt): unknown[] => {
    if (receipt.status !== 'accepted') {
      const { records: _, ...rest } = { records: [], ...receipt };
      return [rest];
    }
    const { status, count, sequence, receivedAt } = receipt;
    return Array.from({ length: count }, (_, place) => ({ status, sequence: sequence + place, receivedAt }));
  });
}
