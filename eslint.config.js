// Lints the whole project. Its most important rule is the arrow rule of ARCHITECTURE.md: who may import whom.
import svelte from 'eslint-plugin-svelte';
import { defineConfig, globalIgnores } from 'eslint/config';
import globals from 'globals';
import path from 'node:path';
import ts from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

/**
 * The arrow rule, by folder of src/. `rooms`: the only rooms of lib/ it may import besides itself. `packages`: the only
 * packages. `never`: where rooms meet, those that may not come. The longest matching folder counts.
 */
const folders = {
  'lib/domain': { rooms: [], packages: ['zod'] },
  'lib/geo': { rooms: ['domain'], packages: ['flatbush', 'gcoord'] },
  'lib/protocol': { rooms: ['domain'] },
  'lib/messages': { rooms: ['domain'] },
  'lib/device': { rooms: ['domain'] },
  'lib/data': { rooms: ['domain'] },
  'lib/sync': { rooms: ['domain', 'protocol', 'data', 'device'] },
  'lib/ui': { rooms: ['domain', 'messages', 'geo'] },
  'lib/server': { rooms: ['domain', 'protocol', 'geo'] },
  lib: { rooms: [] },
  'routes/(field)': { never: ['server'] },
  'routes/(office)': { never: ['data', 'sync', 'device'] },
  'routes/api': { never: ['data', 'sync', 'device'] },
  'service-worker': { never: ['data', 'sync', 'server'] }
};

/** Packages that one folder alone may import. */
const owners = {
  dexie: 'lib/data',
  kysely: 'lib/server',
  'node:sqlite': 'lib/server',
  leaflet: 'lib/ui/map'
};

const isWithin = (file, folder) => file.startsWith(`${folder}/`);
const isPackage = (specifier, name) => specifier === name || isWithin(specifier, name);
const roomOf = (file) => /^lib\/([^/]+)/.exec(file)?.[1];

/** Why `file` (a path inside src/) may not import `specifier`; undefined where it may. */
function objection(file, specifier) {
  const folder = Object.keys(folders)
    .filter((name) => isWithin(file, name))
    .sort((a, b) => b.length - a.length)[0];
  const { rooms, packages, never = [] } = folders[folder] ?? {};
  const isTest = file.endsWith('.test.ts');

  let target;
  if (specifier.startsWith('.')) target = path.posix.join(path.posix.dirname(file), specifier);
  if (isPackage(specifier, '$lib')) target = specifier.replace('$lib', 'lib');
  if (target === undefined) {
    const owner = Object.keys(owners).find((name) => isPackage(specifier, name));
    if (owner && !isWithin(file, owners[owner])) return `only ${owners[owner]} may import ${owner}`;
    if (packages && !isTest && !packages.some((name) => isPackage(specifier, name)))
      return `of all packages, ${folder} may import ${packages.join(', ')}`;
    return undefined;
  }
  if (isTest && target.startsWith('../')) return undefined;
  const room = roomOf(target);
  if (never.includes(room)) return `${folder} must not import ${never.join(', ')}`;
  if (rooms && !rooms.includes(room) && (room === undefined || room !== roomOf(file)))
    return `${folder} may import itself${rooms.map((name) => `, ${name}`).join('')}`;
  return undefined;
}

const arrowRule = {
  meta: { type: 'problem', schema: [] },
  create(context) {
    const source = path.join(import.meta.dirname, 'src');
    const file = path.relative(source, context.filename).split(path.sep).join('/');
    if (file.startsWith('../')) return {};
    const check = ({ source: from }) => {
      const reason = typeof from?.value === 'string' && objection(file, from.value);
      if (reason) context.report({ node: from, message: `The arrow rule: ${reason}.` });
    };
    return {
      ImportDeclaration: check,
      ExportNamedDeclaration: check,
      ExportAllDeclaration: check,
      ImportExpression: check,
      TSImportType: check
    };
  }
};

