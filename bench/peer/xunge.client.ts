// The browser half: the harness's verbs in those of the product's data and sync rooms.
import type { Author } from '../../src/lib/data/author';
import type { PhotoId, RecordId } from '../../src/lib/domain/ids';
import type { Issue } from '../../src/lib/domain/report';
import type { SyncContext } from '../../src/lib/sync/context';
import { v7 as uuidV7 } from 'uuid';
import { storeKey } from '../../tests/support/store-key';
import { entryIdToRecordId, entryToDraft, fieldsToAnswers, issueToEntry, type Entry } from './entry-as-issue';
import { fetchPictures } from './fetch-pictures';
import { account, community, name, scratchAccount, tablets } from './people';
import * as product from './shipped';

interface Tablet {
  author: Author;
  context: SyncContext;
  window: typeof product.firstWindow;
}

interface Options {
  origin: string;
  device: string;
  name?: string;
}

/** The page lies on another port than the server: the product's own paths are given the server's. */
function reach(origin: string): void {
  const fetchAnywhere = globalThis.fetch.bind(globalThis);
  globalThis.fetch = (path, init) => fetchAnywhere(new URL(path as string, origin), init);
}

async function open({ origin, device, name: store }: Options): Promise<Tablet> {
  reach(origin);
  const database = await product.openDatabase(
    store === 'scratch' ? scratchAccount : account,
    storeKey,
    () => {}
  );
  const rules = product.rulesOf(undefined);
  const author: Author = { database, account, name, ...tablets[device]!, community, rulesOf: () => rules };
  const transport = product.createTransport(account);
  const context = { author, communities: [community], transport, now: Date.now, random: Math.random };
  return { author, context, window: product.firstWindow };
}

async function put({ author }: Tablet, entry: Entry, picture: Blob | null): Promise<void> {
  const { ownerGridCode, ...draft } = entryToDraft(entry);
  const photoIds = picture ? [await keepPicture(author, draft.id, picture)] : [];
  const saved = await product.recordReport(author, { ...draft, photoIds }, ownerGridCode, entry.createdAt);
  if (saved.verdict !== 'saved') throw new Error(`not saved: ${JSON.stringify(saved)}`);
}

/** At the shutter. The page's photo processor makes of it what travels once the report is saved. */
async function keepPicture({ database }: Author, recordId: RecordId, picture: Blob): Promise<PhotoId> {
  const id = uuidV7() as PhotoId;
  const photo = { id, recordId, stage: 'before', source: 'camera', mime: picture.type } as const;
  await product.keepOriginal(database, photo, await picture.arrayBuffer());
  return id;
}

/** What PhotoProcessor does with pictures that no browser can decode, without trying it first. */
async function processPictures({ database }: Author): Promise<void> {
  for (const { id } of await product.listRawPhotos(database)) {
    const kept = await product.keepUnseen((await product.loadOriginal(database, id))!);
    if (!kept.ok) throw new Error(kept.reason);
    await product.keepProcessed(database, id, kept.photo);
  }
}

/** The product saves one report at a time. Its changes are sealed first, then written as it writes each. */
async function putMany({ author }: Tablet, entries: Entry[]): Promise<void> {
  const { database } = author;
  const sealed = await Promise.all(
    entries.map((entry, index) => {
      const { id: recordId, ownerGridCode, place, text, answers, categoryCode } = entryToDraft(entry);
      const facts = {
        recordId,
        ownerGridCode,
        place,
        text,
        answers,
        categoryCode: categoryCode!,
        photoIds: [],
        voiceIds: []
      };
      const flags = { solvedOnSpot: false, communityOnly: false, publicFacility: false, quickReport: false };
      const number = `${name}-${entry.createdAt.slice(5, 10)}-${index}`;
      return product.makeChange(author, 'issue-recorded', { ...facts, ...flags, number }, entry.createdAt, 0);
    })
  );
  await database.transaction('rw', product.tablesOfWriting(database), async () => {
    for (const one of sealed) {
      const judgement = await product.writeChange(author, one);
      if (judgement.verdict !== 'allowed') throw new Error(`not saved: ${JSON.stringify(judgement)}`);
    }
  });
}

