import { text } from '@sveltejs/kit';
import { problem } from '$lib/server/problem';
import type { RequestHandler } from './$types';

/** 200 once the store answers. */
export const GET: RequestHandler = async ({ locals }) => {
  const row = await locals.store?.connection.selectFrom('store').select('id').executeTakeFirst();
  return row ? text('ok\n', { headers: { 'cache-control': 'no-store' } }) : problem({ code: 'not-ready' });
};
