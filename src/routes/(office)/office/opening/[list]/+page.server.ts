import { error, fail } from '@sveltejs/kit';
import { buildingLabel } from '$lib/domain/grid';
import { instantToDay } from '$lib/domain/instant';
import type { Reference } from '$lib/domain/reference';
import type { ListName } from '$lib/messages/opening';
import { calendarKnows } from '$lib/server/calendar';
import { readForm, textOf } from '$lib/server/read-form';
import { openAdministered } from '../../administration.server';
import { editedLists } from './edited-lists.server';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

async function open(event: RequestEvent) {
  const name = event.params.list;
  if (!isList(name)) error(404, { message: 'not-found' });
  return { ...(await openAdministered(event)), name, list: editedLists[name] };
}

function isList(name: string): name is ListName {
  return Object.hasOwn(editedLists, name);
}

export const load: PageServerLoad = async (event) => {
  const { name, list, reference, administering, now } = await open(event);
  const { language } = event.locals;
  const thisYear = Number(instantToDay(now).slice(0, 4));
  const isKnown = (year: number) => calendarKnows(year, reference.calendar ?? []);
  return {
    list: name,
    /** Whether the holidays of this and the next year are known. */
    years: [thisYear, thisYear + 1].map((year) => ({ year, isKnown: isKnown(year) })),
    text: list.text(reference, language),
    changes: await list.changes(administering, reference, language)
  };
};

export const actions: Actions = {
  default: async (event) => {
    const { list, reference, administering } = await open(event);
    const typed = textOf(await readForm(event.request), 'list');
    const wrong = await list.save(typed, reference, administering);
    if (!wrong) return { saved: true };
    if ('inUse' in wrong)
      return fail(400, { typed, inUse: wrong.inUse.map((code) => nameOf(reference, code)) });
    return fail(400, 'troubles' in wrong ? { typed, troubles: wrong.troubles } : { typed, refusal: wrong });
  }
};

function nameOf({ grids, units, buildings, categories, needTypes }: Reference, code: string): string {
  const building = buildings.find((one) => one.code === code);
  if (building) return buildingLabel(building);
  const category = [...categories, ...needTypes].find((one) => one.code === code);
  if (category) return category.words.zh;
  return grids.find((grid) => grid.code === code)?.name ?? units.find(({ id }) => id === code)?.name ?? code;
}
