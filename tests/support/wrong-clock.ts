// A tablet whose clock is wrong, and may be set while it works.
import type { BrowserContext, Page } from 'playwright-core';

const key = 'clock-shift';

/** From the next page on, its clock is what `setClock` says. */
export async function giveOwnClock(context: BrowserContext): Promise<void> {
  await context.addInitScript((key) => {
    const RightDate = Date;
    const shift = () => Number(localStorage.getItem(key) ?? 0);
    class WrongDate extends RightDate {
      constructor(...parts: unknown[]) {
        if (parts.length) super(...(parts as [number]));
        else super(RightDate.now() + shift());
      }
      static override now = () => RightDate.now() + shift();
    }
    globalThis.Date = WrongDate as DateConstructor;
  }, key);
}

/** So many milliseconds ahead of the truth, from this moment on. */
export async function setClock(page: Page, aheadMs: number): Promise<void> {
  await page.evaluate(([key, ahead]) => localStorage.setItem(key, String(ahead)), [key, aheadMs] as const);
}
