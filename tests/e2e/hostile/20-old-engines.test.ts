// The oldest engines we promise are Chromium 109 and Safari 16.4. A build target lowers syntax only: what a library calls
// must be looked for.
import { Linter } from 'eslint';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { buildOnce } from '../../support/server';

const client = fileURLToPath(new URL('../../../build/client', import.meta.url));

beforeAll(buildOnce);

/** Every file of a kind that a browser gets, by its path. */
async function emitted(extension: string): Promise<[path: string, text: string][]> {
  const paths = (await readdir(client, { recursive: true })).filter((path) => path.endsWith(extension));
  return Promise.all(paths.map(async (path) => [path, await readFile(join(client, path), 'utf8')]));
}

const tooNew: Record<string, RegExp> = {
  'Object.groupBy, Map.groupBy': /\b(Object|Map)\.groupBy\b/,
  'Promise.withResolvers, Promise.try': /\bPromise\.(withResolvers|try)\b/,
  'Array.fromAsync': /\bArray\.fromAsync\b/,
  'toSorted, toReversed, toSpliced': /\.(toSorted|toReversed|toSpliced)\(/,
  'methods of sets': /\.(isSubsetOf|isSupersetOf|isDisjointFrom|symmetricDifference)\(/,
  'iterator helpers':
    /\.(keys|values|entries)\(\)\.(map|filter|some|every|find|forEach|toArray|take|drop|flatMap|reduce)\(/,
  URLPattern: /\bnew URLPattern\b/,
  'URL.parse, URL.canParse': /\bURL\.(canParse|parse)\(/,
  'AbortSignal.any': /\bAbortSignal\.any\(/,
  isWellFormed: /\.(isWellFormed|toWellFormed)\(/,
  // SvelteKit reads its data with it where the engine has it, and asks before.
  'Uint8Array.fromBase64, toHex':
    /^(?![\s\S]*typeof Uint8Array\.fromBase64)[\s\S]*\.(fromBase64|toBase64|fromHex|toHex)\(/,
  'RegExp.escape': /\bRegExp\.escape\(/
};

describe('hostile 20: what the browser gets', () => {
  it('is written in the syntax of 2022', async () => {
    const scripts = await emitted('.js');
    expect(scripts.length).toBeGreaterThan(10);
    for (const [path, text] of scripts) {
      // The service worker is a classic script: no import may be left in it.
      const sourceType = path === 'service-worker.js' ? 'script' : 'module';
      expect(syntaxErrors(text, sourceType), path).toEqual([]);
    }
  });

  it('asks for nothing that the oldest engines lack', async () => {
    const found = (await emitted('.js')).flatMap(([path, text]) =>
      Object.entries(tooNew)
        .filter(([, pattern]) => pattern.test(text))
        .map(([name]) => `${path}: ${name}`)
    );
    expect(found).toEqual([]);
  });

  it('has styles without nesting and other newer rules', async () => {
    for (const [path, text] of await emitted('.css'))
      expect(text, path).not.toMatch(/\{[^{}]*&|@starting-style|@scope|color-mix\(|light-dark\(|oklch\(/);
  });

  it('would be found out', () => {
    expect(syntaxErrors('using file = open();', 'module')).not.toEqual([]);
    expect(syntaxErrors('const all = /[\\p{L}--[a-z]]/v;', 'module')).not.toEqual([]);
    expect(syntaxErrors('import a from "b" with { type: "json" };', 'module')).not.toEqual([]);
    expect(syntaxErrors('import "b";', 'script')).not.toEqual([]);
    expect(
      syntaxErrors('class A { static { a.b ??= c?.d(1n); } #c; has(o) { return #c in o; } }', 'module')
    ).toEqual([]);
  });
});

function syntaxErrors(text: string, sourceType: 'script' | 'module'): string[] {
  return new Linter()
    .verify(text, [{ languageOptions: { ecmaVersion: 2022, sourceType } }], { allowInlineConfig: false })
    .filter(({ fatal }) => fatal)
    .map(({ line, column, message }) => `${line}:${column} ${message}`);
}
