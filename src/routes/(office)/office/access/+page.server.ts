import * as z from 'zod/mini';
import { AccountId } from '$lib/domain/ids';
import { Day } from '$lib/domain/instant';
import { listOpeners, listOpenings } from '$lib/server/access-lines';
import { openAdministered } from '../administration.server';
import type { PageServerLoad } from './$types';

const pageSize = 100;

/** What makes no sense in an address is left out, never an error. */
const tolerant = <Value extends z.ZodMiniType>(value: Value) => z.catch(z.optional(value), undefined);
const Query = z.object({
  account: tolerant(AccountId),
  day: tolerant(Day),
  refused: tolerant(z.literal('1')),
  before: tolerant(z.uuid())
});

/** Who opened what, newest first. */
export const load: PageServerLoad = async (event) => {
  const { reference } = await openAdministered(event);
  const { store } = event.locals;
  const { account, day, refused, before } = Query.parse(Object.fromEntries(event.url.searchParams));
  const filters = { account, day, onlyRefused: refused !== undefined, before };
  const found = await listOpenings(store, reference.community, filters, pageSize + 1);
  const lines = found.slice(0, pageSize);
  return {
    query: { account, day, refused },
    people: await listOpeners(store, reference.community),
    lines,
    next: found.length > pageSize ? lines.at(-1)!.id : undefined
  };
};
