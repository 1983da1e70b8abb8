// What a person does about work the office did not take: gives it up, corrects it, tries again, takes it away in a file.
import { correctRefused } from '../../../src/lib/data/correct';
import { loadUnsentWork } from '../../../src/lib/data/unsent-work';
import { withdrawTrouble } from '../../../src/lib/data/give-up';
import { endWaits } from '../../../src/lib/data/outbox';
import { sweep } from '../../../src/lib/data/sweep';
import type { Trouble } from '../../../src/lib/data/database';
import { standOf } from '../laws/places';
import { idle, type Idle } from '../story';
import { at, databaseOf, LawBroken, type Scene } from '../scene';

const troublesOf = (scene: Scene) => scene.tablet.store.rows<Trouble>(databaseOf(scene), 'troubles');

export async function givesUp(scene: Scene): Promise<string | Idle> {
  const troubles = troublesOf(scene);
  if (troubles.length === 0) return idle('has nothing to give up');
  const { changeId, status } = scene.random.pick(troubles);
  await withdrawTrouble(scene.page.database, changeId, scene.page.rebase);
  return `gives up …${changeId.slice(-4)}, which was ${status}`;
}

export async function corrects(scene: Scene): Promise<string | Idle> {
  const refused = troublesOf(scene).filter(({ status }) => status === 'refused');
  if (refused.length === 0) return idle('has nothing to correct');
  const { changeId } = scene.random.pick(refused);
  const draft = await correctRefused(scene.page.database, changeId, at(), scene.page.rebase);
  if (!draft) return idle('finds nothing of that to correct');
  const { ledger } = scene.tablet;
  ledger.draftsOf(databaseOf(scene)).add(draft.id);
  // They go on with the draft.
  for (const id of [...draft.photoIds, ...draft.voiceIds])
    ledger.photosOf(databaseOf(scene)).set(id, draft.id);
  return `corrects ${draft.text} in a new form`;
}

export async function triesNow(scene: Scene): Promise<string | Idle> {
  await endWaits(scene.page.database);
  scene.page.wake();
  return 'taps "try now"';
}

/** The file holds every change that no receipt speaks of, byte for byte, and the pictures. */
export async function exports(scene: Scene): Promise<string | Idle> {
  const { tablet, page } = scene;
  const name = databaseOf(scene);
  const before = unsentIds(scene);
  const { changes } = await loadUnsentWork(page.database);
  const after = unsentIds(scene);
  const known = new Map(tablet.ledger.changesOf(name) as Map<string, string>);
  // What was unsent before and is still unsent was so all the while.
  for (const id of before)
    if (after.has(id) && !changes.some((change) => change.id === id))
      throw new LawBroken('what is unsent can be exported', `…${id.slice(-4)} is not in the file`);
  for (const { id, body } of changes)
    if (known.has(id) && known.get(id) !== body)
      throw new LawBroken('what is unsent can be exported', `…${id.slice(-4)} is not the bytes made here`);
  return `exports ${changes.length} unsent changes`;
}

function unsentIds({ tablet, page }: Scene): Set<string> {
  const stand = standOf(tablet, databaseOf({ page }));
  const open = stand.filter(({ places }) => places[0] !== 'accepted' && places[0] !== 'withdrawn');
  return new Set(open.map(({ row }) => row.id));
}

export async function tidies(scene: Scene): Promise<string | Idle> {
  const isLow = scene.random.onceIn(2);
  await sweep(scene.page.database, Date.now(), isLow);
  return isLow ? 'is short of room and tidies' : 'tidies';
}
