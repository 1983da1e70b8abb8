import { repeat, type Line, type Measured } from '../line';
import { slowDown, tapUntil, withTablet, type BenchTablet } from '../tablet';
import { fillTown } from '../town-history';

const records = 10_000;
const listShown = `document.querySelectorAll('main li a[href^="/records/"]').length >= 20`;

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

async function measureLists({ page, origin }: BenchTablet, suffix: string) {
  const open = await repeat(5, async () => {
    await page.goto(origin);
    await page.locator('a[href="/mine"]').first().waitFor();
    return tapUntil(page, 'a[href="/mine"]', listShown);
  });
  const filter = await repeat(5, async (round) => {
    const wanted = round % 2 === 0 ? 'nth-of-type(3)' : 'nth-of-type(1)';
    const empty = `document.querySelectorAll('main li a[href^="/records/"]').length === 0`;
    const ms = await tapUntil(page, `.filters button:${wanted}`, round % 2 === 0 ? empty : listShown);
    await page.waitForTimeout(300);
    return ms;
  });
  await page.locator('.filters button').first().click();
  const search = await repeat(5, async (round) => {
    const wanted = `第 ${4321 - round} 处`;
    return page.evaluate(
      (text) =>
        new Promise<number>((resolve) => {
          const input = document.querySelector<HTMLInputElement>('input[type=search]')!;
          const started = performance.now();
          const look = () => {
            const items = document.querySelectorAll('main li a[href^="/records/"]');
            if (items.length === 1 && items[0]!.textContent.includes(text))
              resolve(performance.now() - started);
            else requestAnimationFrame(look);
          };
          input.value = text;
          input.dispatchEvent(new InputEvent('input', { bubbles: true }));
          requestAnimationFrame(look);
        }),
      wanted
    );
  });
  await page.locator('input[type=search]').fill('');
  return { [`open${suffix}`]: open, [`filter${suffix}`]: filter, [`search${suffix}`]: search };
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
