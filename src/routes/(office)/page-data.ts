import { afterNavigate, invalidateAll } from '$app/navigation';
import { navigating } from '$app/state';
import { createContext } from 'svelte';

const pauseMs = 400;
const askAgainMs = 5_000;

/**
 * Keeps the page's data as new as the office. Never while somebody is on the way to another page: SvelteKit would stop
 * them there without a word, and count them as on the way for ever.
 */
export class PageData {
  #timer: ReturnType<typeof setTimeout> | undefined;
  #pageChanges = 0;

  constructor() {
    afterNavigate(() => void this.#pageChanges++);
  }

  /** Something arrived at the office: a whole batch of it is one reload. */
  reloadSoon = (): void => {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      void this.reload();
    }, pauseMs);
  };

  /** Resolves with the data in place, or at once where another page is on its way: then it is loaded after that. */
  async reload(): Promise<void> {
    if (navigating.to) return this.reloadSoon();
    const before = this.#pageChanges;
    await invalidateAll();
    // A page change has thrown the answer away.
    if (navigating.to || this.#pageChanges !== before) this.reloadSoon();
  }

  stop(): void {
    clearTimeout(this.#timer);
  }
}

/**
 * Asks again for the data of the page in view until the office answers, or another page is in view. SvelteKit would put
 * an error in the place of the page and of what is typed there; for its page data it calls whatever `window.fetch` is.
 * Returns how to stop.
 */
export function askAgainForPageData(): () => void {
  const ask = window.fetch.bind(window);
  window.fetch = async (input, init) => {
    const page = location.href;
    const isReload = typeof input === 'string' && isDataOf(new URL(page), new URL(input, page));
    for (;;) {
      const answer = ask(input, init);
      if (!isReload) return answer;
      const isAnswered = await answer.then(
        ({ status }) => status < 500,
        () => false
      );
      if (isAnswered || location.href !== page) return answer;
      await new Promise((resolve) => setTimeout(resolve, askAgainMs));
      if (location.href !== page) return answer;
    }
  };
  return () => void (window.fetch = ask);
}

/** SvelteKit's `/x/__data.json?y` for the page `/x?y`. */
function isDataOf(page: URL, asked: URL): boolean {
  const query = new URLSearchParams(asked.search);
  query.delete('x-sveltekit-invalidated');
  return asked.pathname === `${page.pathname}/__data.json` && `${query}` === `${page.searchParams}`;
}

const [getPageData, setPageData] = createContext<PageData>();
export { getPageData };

/** Call in the desk's layout. */
export const providePageData = (): PageData => setPageData(new PageData());