async function newest({ author }: Tablet, limit: number): Promise<Entry[]> {
  const rows = await product.listReports(author.database, limit, () => true);
  return rows.map(({ report }) => issueToEntry(report as Issue));
}

/** The lists of the product filter what they read; no index of it knows an answer. */
async function find({ author }: Tablet, status: string, gridId: string): Promise<Entry[]> {
  const grid = `${community}${gridId.slice(-3)}`;
  const fits = (report: object) => {
    const { ownerGridCode, answers } = report as Issue;
    return ownerGridCode === grid && answers.status === status;
  };
  const rows = await product.listReports(author.database, Infinity, fits);
  return rows.map(({ report }) => issueToEntry(report as Issue));
}

async function update({ author }: Tablet, id: string, patch: Record<string, unknown>): Promise<void> {
  const recordId = entryIdToRecordId(id);
  const { answers: from } = (await author.database.records.get(recordId))!.record as Issue;
  const to = { ...from, ...fieldsToAnswers(patch) };
  const facts = { recordId, edits: { answers: { from, to } } };
  const judgement = await product.recordAct(author, 'report-amended', facts, new Date().toISOString());
  if (judgement.verdict !== 'allowed') throw new Error(`not saved: ${JSON.stringify(judgement)}`);
}

/** As the page does once it is opened, and the runner before each run. */
async function prepare({ author }: Tablet): Promise<void> {
  await processPictures(author);
  await product.endWaits(author.database);
  await product.declarePhotos(author, new Date().toISOString());
}

async function push(tablet: Tablet, { retry }: { retry: boolean }): Promise<{ textsMs?: number }> {
  const started = performance.now();
  const { context, author } = tablet;
  let textsMs: number | undefined;
  await prepare(tablet);
  await untilDone(retry, context, async () => {
    const pushed = await product.push(context, tablet.window);
    tablet.window = pushed.window;
    if (pushed.outcome !== 'done') return pushed.outcome;
    if (!(await product.listUnreceipted(author.database)).length) textsMs ??= performance.now() - started;
    const thumbnails = await product.uploadThumbnails(context);
    if (thumbnails !== 'done') return thumbnails;
    const photos = await product.uploadPhotos(context);
    const isAllThere = textsMs !== undefined && !(await product.listUnsentPhotos(author.database)).length;
    return photos === 'done' && !isAllThere ? 'away' : photos;
  });
  return { textsMs };
}

async function pull({ context }: Tablet, { retry }: { retry: boolean }): Promise<void> {
  await untilDone(retry, context, async () => {
    const pulled = await product.pull(context, community);
    return pulled === 'done' ? fetchPictures(context) : pulled;
  });
}

/** The runner's own pauses between two tries. */
async function untilDone(retry: boolean, context: SyncContext, work: () => Promise<string>): Promise<void> {
  for (let failures = 1; ; failures++) {
    const outcome = await work();
    if (outcome === 'done') return;
    if (!retry) throw new Error(outcome);
    await new Promise((resolve) => setTimeout(resolve, product.backoffMs(failures, context.random())));
  }
}

export default {
  photos: true,
  open,
  put,
  putMany,
  newest,
  find,
  update,
  push,
  pull,
  list: async ({ author }: Tablet) =>
    (await author.database.records.toArray()).map(({ record }) => issueToEntry(record as Issue)),
  photoOf: async ({ author }: Tablet, id: string) => {
    const shown = await author.database.records.get(entryIdToRecordId(id));
    const photo = (shown?.record as Issue | undefined)?.photos[0];
    return photo ? product.loadPicture(author.database, photo.id) : null;
  },
  flush: ({ author }: Tablet) => processPictures(author)
};
