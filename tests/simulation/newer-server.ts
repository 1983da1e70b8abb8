// A server of some later release: it adds fields, kinds of history and reasons to refuse that this build has never seen.
import type { Answered } from './server';

type Json = Record<string, unknown>;

export function newerAnswer(path: string, answered: Answered, onlyFields: boolean): Answered {
  if (answered.status !== 200 || !path.startsWith('/api/sync/')) return answered;
  const value = JSON.parse(new TextDecoder().decode(answered.body)) as Json;
  if (path.endsWith('/hand-back')) return answered;
  const body = path.endsWith('/pull') ? newerPage(value, onlyFields) : newerReceipts(value, onlyFields);
  return { ...answered, body: new TextEncoder().encode(JSON.stringify(body)) };
}

function newerPage(page: Json, onlyFields: boolean): Json {
  const rows = page.rows as { record: Json; history: Json[] }[];
  return {
    ...page,
    fromLater: true,
    rows: rows.map(({ record, history }) => ({
      record: newerRecord(record),
      history: onlyFields ? history : [...history, unknownEntry(record)],
      fromLater: 1
    }))
  };
}

function newerReceipts(reply: Json, onlyFields: boolean): Json {
  const receipts = reply.receipts as Json[];
  return {
    ...reply,
    fromLater: true,
    receipts: receipts.map((receipt) => {
      const records = Array.isArray(receipt.records)
        ? (receipt.records as Json[]).map(newerRecord)
        : undefined;
      const refusal = receipt.refusal as Json | undefined;
      const isRenamed = refusal?.code === 'wrong-state' && !onlyFields;
      return {
        ...receipt,
        ...(records && { records }),
        ...(refusal && isRenamed && { refusal: { ...refusal, code: 'asked-too-late' } })
      };
    })
  };
}

export const laterField = 'fromLater';

function newerRecord(record: Json): Json {
  return { ...record, [laterField]: { of: String(record.id).slice(-4) } };
}

function unknownEntry({ at, author }: Json): Json {
  return {
    id: '00000000-0000-7000-8000-0000000000ff',
    kind: 'never-heard-of',
    at,
    receivedAt: at,
    author,
    facts: { any: 1 }
  };
}
