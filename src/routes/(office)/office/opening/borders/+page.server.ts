import { fail, type RequestEvent } from '@sveltejs/kit';
import * as z from 'zod/mini';
import { readBorders } from '$lib/server/lists/borders';
import { saveList } from '$lib/server/lists';
import { readForm } from '$lib/server/read-form';
import { openAdministered } from '../../administration.server';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { reference } = await openAdministered(event);
  const { grids, basemap, buildings } = reference;
  return { grids, basemap, buildings };
};

const Form = z.object({
  text: z.string().check(z.maxLength(15_000_000)),
  system: z.optional(z.enum(['wgs84', 'gcj02', 'bd09']))
});

/** The borders of a file, looked at before they are saved: a wrong system of coordinates moves them by half a kilometre. */
export const actions: Actions = {
  look: async (event) => {
    const read = await readGiven(event);
    return 'refused' in read ? read.refused : { found: read.found };
  },
  save: async (event) => {
    const read = await readGiven(event);
    if ('refused' in read) return read.refused;
    const { administering, reference, found } = read;
    const byCode = found.grids.map((item) => ({ code: item.code, item }));
    const wrong = await saveList(administering, reference.community, 'grid', byCode);
    return wrong ? fail(400, { trouble: 'failed' as const }) : { saved: found.placed.length };
  }
};

async function readGiven(event: RequestEvent) {
  const desk = await openAdministered(event);
  const form = Form.safeParse(Object.fromEntries(await readForm(event.request)));
  if (!form.success) return { refused: fail(400, { trouble: 'not-geojson' as const }) };
  const { community, grids } = desk.reference;
  const found = readBorders(form.data.text, { community, grids, system: form.data.system });
  if ('trouble' in found) return { refused: fail(400, found) };
  return { ...desk, found: { ...found, system: form.data.system ?? found.likelySystem } };
}
