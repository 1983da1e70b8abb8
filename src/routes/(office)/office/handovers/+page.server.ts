import { listHandovers } from '$lib/server/records/desk-handovers';
import { loadNames } from '$lib/server/records/desk-names';
import { noteListed, openPage } from '../../desk.server';
import { pageMarkText, parsePageMark } from '../list-filters';
import { describeLinked } from '../record/linked-record.server';
import type { PageServerLoad } from './$types';

const rowsPerPage = 30;

/** What shifts handed over in the community. The workers tick it as read; here it is read only. */
export const load: PageServerLoad = async (event) => {
  const { reading, reference, now } = await openPage(event, 'handovers');
  await noteListed(reading, 'handovers', false);
  const after = parsePageMark(event.url.searchParams.get('after') ?? undefined);
  const page = await listHandovers(reading, rowsPerPage, after);
  const accounts = page.rows.flatMap(({ handover }) => [
    handover.author,
    ...handover.readBy.map(({ account }) => account)
  ]);
  const names = await loadNames(event.locals.store, [...new Set(accounts)]);
  return {
    now,
    next: pageMarkText(page.next),
    rows: page.rows.map(({ handover, items }) => ({
      id: handover.id,
      at: handover.at,
      receivedAt: handover.receivedAt ?? handover.at,
      giver: names.get(handover.author),
      grid: reference.grids.find(({ code }) => code === handover.ownerGridCode)?.name,
      note: handover.note,
      items: items.map((item) => describeLinked(item, reference)),
      missing: handover.itemIds.length - items.length,
      readBy: handover.readBy.map(({ account, at }) => ({ name: names.get(account), at }))
    }))
  };
};
