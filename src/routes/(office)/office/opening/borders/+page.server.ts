import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import * as z from 'zod/mini';
import { isDrawn } from '$lib/domain/grid';
import { readBorders } from '$lib/server/lists/borders';
import { saveList } from '$lib/server/lists';
import { loadReference } from '$lib/server/records/reference';
import { readForm } from '$lib/server/read-form';
import { openAdministration } from '../../administration.server';
import type { Actions, PageServerLoad } from './$types';

async function open(event: RequestEvent) {
  const desk = await openAdministration(event);
  const reference = desk.community && (await loadReference(event.locals.store, desk.community.code));
  if (!reference) redirect(303, '/office/opening');
  return { ...desk, reference };
}

export const load: PageServerLoad = async (event) => {
  const { grids } = (await open(event)).reference;
  return { grids, undrawn: grids.filter((grid) => !isDrawn(grid)).length };
};

const Form = z.object({
  text: z.string().check(z.maxLength(15_000_000)),
  system: z.optional(z.enum(['wgs84', 'gcj02', 'bd09']))
});

/** The borders of a file, looked at before they are saved: a wrong system of coordinates moves them by half a kilometre. */
export const actions: Actions = {
  look: async (event) => {
    const read = await readForm(event.request).then((form) => readGiven(event, form));
    return 'refused' in read ? read.refused : { found: read.found };
  },
  save: async (event) => {
    const form = await readForm(event.request);
    const read = await readGiven(event, form);
    if ('refused' in read) return read.refused;
    const { administering, reference, found } = read;
    const byCode = found.grids.map((item) => ({ code: item.code, item }));
    const wrong = await saveList(administering, reference.community, 'grid', byCode);
    return wrong ? fail(400, { trouble: 'failed' as const }) : { saved: found.placed.length };
  }
};

async function readGiven(event: RequestEvent, given: FormData) {
  const desk = await open(event);
  const form = Form.safeParse(Object.fromEntries(given));
  if (!form.success) return { refused: fail(400, { trouble: 'not-geojson' as const }) };
  const { community, grids } = desk.reference;
  const found = readBorders(form.data.text, { community, grids, system: form.data.system });
  if ('trouble' in found) return { refused: fail(400, found) };
  return { ...desk, found: { ...found, system: form.data.system ?? found.likelySystem } };
}
