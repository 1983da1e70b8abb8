import { afterNavigate, invalidateAll } from '$app/navigation';
import { navigating } from '$app/state';
import { createContext } from 'svelte';

const pauseMs = 400;

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
      void this.#reloadIfAnswered();
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

  /**
   * A reload that gets no answer would put an error in the place of the page and of what is typed there. When the office
   * is there again, the stream of news is, and says so.
   */
  async #reloadIfAnswered(): Promise<void> {
    const answers = await fetch('/healthz', { cache: 'no-store' }).then(
      ({ ok }) => ok,
      () => false
    );
    if (answers) await this.reload();
  }
}

const [getPageData, setPageData] = createContext<PageData>();
export { getPageData };

/** Call in the desk's layout. */
export const providePageData = (): PageData => setPageData(new PageData());
