// Where each change of a tablet stands: a change must always be in exactly one place.
import type { TabletDatabase, Trouble } from '../../src/lib/data/database';
import { listFresh } from '../../src/lib/data/overlay';

export type Place = 'outbox' | 'accepted' | Trouble['status'];

/** The places of every change ever written here, by its order. */
export async function placesOf(database: TabletDatabase): Promise<Map<number, Place[]>> {
  const places = new Map(
    (await database.outbox.toCollection().primaryKeys()).map((order) => [order, [] as Place[]])
  );
  for (const row of await listFresh(database)) places.get(row.order)?.push('outbox');
  for (const { order, status } of await database.troubles.toArray()) places.get(order)?.push(status);
  for (const { from, to } of await database.receipts.toArray())
    for (let order = from; order <= to; order++) places.get(order)?.push('accepted');
  return places;
}

/** The place of each change, oldest first. Throws where one is in none or in two. */
export async function onePlaceEach(database: TabletDatabase): Promise<Place[]> {
  return [...(await placesOf(database))].map(([order, places]) => {
    if (places.length !== 1) throw new Error(`change ${order} is in [${places.join()}]`);
    return places[0]!;
  });
}
