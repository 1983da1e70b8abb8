// What a worker does with the form: fills it in, takes pictures, saves, throws away, takes back.
import { v7 as uuidV7 } from 'uuid';
import { addDraft, discardDraft, newDraft, saveDraft } from '../../../src/lib/data/drafts';
import type { Draft } from '../../../src/lib/data/draft';
import { keepOriginal } from '../../../src/lib/data/photos';
import { recordAct } from '../../../src/lib/data/record';
import { recordReport } from '../../../src/lib/data/reports';
import { saveSetting } from '../../../src/lib/data/settings';
import { undoMs, undoReport } from '../../../src/lib/data/undo';
import type { PhotoId, RecordId } from '../../../src/lib/domain/ids';
import { gridOne, gridTwo } from '../../support/codes';
import type { Random } from '../machine/random';
import { idle, type Idle } from '../story';
import { at, databaseOf, toldSaved, type Scene } from '../scene';

/** The camera's bytes of a made-up picture; one in eight is nothing a browser can decode. */
export function cameraBytes(random: Random): ArrayBuffer {
  const bytes = new Uint8Array(random.between(20, 4_000));
  random.fill(bytes);
  if (random.onceIn(8)) bytes[0] = 0;
  return bytes.buffer;
}

export async function shoot(
  scene: Scene,
  recordId: RecordId,
  stage: 'before' | 'after' = 'before'
): Promise<PhotoId> {
  const { page, tablet, random } = scene;
  const id = uuidV7() as PhotoId;
  const mime = random.onceIn(4) ? 'image/heic' : 'image/jpeg';
  const photo = { id, recordId, stage, source: 'camera', mime, takenAt: at() } as const;
  await keepOriginal(page.database, photo, cameraBytes(random));
  tablet.ledger.photosOf(databaseOf(scene)).set(id, recordId);
  page.processPhotos();
  return id;
}

function filledIn({ random, number, page }: Scene): Draft {
  const isFacility = random.onceIn(3);
  const [grid] = page.person.grants;
  return {
    ...newDraft(random.onceIn(3) ? 'need' : 'issue', at()),
    text: `第 ${number} 条`,
    communityOnly: random.onceIn(6),
    solvedOnSpot: random.onceIn(8),
    categoryCode: isFacility ? 'C03' : 'C12',
    place: isFacility
      ? { source: 'map', gridCode: grid!.area.length >= 15 ? `${gridOne}01` : `${gridTwo}01` }
      : { source: 'none' }
  };
}

function gridFor({ random, page }: Scene): string {
  const [grant] = page.person.grants;
  // A tablet whose grants are stale lets a person save for a grid that is no longer theirs.
  if (random.onceIn(8)) return random.pick([gridOne, gridTwo]);
  return grant!.area.length >= 15 ? grant!.area : random.pick([gridOne, gridTwo]);
}

export async function recordsReport(scene: Scene): Promise<string | Idle> {
  const { page, random } = scene;
  const draft = filledIn(scene);
  await addDraft(page.database, draft);
  const drafts = scene.tablet.ledger.draftsOf(databaseOf(scene));
  drafts.add(draft.id);
  for (let count = random.pick([0, 1, 1, 2]); count > 0; count--) {
    draft.photoIds.push(await shoot(scene, draft.id));
    await saveDraft(page.database, draft);
  }
  if (random.onceIn(8)) return `begins a form ${draft.text} and leaves it`;
  if (random.onceIn(10)) {
    drafts.delete(draft.id);
    for (const id of draft.photoIds) scene.tablet.ledger.photosOf(databaseOf(scene)).delete(id);
    await discardDraft(page.database, draft.id);
    return `throws the form ${draft.text} away`;
  }
  const grid = gridFor(scene);
  drafts.delete(draft.id);
  const saved = await recordReport(page.author, draft, grid, at());
  if (saved.verdict !== 'saved') return idle(`could not save ${draft.text}: ${saved.verdict}`);
  toldSaved(scene, draft.id, ['issue-recorded', 'need-recorded', 'photo-attached']);
  const done = `saves ${draft.kind} ${draft.text} for ${grid.slice(12)}, ${draft.photoIds.length} photos`;
  if (random.onceIn(6)) return `${done}, ${await takesBack(scene, draft)}`;
  letGo(scene, random.pick([0, 300, undoMs]));
  return done;
}

/** The note "saved" goes: from then on it is sent. */
function letGo({ page }: Scene, ms: number): void {
  setTimeout(() => {
    const isEarly = ms < undoMs;
    const gone = isEarly ? saveSetting(page.database, 'heldBack', null) : Promise.resolve();
    void gone.then(
      () => page.wake(),
      () => page.wake()
    );
  }, ms);
}

async function takesBack(scene: Scene, draft: Draft): Promise<string> {
  const { page, tablet } = scene;
  const told = tablet.ledger.changesOf(databaseOf(scene));
  // A kill in the middle of it leaves either.
  for (const [id, body] of told) if (body.includes(draft.id)) told.delete(id);
  if (await undoReport(page.database, draft.id, draft)) {
    tablet.ledger.draftsOf(databaseOf(scene)).add(draft.id);
    return 'takes it back into the form';
  }
  const judgement = await recordAct(page.author, 'report-withdrawn', { recordId: draft.id }, at());
  page.wake();
  return `withdraws it: ${judgement.verdict}`;
}

export async function finishesForm(scene: Scene): Promise<string | Idle> {
  const { page, random, tablet } = scene;
  const drafts = tablet.store.rows<Draft>(databaseOf(scene), 'drafts');
  if (drafts.length === 0) return idle('finds no form to finish');
  const draft = { ...random.pick(drafts), text: `第 ${scene.number} 条` };
  await saveDraft(page.database, draft);
  tablet.ledger.draftsOf(databaseOf(scene)).delete(draft.id);
  const saved = await recordReport(page.author, draft, gridFor(scene), at());
  if (saved.verdict !== 'saved') return idle(`could not save the form: ${saved.verdict}`);
  toldSaved(scene, draft.id, ['issue-recorded', 'need-recorded']);
  letGo(scene, 0);
  return `finishes a form as ${draft.text}`;
}
