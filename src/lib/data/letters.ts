import type { Actor } from '../domain/grant';
import type { Handover } from '../domain/handover';
import type { Instant } from '../domain/instant';
import { visibilityOf } from '../domain/record';
import { mayDo } from '../domain/rights';
import { actingOn, makeChange, type Author } from './author';
import type { TabletDatabase } from './database';
import { listReportsOf } from './reads';
import { changeReceived, loadReceived } from './received';
import { loadSetting, saveSetting, type Received } from './settings';
import { tabletFacts } from './tablet-facts';
import { makeLetterbox, openLetter, sealLetter, type Letterbox } from './vault/letterbox';
import { listVaults, loadVault, noteSlot } from './vault/vaults';
import { tablesOfWriting, writeChange } from './write';

const keptMs = 30 * 24 * 3_600_000;

/**
 * Leaves these handovers for whoever else works with this tablet and may take them over, as far as it knows their grants.
 * Each opens only with that person's own store. Needs no network.
 */
export async function leaveLetters(
  { database, account }: Author,
  handovers: readonly Handover[],
  now: Instant
): Promise<void> {
  const { letters } = tabletFacts();
  await letters.filter(({ at }) => Date.parse(now) - Date.parse(at) > keptMs).delete();
  const others = (await listVaults()).filter((vault) => vault.account !== account);
  for (const handover of handovers) {
    const rows = await listReportsOf(database, handover.itemIds);
    const items = rows.map(({ report, work }) => ({ report, work }));
    const text = JSON.stringify({ handover, items } satisfies Received);
    for (const { account: next, signedIn, slot } of others) {
      const mayTakeOver = mayDo(
        { account: next, grants: signedIn.grants },
        'takeOver',
        visibilityOf(handover),
        now
      );
      if (slot && mayTakeOver)
        await letters.add({ account: next, at: now, sealed: await sealLetter(slot, text) });
    }
  }
}

/** What lies here for this person comes into their own store, which is open. Makes their letterbox where there is none. */
export async function takeInLetters(database: TabletDatabase, me: Actor, now: Instant): Promise<void> {
  const letterbox = await ensureLetterbox(database, me);
  const { letters } = tabletFacts();
  const rows = await letters.where('account').equals(me.account).toArray();
  if (!rows.length && !(await loadReceived(database)).length) return;
  const opened = await Promise.all(rows.map(({ sealed }) => openLetter(letterbox, sealed)));
  const fresh = opened
    .flatMap((text) => (text === null ? [] : [JSON.parse(text) as Received]))
    .filter(isFor(me, now));
  const { settings, records } = database;
  await database.transaction('rw', settings, records, async () => {
    const erased = new Set<string>(await loadSetting(database, 'erased'));
    const shown = await records.bulkGet(fresh.map(({ handover }) => handover.id));
    await changeReceived(database, (received) => {
      const known = new Set([...erased, ...received.map(({ handover }) => handover.id)]);
      return [
        ...received.filter(isFor(me, now)),
        ...fresh.filter(({ handover }, index) => !shown[index] && !known.has(handover.id))
      ];
    });
  });
  await letters.bulkDelete(rows.map(({ id }) => id));
}

/** What is old, or of a grid that is another's now, is nothing to read any more. */
function isFor(me: Actor, now: Instant): (letter: Received) => boolean {
  return ({ handover }) =>
    Date.parse(now) - Date.parse(handover.at) < keptMs && mayDo(me, 'read', visibilityOf(handover), now);
}

/** Its key lies in the store, its slot beside it; a store that was made anew has another. */
async function ensureLetterbox(database: TabletDatabase, { account }: Actor): Promise<Letterbox> {
  let letterbox = await loadSetting(database, 'letterbox');
  if (!letterbox) {
    const { slot, key } = await makeLetterbox();
    letterbox = { slot: [...new Uint8Array(slot)], key };
    await saveSetting(database, 'letterbox', letterbox);
  }
  const slot = new Uint8Array(letterbox.slot).buffer;
  const known = (await loadVault(account))?.slot;
  if (!known || String(new Uint8Array(known)) !== String(new Uint8Array(slot))) await noteSlot(account, slot);
  return { slot, key: letterbox.key };
}

/** After a pull: where the office has told of a handover, its record takes over, and what was ticked here becomes a change. */
export async function settleReceived(author: Author): Promise<void> {
  const { database } = author;
  for (const { handover, readAt } of await loadReceived(database)) {
    const { id } = handover;
    const record = (await database.records.get(id))?.record;
    if (record?.kind !== 'handover') continue;
    const isTicked = record.readBy.some(({ account }) => account === author.account);
    const { author: acting, version } = await actingOn(author, id);
    const facts = { recordId: id };
    const tick =
      readAt && !isTicked ? await makeChange(acting, 'handover-read', facts, readAt, version) : undefined;
    await database.transaction('rw', tablesOfWriting(database), async () => {
      if (tick) await writeChange(acting, tick);
      await changeReceived(database, (received) => received.filter((one) => one.handover.id !== id));
    });
  }
}
