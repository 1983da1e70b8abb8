import type { CommunityRules, Judgement } from '../domain/change';
import { unsaid } from '../domain/category';
import type { FactsOf } from '../domain/changes';
import { instantToDay, type Instant } from '../domain/instant';
import { sealAttachments } from './attachments';
import { makeChange, type Author } from './author';
import type { Draft } from './draft';
import { declaredPhoto } from './photos';
import { loadSetting, saveSettings } from './settings';
import { heldBackFrom } from './undo';
import { tablesOfWriting, writeChange } from './write';

/** The six most used here stand first on the sheet. */
const rememberedCategories = 6;

/** Saved under this number, or why not: then nothing was written. */
export type Saved = { verdict: 'saved'; number: string } | Exclude<Judgement, { verdict: 'allowed' }>;

/**
 * Saves a draft as an issue or a need: record, change, the declaration of every processed picture, the end of the draft,
 * and that it is held back while it can be undone, in one transaction (step 1). Pictures still being processed are
 * declared when they are done.
 */
export async function recordReport(
  author: Author,
  draft: Draft,
  ownerGridCode: string,
  at: Instant
): Promise<Saved> {
  for (;;) {
    const saved = await recordNumbered(author, draft, ownerGridCode, at);
    if (saved !== 'number-taken') return saved;
  }
}

/** The number is part of the sealed bytes, so it is chosen before the transaction: another save may be quicker. */
async function recordNumbered(
  author: Author,
  draft: Draft,
  ownerGridCode: string,
  at: Instant
): Promise<Saved | 'number-taken'> {
  const { database } = author;
  const [number, photos] = await Promise.all([
    nextNumber(author, at),
    database.photos.where('recordId').equals(draft.id).toArray()
  ]);
  const ready = photos.filter((photo) => photo.state === 'ready');
  const kind = draft.kind === 'issue' ? 'issue-recorded' : 'need-recorded';
  const facts = reportFacts(draft, ownerGridCode, number.text, author.rulesOf(author.community));
  const sealed = await makeChange(author, kind, facts, at, 0);
  const attachments = await sealAttachments(author, ready, at, 1);
  const tables = [...tablesOfWriting(database), database.drafts, database.photos, database.settings];
  return database.transaction('rw', tables, async () => {
    const [given, used] = await database.settings.bulkGet([number.key, 'categoriesUsed']);
    if (((given?.value as number | undefined) ?? 0) >= number.count) return 'number-taken';
    const judgement = await writeChange(author, sealed);
    if (judgement.verdict !== 'allowed') return judgement;
    const present = await database.photos.bulkGet(ready.map(({ id }) => id));
    for (const [index, attachment] of attachments.entries()) {
      const photo = present[index];
      // Taken out of the form in this very moment.
      if (photo) await database.photos.put(declaredPhoto(photo, await writeChange(author, attachment)));
    }
    const categoriesUsed = withCategory(used?.value as string[] | undefined, draft);
    await Promise.all([
      database.drafts.delete(draft.id),
      saveSettings(database, [
        ['heldBack', heldBackFrom(draft.id, Date.parse(at))],
        [number.key, number.count],
        ['lastOwnerGrid', ownerGridCode],
        ['categoriesUsed', categoriesUsed]
      ])
    ]);
    return { verdict: 'saved', number: number.text };
  });
}

function reportFacts(draft: Draft, ownerGridCode: string, number: string, rules: CommunityRules) {
  const { id: recordId, place, text, photoIds, voiceIds, solvedOnSpot, communityOnly, patrolId } = draft;
  const shared = {
    recordId,
    number,
    ownerGridCode,
    place,
    text,
    photoIds,
    voiceIds,
    solvedOnSpot,
    communityOnly,
    patrolId
  };
  if (draft.kind === 'need')
    return { ...shared, needTypeCode: draft.needTypeCode ?? unsaid.needType, wishedAt: draft.wishedAt };
  const categoryCode = draft.categoryCode ?? unsaid.category;
  const category = rules.categoriesByCode.get(categoryCode);
  return {
    ...shared,
    categoryCode,
    publicFacility: category?.publicFacility ?? false,
    quickReport: category?.quickReport ?? false,
    answers: draft.answers
  } as FactsOf<'issue-recorded'>;
}

/** 李平-1120-03: name, month and day, and the count of the day on this tablet. */
async function nextNumber(author: Author, at: Instant) {
  const day = instantToDay(at);
  const key = `numbers-${day}` as const;
  const count = ((await loadSetting(author.database, key)) ?? 0) + 1;
  const text = `${author.name}${author.deviceMark}-${day.slice(5).replace('-', '')}-${String(count).padStart(2, '0')}`;
  return { key, count, text };
}

function withCategory(used: readonly string[] = [], { categoryCode, needTypeCode }: Draft): string[] {
  const code = categoryCode ?? needTypeCode;
  return code ? [code, ...used].slice(0, rememberedCategories * 10) : [...used];
}
