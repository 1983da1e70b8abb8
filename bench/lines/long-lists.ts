import type { Page } from 'playwright-core';
import { repeat, type Line, type Measured } from '../line';
import { slowDown, tapUntil, withTablet, type BenchTablet } from '../tablet';
import { fillTown } from '../town-history';

const records = 10_000;

/** Every figure on a tablet of its own would fetch 10,000 records again: one tablet serves all lines of one run. */
let measuring: Promise<Record<string, Measured>> | undefined;

function measureAll(): Promise<Record<string, Measured>> {
  return (measuring ??= withTablet(
    async (tablet) => {
      const quick = await measureLists(tablet, '');
      await slowDown(tablet.page, 4);
      return { ...quick, ...(await measureLists(tablet, '-4x')) };
    },
    (folder) => fillTown(folder, records)
  ));
}

const item = 'main li a[href^="/records/"]';
const list = { selector: item, atLeast: 20 };

async function measureLists({ page, origin }: BenchTablet, suffix: string) {
  const open = await repeat(5, async () => {
    await page.goto(origin);
    await page.locator('a[href="/mine"]').first().waitFor();
    await page.locator('.echo p').waitFor();
    return tapUntil(page, 'a[href="/mine"]', list);
  });
  const filter = await repeat(6, async (round) => {
    const isDone = round % 2 === 0;
    // What is over bears a badge of its own; open work none of them.
    const shown = { selector: `${item} .badge`, text: isDone ? '已撤回' : '已上报' };
    const ms = await tapUntil(page, `.filters button:nth-of-type(${isDone ? 3 : 1})`, shown);
    await page.waitForTimeout(200);
    return ms;
  });
  const search = await repeat(5, async (round) => {
    const ms = await typeUntil(page, `第 ${1234 + round} 处`, item);
    await page.locator('input[type=search]').fill('');
    await page.waitForTimeout(200);
    return ms;
  });
  return { [`open${suffix}`]: open, [`filter${suffix}`]: filter, [`search${suffix}`]: search };
}

/** From the last letter to the one record that has the text. */
function typeUntil(page: Page, text: string, selector: string): Promise<number> {
  return page.evaluate(
    ({ text, selector }) =>
      new Promise<number>((resolve) => {
        const input = document.querySelector<HTMLInputElement>('input[type=search]')!;
        const started = performance.now();
        const look = () => {
          const items = document.querySelectorAll(selector);
          if (items.length === 1 && items[0]!.textContent.includes(text))
            resolve(performance.now() - started);
          else requestAnimationFrame(look);
        };
        input.value = text;
        input.dispatchEvent(new InputEvent('input', { bubbles: true }));
        requestAnimationFrame(look);
      }),
    { text, selector }
  );
}

const line = (id: string, key: string, what: string, bar: number): Line => ({
  id,
  what: `10,000 records on the tablet: ${what}`,
  unit: 'ms',
  bar,
  measure: async () => (await measureAll())[key]!
});

export const longLists: Line[] = [
  line('U6', 'open', 'list opened', 100),
  line('U6b', 'filter', 'filter', 100),
  line('U6c', 'search', 'search for one', 100),
  line('U6d', 'open-4x', 'list opened, processor 4× slower', 300),
  line('U6e', 'filter-4x', 'filter, processor 4× slower', 300),
  line('U6f', 'search-4x', 'search for one, processor 4× slower', 300)
];
