import { listOpenings } from '$lib/server/access-log';
import { openAdministered } from '../administration.server';
import type { PageServerLoad } from './$types';

const pageSize = 100;

/** Who opened what, newest first. */
export const load: PageServerLoad = async (event) => {
  const { reference } = await openAdministered(event);
  const { searchParams } = event.url;
  const onlyRefused = searchParams.has('refused');
  const before = searchParams.get('before') ?? undefined;
  const found = await listOpenings(event.locals.store, reference.community, {
    onlyRefused,
    before,
    limit: pageSize + 1
  });
  const lines = found.slice(0, pageSize);
  return { onlyRefused, lines, next: found.length > pageSize ? lines.at(-1)!.id : undefined };
};
