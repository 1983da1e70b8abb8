import { redirect } from '@sveltejs/kit';
import { loadReference } from '$lib/server/records/reference';
import { homeOf, openDesk } from '../../desk.server';
import type { PageServerLoad } from './$types';

/** What a community has drawn and decided, to look at. An administrator reads no records. */
export const load: PageServerLoad = async (event) => {
  const desk = await openDesk(event);
  if (!desk.pages.includes('settings')) redirect(303, homeOf(desk));
  const reference = desk.community && (await loadReference(event.locals.store, desk.community.code));
  if (!reference) return { tables: undefined };
  const { categories, needTypes, units, grids } = reference;
  return {
    tables: {
      name: reference.name,
      categories: categories.map(({ questions: _questions, ...category }) => category),
      needTypes,
      units: units.map(({ name, kind }) => ({ name, kind })),
      grids: grids.map(({ code, name }) => ({ code, name }))
    }
  };
};
