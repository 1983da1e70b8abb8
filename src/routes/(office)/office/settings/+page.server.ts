import { redirect } from '@sveltejs/kit';
import { offered } from '$lib/domain/category';
import { loadReference } from '$lib/server/records/reference';
import { homeOf, noteRefusedPage, openDesk } from '../../desk.server';
import type { PageServerLoad } from './$types';

/**
 * What a community has drawn and decided, to look at. An administrator reads no records. Whoever has no page, since there
 * is no community in their area yet, is told so here.
 */
export const load: PageServerLoad = async (event) => {
  const desk = await openDesk(event);
  const isAdmin = desk.pages.includes('settings');
  if (!isAdmin && desk.pages.length > 0) {
    await noteRefusedPage(event, 'settings', desk.now);
    redirect(303, homeOf(desk));
  }
  const reference = desk.community && (await loadReference(event.locals.store, desk.community.code));
  if (!reference) return { isAdmin, tables: undefined };
  const { categories, needTypes, units, grids } = reference;
  return {
    isAdmin,
    tables: {
      name: reference.name,
      categories: offered(categories).map(({ questions: _questions, ...category }) => category),
      needTypes: offered(needTypes),
      units: units.map(({ name, kind }) => ({ name, kind })),
      grids: grids.map(({ code, name }) => ({ code, name }))
    }
  };
};