const globalObjects = ['globalThis', 'window', 'self'];
const forbidOn = (objects, property, message) => objects.map((object) => ({ object, property, message }));

export default defineConfig(
  globalIgnores(['build/', '.svelte-kit/']),
  {
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    languageOptions: { globals: { ...globals.browser, ...globals.node } }
  },
  ts.configs.recommendedTypeChecked,
  svelte.configs.recommended,
  {
    plugins: { xunge: { rules: { arrow: arrowRule } } },
    languageOptions: {
      parserOptions: {
        projectService: true,
        extraFileExtensions: ['.svelte']
      }
    },
    rules: {
      'xunge/arrow': 'error',
      eqeqeq: 'error',
      'no-async-promise-executor': 'error',
      'no-constant-condition': ['error', { checkLoops: false }],
      'no-control-regex': 'error',
      'no-empty': 'error',
      'no-irregular-whitespace': 'error',
      'no-self-assign': 'error',
      'no-unsafe-finally': 'error',
      'no-useless-catch': 'error',
      'no-useless-escape': 'error',
      'no-var': 'error',
      'prefer-const': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }],
      // The app owns its whole origin: there is no base path that a link could miss.
      'svelte/no-navigation-without-resolve': 'off'
    }
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: ts.parser, svelteConfig } },
    rules: { 'prefer-const': 'off', 'svelte/prefer-const': 'error' }
  },
  {
    // Types that cross from one component to another are known to svelte-check only.
    files: ['**/*.svelte'],
    rules: Object.fromEntries(
      ['argument', 'assignment', 'call', 'member-access', 'return'].map((of) => [
        `@typescript-eslint/no-unsafe-${of}`,
        'off'
      ])
    )
  },
  {
    // No types here: plain JavaScript.
    files: ['**/*.js', '**/*.mjs'],
    extends: [ts.configs.disableTypeChecked]
  },
  {
    name: 'xunge/domain-is-pure',
    files: ['src/lib/domain/**'],
    ignores: ['**/*.test.ts'],
    rules: {
      'no-restricted-globals': ['error', 'fetch', 'crypto', 'performance', ...globalObjects],
      'no-restricted-properties': [
        'error',
        ...forbidOn(['Date'], 'now', 'The domain has no clock: take `now` as an argument.'),
        ...forbidOn(['Math'], 'random', 'The domain has no chance: take the id as an argument.')
      ],
      'no-restricted-syntax': [
        'error',
        {
          selector: ':matches(NewExpression[arguments.length=0], CallExpression)[callee.name="Date"]',
          message: 'The domain has no clock: take `now` as an argument.'
        }
      ]
    }
  },
  {
    // Seen in Chromium: a callback that merely returns an async call loses the transaction after two nested awaits.
    name: 'xunge/async-transactions',
    files: ['src/lib/data/**', 'src/lib/sync/**'],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector:
            'CallExpression[callee.property.name="transaction"] > ArrowFunctionExpression[async=false]',
          message:
            'The callback of a Dexie transaction must be async itself, or the transaction ends too early.'
        }
      ]
    }
  },
  {
    name: 'xunge/one-transport',
    files: ['src/lib/sync/**'],
    ignores: ['**/*.test.ts', 'src/lib/sync/transport.ts'],
    rules: {
      'no-restricted-globals': ['error', 'fetch', 'XMLHttpRequest'],
      'no-restricted-properties': [
        'error',
        ...forbidOn(globalObjects, 'fetch', 'Only sync/transport.ts talks to the network.')
      ]
    }
  },
  {
    name: 'xunge/no-lonely-test',
    files: ['**/*.test.ts'],
    rules: {
      // Tests watch and replace methods; they never call them without their object.
      '@typescript-eslint/unbound-method': 'off',
      'no-restricted-syntax': [
        'error',
        { selector: 'MemberExpression[property.name="only"]', message: '`.only` silences all other tests.' }
      ]
    }
  }
);
