// Asks axe-core what on a page shuts people out: WCAG 2.2 A and AA, and its own best practices.
import type { AxeResults, RunOptions } from 'axe-core';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';

export type Violation = { id: string; impact: string; nodes: string[] };

const rules: RunOptions = {
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  resultTypes: ['violations']
};

let source: Promise<string> | undefined;

/** The rules the page breaks as it stands now, each with the markup that breaks it; of `only` these. Expect it `toEqual([])`. */
export async function axeViolations(page: Page, only?: string[]): Promise<Violation[]> {
  source ??= readFile(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8');
  await page.evaluate(await source); // evaluated, not added as a script tag: our content security policy forbids that
  const violations = await page.evaluate(
    async (options) => {
      const { axe } = window as unknown as { axe: { run(options: RunOptions): Promise<AxeResults> } };
      return (await axe.run(options)).violations;
    },
    only ? { runOnly: { type: 'rule' as const, values: only } } : rules
  );
  return violations.map(({ id, impact, nodes }) => ({
    id,
    impact: impact ?? 'unknown',
    nodes: nodes.map((node) => node.html)
  }));
}
