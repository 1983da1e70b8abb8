import type { ActionResult, SubmitFunction } from '@sveltejs/kit';
import { officeWords } from '$lib/messages/office';
import { wordsOf } from '$lib/ui/language';
import { getPageData } from '../page-data';

/**
 * How a form of the desk that is no act on a record is answered: where the server fails or cannot be reached, what was
 * typed stays and `fault` says so; else the page is shown anew. Call while a component is made.
 */
export function createAnswering(onAnswer: (result: ActionResult) => void = () => undefined) {
  const words = wordsOf(officeWords);
  const pageData = getPageData();
  let fault = $state('');
  const submit: SubmitFunction =
    () =>
    async ({ result, update }) => {
      fault = '';
      if (result.type === 'error') {
        fault = result.status === undefined ? words().lost : words().failed;
        return;
      }
      await update({ reset: false, invalidateAll: false });
      await pageData.reload();
      onAnswer(result);
    };
  return {
    submit,
    /** Another try begins. */
    forget: () => void (fault = ''),
    get fault() {
      return fault;
    }
  };
}
