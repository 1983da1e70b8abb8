import { v7 as uuidV7 } from 'uuid';
import type { Change } from '../../src/lib/domain/changes';
import type { Case } from '../../src/lib/domain/case';
import type { Actor } from '../../src/lib/domain/grant';
import type { DeviceId, RecordId } from '../../src/lib/domain/ids';
import { msToInstant } from '../../src/lib/domain/instant';
import { touchedBy } from '../../src/lib/domain/judge';
import type { AnyRecord } from '../../src/lib/domain/record';
import { storeThumbnails, storeWholePhoto } from '../../src/lib/server/photo-store';
import { receive } from '../../src/lib/server/receive';
import { loadRecords } from '../../src/lib/server/records/records';
import { starterCategories } from '../../src/lib/server/starter/categories';
import type { Store } from '../../src/lib/server/store';
import type { Who } from '../people';
import { readPicture, readThumbnail } from './pictures';
import { buildingAt } from './places';
import { arrange, type Deal, type Plan } from './plan';
import type { Fact, Scene, Story } from './story';

/** Somebody of the demo with an account and the one device all of it is done on. */
export interface Player extends Actor {
  device: DeviceId;
}
export type Cast = Record<Who, Player>;

/**
 * Plays all stories at once, deed by deed in the order they reached the office, through the real `receive` as it would
 * have judged them then. Throws at the first change that is not accepted: a demo with a hole tells a wrong story.
 */
export async function play(
  store: Store,
  cast: Cast,
  stories: readonly Story[],
  nowMs: number
): Promise<Plan> {
  const plan = arrange(stories, nowMs);
  for (const deal of plan.deals) await playDeal(store, cast, plan, deal, nowMs);
  return plan;
}

async function playDeal(store: Store, cast: Cast, plan: Plan, deal: Deal, nowMs: number): Promise<void> {
  const player = cast[deal.who];
  const { community } = deal.story;
  const ids = plan.idsByStory.get(deal.story.key)!;
  const known = await loadRecords(store.connection, community, [ids.subject, ids.work]);
  const facts = deal.deed(sceneOf(plan, deal, player, known, nowMs));
  const changes = facts.map((fact, index) => changeOf(fact, deal, player, known, index));
  const bodies = changes.map((change) => JSON.stringify(change));
  const receipts = await receive(
    store,
    { actor: player, device: player.device },
    bodies,
    msToInstant(deal.arrivesMs)
  );
  const accepted = receipts.reduce((sum, one) => sum + (one.status === 'accepted' ? one.count : 0), 0);
  if (accepted !== changes.length)
    throw new Error(
      `${deal.story.key}: ${deal.who} ${changes.map(({ kind }) => kind).join()}: ${JSON.stringify(receipts)}`
    );
  for (const fact of facts) await sendBytes(store, community, player, fact);
}

function sceneOf(
  plan: Plan,
  deal: Deal,
  player: Player,
  known: ReadonlyMap<RecordId, AnyRecord>,
  nowMs: number
): Scene {
  const { subject, work } = plan.idsByStory.get(deal.story.key)!;
  return {
    nowMs,
    atMs: deal.atMs,
    subject,
    work,
    subjectOf: (story) => plan.idsByStory.get(story)!.subject,
    number: deal.number ?? '',
    // A volunteer's own area is the micro-grid; everybody else records into the grid.
    ownerGridCode: ({ at }) => {
      const own = player.grants.find(({ role }) => role === 'microGridWorker');
      return own?.area ?? buildingAt(at).code.slice(0, 15);
    },
    patrol: deal.patrol,
    afterPhoto: afterPhotoOf(known.get(subject))
  };
}

function afterPhotoOf(record: AnyRecord | undefined): Case['afterPhoto'] {
  if (record?.kind !== 'issue') return 'no';
  return starterCategories.find(({ code }) => code === record.categoryCode)!.afterPhoto;
}

function changeOf(
  { kind, facts }: Fact,
  { atMs, story }: Deal,
  { account, device }: Player,
  known: ReadonlyMap<RecordId, AnyRecord>,
  index: number
): Change {
  const change = {
    id: uuidV7({ msecs: atMs }),
    kind,
    shape: 1,
    community: story.community,
    author: account,
    device,
    at: msToInstant(atMs),
    baseVersion: 0,
    facts
  } as Change;
  // Earlier facts of one deed are on the same record.
  const baseVersion = (known.get(touchedBy(change)[0]!)?.version ?? 0) + index;
  return { ...change, baseVersion };
}

async function sendBytes(store: Store, community: string, player: Player, fact: Fact): Promise<void> {
  if (fact.kind !== 'photo-attached' || !fact.picture) return;
  const { id } = fact.facts.photo;
  const form = new FormData();
  form.set(id, new Blob([readThumbnail(fact.picture)], { type: 'image/jpeg' }));
  const thumbnails = await storeThumbnails(store, player, form);
  const whole = await storeWholePhoto(store, community, id, readPicture(fact.picture));
  if (thumbnails.stored.length !== 1 || !('stored' in whole))
    throw new Error(`${fact.picture}: ${JSON.stringify([thumbnails, whole])}`);
}
