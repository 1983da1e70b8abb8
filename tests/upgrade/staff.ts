// The office and the people of the recordings, with a tablet each that speaks to the office's real routes.
import 'fake-indexeddb/auto';
import { createHash } from 'node:crypto';
import { v7 as uuidV7 } from 'uuid';
import { vi } from 'vitest';
import type { Author } from '../../src/lib/data/author';
import { TabletDatabase } from '../../src/lib/data/database';
import { addDraft, newDraft } from '../../src/lib/data/drafts';
import type { Draft } from '../../src/lib/data/draft';
import { keepOriginal, keepProcessed, keepVoice } from '../../src/lib/data/photos';
import { recordAct } from '../../src/lib/data/record';
import { recordReport } from '../../src/lib/data/reports';
import { saveSetting } from '../../src/lib/data/settings';
import type { ChangeKindName, FactsOf } from '../../src/lib/domain/changes';
import type { Actor } from '../../src/lib/domain/grant';
import type { DeviceId, PhotoId, RecordId } from '../../src/lib/domain/ids';
import { rulesOf } from '../../src/lib/domain/reference';
import { loadReference } from '../../src/lib/server/records/reference';
import type { Store } from '../../src/lib/server/store';
import { firstWindow } from '../../src/lib/sync/plan';
import { synchronize } from '../../src/lib/sync/synchronize';
import { createTransport } from '../../src/lib/sync/transport';
import { community } from '../support/codes';
import { storeKey } from '../support/store-key';

export type Person = Actor & { name: string; grants: { role: string; area: string }[] };
export type Tablet = Awaited<ReturnType<typeof openTablet>>;

export const at = () => new Date().toISOString();

/** Time goes on between two acts; nothing else moves it. */
export function wait(minutes = 1): void {
  vi.setSystemTime(Date.now() + minutes * 60_000);
}

export const sha256 = (bytes: ArrayBuffer) =>
  createHash('sha256').update(new Uint8Array(bytes)).digest('hex');

/** Begins like a JPEG; nobody looks at it here. */
export function picture(length: number, seed: number): ArrayBuffer {
  const bytes = Uint8Array.from({ length }, (_, index) => (index * seed) % 251);
  bytes.set([0xff, 0xd8, 0xff, 0xe0]);
  return bytes.buffer;
}

export async function authorOf(
  store: Store,
  person: Actor & { name: string },
  device: DeviceId
): Promise<Author> {
  const rules = rulesOf((await loadReference(store, community))!);
  const { account, name } = person;
  const database = new TabletDatabase(account, storeKey);
  return { database, account, name, device, deviceMark: '', community, rulesOf: () => rules };
}

/** A tablet whose requests go wherever `fetch` goes. */
export async function openTablet(store: Store, person: Actor & { name: string }, device?: DeviceId) {
  const author = await authorOf(store, person, device ?? (uuidV7() as DeviceId));
  const { database } = author;
  const transport = createTransport(author.account);
  const context = {
    author,
    communities: [community],
    transport,
    now: () => Date.now(),
    random: () => 0.5
  };

  async function attach(recordId: RecordId, stage: 'before' | 'after', seed: number): Promise<PhotoId> {
    wait();
    const id = uuidV7() as PhotoId;
    const [original, bytes] = [picture(900, seed + 1), picture(700, seed)];
    const facts = { id, recordId, stage, source: 'camera', mime: 'image/jpeg', takenAt: at() } as const;
    await keepOriginal(database, facts, original);
    await keepProcessed(database, id, {
      bytes,
      mime: 'image/jpeg',
      sha256: sha256(bytes),
      originalSha256: sha256(original),
      thumbnail: picture(90, seed + 2),
      width: 40,
      height: 30,
      previewable: true
    });
    return id;
  }

  async function speak(recordId: RecordId): Promise<PhotoId> {
    wait();
    const id = uuidV7() as PhotoId;
    const bytes = new TextEncoder().encode('a voice, as it were').buffer;
    const facts = { id, recordId, mime: 'audio/webm', takenAt: at(), seconds: 4, sha256: sha256(bytes) };
    await keepVoice(database, facts, bytes);
    return id;
  }

  /** A form begun, with a processed picture and a voice note where asked for. */
  async function begin(
    form: Partial<Draft>,
    with_: { photo?: number; voice?: boolean } = {}
  ): Promise<Draft> {
    wait();
    const draft: Draft = { ...newDraft(form.kind ?? 'issue', at()), ...form };
    await addDraft(database, draft);
    if (with_.photo) draft.photoIds = [await attach(draft.id, 'before', with_.photo)];
    if (with_.voice) draft.voiceIds = [await speak(draft.id)];
    await database.drafts.put(draft);
    return draft;
  }

  async function save(
    form: Partial<Draft>,
    ownerGridCode: string,
    with_: { photo?: number; voice?: boolean } = {}
  ): Promise<RecordId> {
    const draft = await begin(form, with_);
    wait();
    const saved = await recordReport(author, draft, ownerGridCode, at());
    if (saved.verdict !== 'saved') throw new Error(`not saved: ${JSON.stringify(saved)}`);
    // As when the ten seconds are over.
    await saveSetting(database, 'heldBack', null);
    return draft.id;
  }

  async function act<Kind extends ChangeKindName>(
    kind: Kind,
    facts: FactsOf<Kind> & { recordId: RecordId }
  ): Promise<void> {
    wait();
    const judgement = await recordAct(author, kind, facts, at());
    if (judgement.verdict !== 'allowed') throw new Error(`${kind}: ${JSON.stringify(judgement)}`);
  }

  async function sync(): Promise<string> {
    wait();
    return (await synchronize(context, firstWindow)).outcome;
  }

  return { author, database, context, attach, begin, save, act, sync };
}
