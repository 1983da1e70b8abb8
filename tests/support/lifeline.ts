// A lifeline file as a person writes it on the tablet, and what it holds.
import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { readLifeline } from '../../src/lib/protocol/lifeline';
import { unlock } from '../../src/lib/protocol/lifeline-cipher';

/** All unsent work into a file, by the page's own buttons; returns where it lies and the passphrase. */
export async function writeLifeline(
  page: Page,
  origin: string
): Promise<{ path: string; name: string; passphrase: string }> {
  await page.goto(`${origin}/lifeline`);
  const passphrase = await page.locator('input.passphrase').inputValue();
  const make = page.getByRole('button', { name: '生成文件' });
  if (!(await make.isDisabled())) throw new Error('a file can be made before the passphrase was noted');
  await page.getByLabel('口令已经抄好').check();
  await make.click();
  await page.getByText('已写好').waitFor({ timeout: 60_000 });
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: '存到本机' }).click()
  ]);
  return { path: await download.path(), name: download.suggestedFilename(), passphrase };
}

/** The changes' bytes and the media's facts, one a line, in plain words. Throws where the file is not whole. */
export async function wordsInLifeline(page: Page, origin: string): Promise<string> {
  const { path, passphrase } = await writeLifeline(page, origin);
  const file = new Blob([await readFile(path)]);
  const lock = await unlock(file, passphrase);
  if ('refusal' in lock) throw new Error(lock.refusal.code);
  const lines: string[] = [];
  const outcome = await readLifeline(file, lock, {
    change: ({ body }) => (lines.push(body), null),
    medium: ({ facts }) => (lines.push(JSON.stringify(facts)), null)
  });
  if (outcome) throw new Error(outcome.refusal.code);
  return lines.join('\n');
}
