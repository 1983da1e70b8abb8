import { fail, type RequestEvent } from '@sveltejs/kit';
import * as z from 'zod/mini';
import { AreaCode } from '$lib/domain/area';
import { Role, wholeAreaOf, type Grant } from '$lib/domain/grant';
import { AccountId, DeviceId, UnitId } from '$lib/domain/ids';
import { Day, localInputToInstant, msToInstant, type Instant } from '$lib/domain/instant';
import type { Refusal } from '$lib/domain/refusal';
import { roleByWord } from '$lib/messages/roles';
import { parsePeople } from '$lib/server/lists/people';
import {
  endGrant,
  giveGrant,
  hirePeople,
  listStaff,
  makeSlips,
  loseTablet,
  reset,
  resume,
  suspend
} from '$lib/server/people';
import { qrOf } from '$lib/server/qr';
import { readForm, textOf } from '$lib/server/read-form';
import { slipMs } from '$lib/server/slip';
import { openAdministered } from '../administration.server';
import type { Actions, PageServerLoad } from './$types';

const maxPasted = 20_000;
const dayMs = 24 * 3_600_000;

export const load: PageServerLoad = async (event) => {
  const { administering, reference, now } = await openAdministered(event);
  return {
    now,
    staff: await listStaff(administering, reference.community),
    grids: reference.grids.map(({ code, name }) => ({ code, name })),
    units: reference.units.map(({ id, name }) => ({ id, name }))
  };
};

const Given = z.object({
  account: AccountId,
  role: Role,
  area: z.optional(AreaCode),
  unit: z.optional(UnitId),
  from: z.optional(Day),
  to: z.optional(Day)
});

/** Without a device it is all of them. */
const Lost = z.object({ account: AccountId, device: z.optional(DeviceId) });

const filledIn = (form: FormData) => Object.fromEntries([...form].filter(([, value]) => value !== ''));

const refuse = (refusal: Refusal) => fail(400, { refusal });

export const actions: Actions = {
  add: async (event) => {
    const { administering, reference } = await openAdministered(event);
    const text = textOf(await readForm(event.request), 'people').slice(0, maxPasted);
    const staff = await listStaff(administering, reference.community);
    const names = new Set(staff.map(({ name }) => name));
    const place = {
      community: reference.community,
      grids: reference.grids,
      units: reference.units,
      roleByWord,
      names
    };
    const { people, troubles } = parsePeople(text, place);
    if (troubles.length || !people.length) return fail(400, { typed: text, troubles });
    const result = await hirePeople(administering, people);
    if ('refusal' in result) return fail(400, { typed: text, troubles, refusal: result.refusal });
    return { added: result.accounts };
  },

  slips: async (event) => {
    const { administering, reference } = await openAdministered(event);
    const form = await readForm(event.request);
    const wanted = z.array(AccountId).safeParse(form.getAll('account'));
    if (!wanted.success || !wanted.data.length) return fail(400, { noneSelected: true });
    const result = await makeSlips(administering, wanted.data);
    if ('refusal' in result) return refuse(result.refusal);
    const staff = await listStaff(administering, reference.community);
    return {
      until: new Date(administering.nowMs + slipMs).toISOString(),
      slips: result.slips.map(({ account, token }) => {
        // After the #: what is written down of addresses on the way does not have it.
        const link = `${event.url.origin}/join#${token}`;
        const person = staff.find((one) => one.account === account)!;
        return { account, name: person.name, grants: person.grants, link, code: qrOf(link) };
      })
    };
  },

  give: async (event) => {
    const { administering, reference } = await openAdministered(event);
    const form = Given.safeParse(filledIn(await readForm(event.request)));
    if (!form.success) return refuse({ code: 'malformed' });
    const { account, role, area, unit, from, to } = form.data;
    const whole = area ?? wholeAreaOf(role, reference.community);
    if (!whole) return refuse({ code: 'malformed' });
    const grant: Grant = { role, area: whole };
    if (role === 'unitHandler') grant.unit = unit;
    if (from) grant.from = startOf(from);
    // The last day counts, too.
    if (to) grant.to = msToInstant(Date.parse(startOf(to)) + dayMs);
    return answer(await giveGrant(administering, account, grant), 'give');
  },

  end: async (event) => {
    const { administering } = await openAdministered(event);
    const form = await readForm(event.request);
    const account = AccountId.safeParse(form.get('account'));
    if (!account.success) return refuse({ code: 'malformed' });
    return answer(await endGrant(administering, account.data, textOf(form, 'grant')), 'end');
  },

  suspend: (event) => change(event, suspend, 'suspend'),
  resume: (event) => change(event, resume, 'resume'),
  reset: (event) => change(event, reset, 'reset'),
  lose: async (event) => {
    const { administering } = await openAdministered(event);
    const form = Lost.safeParse(filledIn(await readForm(event.request)));
    if (!form.success) return refuse({ code: 'malformed' });
    return answer(await loseTablet(administering, form.data.account, form.data.device), 'lose');
  }
};

type Done = 'give' | 'end' | 'suspend' | 'resume' | 'reset' | 'lose';

async function change(event: RequestEvent, act: typeof suspend, done: Done) {
  const { administering } = await openAdministered(event);
  const account = AccountId.safeParse((await readForm(event.request)).get('account'));
  if (!account.success) return refuse({ code: 'malformed' });
  return answer(await act(administering, account.data), done);
}

function answer(refusal: Refusal | null, done: Done) {
  return refusal ? refuse(refusal) : { done };
}

function startOf(day: Day): Instant {
  return localInputToInstant(`${day}T00:00`);
}
