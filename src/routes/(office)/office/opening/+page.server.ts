import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { offered } from '$lib/domain/category';
import { isDrawn } from '$lib/domain/grid';
import { loadLastBackup } from '$lib/server/backup/last-backup';
import { parseAreas } from '$lib/server/lists/areas';
import { listUnopened, openCommunities, saveAreaNames } from '$lib/server/lists';
import { loadKeeping } from '$lib/server/keeping';
import { listStaff } from '$lib/server/people';
import { loadReference } from '$lib/server/records/reference';
import { readForm, textOf } from '$lib/server/read-form';
import { usualOfflineDays } from '$lib/server/session';
import { openAdministration } from '../administration.server';
import type { Actions, PageServerLoad } from './$types';

/** What is still to be done before a community can work. */
export const load: PageServerLoad = async (event) => {
  const { administering, community } = await openAdministration(event);
  const reference = community && (await loadReference(event.locals.store, community.code));
  return {
    lastBackup: await loadLastBackup(event.locals.store.folder),
    unopened: await listUnopened(administering),
    counts: reference && {
      grids: reference.grids.length,
      drawn: reference.grids.filter(isDrawn).length,
      units: reference.units.length,
      phones: reference.phones.length,
      buildings: reference.buildings.length,
      basemap: reference.basemap.length,
      categories: offered(reference.categories).length,
      needTypes: offered(reference.needTypes).length,
      exceptions: reference.calendar?.length ?? 0,
      hasTracks: Boolean(reference.trackPurpose),
      keeping: await loadKeeping(event.locals.store, reference.community),
      offlineDays: reference.offlineDays ?? usualOfflineDays,
      people: (await listStaff(administering, reference.community)).length
    }
  };
};

export const actions: Actions = {
  name: async (event) => {
    const { administering } = await openAdministration(event);
    const typed = textOf(await readForm(event.request), 'areas');
    const named = await saveAreaNames(administering, parseAreas(typed));
    return named ? { named } : fail(400, { typed, noneNamed: true });
  },
  open: async (event: RequestEvent) => {
    const { administering } = await openAdministration(event);
    const codes = (await readForm(event.request))
      .getAll('community')
      .filter((one) => typeof one === 'string');
    if (!codes.length) return fail(400, { noneChosen: true });
    const refusal = await openCommunities(administering, codes);
    if (refusal) return fail(400, { refusal });
    // The community that was opened is the one to go on with.
    redirect(303, `/office/opening?community=${codes[0]}`);
  }
};
