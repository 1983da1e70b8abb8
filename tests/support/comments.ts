// Much text on a tablet without typing it.
import type { Page } from 'playwright-core';
import { tabletRows } from './field';

/** Comments on the only record, written into the outbox as a page would before there were keys. */
export async function addComments(on: Page, count: number): Promise<void> {
  const [first] = await tabletRows<{ id: string; body: string }>(on, 'outbox');
  await on.evaluate(writeComments, { first: first!, count });
}

/** Runs in the page. */
async function writeComments({ first, count }: { first: { id: string; body: string }; count: number }) {
  const done = <Value>(request: IDBRequest<Value>) =>
    new Promise<Value>((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error ?? new Error('no answer'));
    });
  const names = (await indexedDB.databases()).map(({ name }) => name ?? '');
  const database = await done(indexedDB.open(names.find((name) => /^xunge-[0-9a-f]{8}-/.test(name))!));
  const head = JSON.parse(first.body) as { facts: { recordId: string } };
  const { recordId } = head.facts;
  const rows = [];
  for (let index = 1; index <= count; index++) {
    const id = `${first.id.slice(0, -6)}${index.toString(16).padStart(6, '0')}`;
    const facts = { recordId, text: `第 ${index} 句` };
    const body = JSON.stringify({ ...head, id, kind: 'comment-added', baseVersion: index, facts });
    const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(body));
    const sha256 = [...new Uint8Array(hash)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
    rows.push({ id, recordIds: [recordId], body, sha256 });
  }
  const store = database.transaction('outbox', 'readwrite').objectStore('outbox');
  for (const row of rows) store.add(row);
  await new Promise((resolve) => (store.transaction.oncomplete = resolve));
  database.close();
}
