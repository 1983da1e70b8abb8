import { error } from '@sveltejs/kit';
import { discardBody } from './discard-body';

/** What a page's form sent. A body that is no form ends the action with 400 `malformed`: no page of ours sends one. */
export async function readForm(request: Request): Promise<FormData> {
  try {
    return await request.formData();
  } catch {
    await discardBody(request);
    error(400, { message: 'malformed', code: 'malformed' });
  }
}

/** A field that is not there, or is a file, is no text. */
export function textOf(form: FormData, field: string): string {
  const value = form.get(field);
  return typeof value === 'string' ? value : '';
}
