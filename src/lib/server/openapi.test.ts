import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { openApi } from './openapi';

interface Described {
  paths: Record<string, object>;
  components: { schemas: Record<string, { type?: string; properties?: object }> };
}

const described = openApi('1.2.3') as Described;

test('every address under /api is described, and no other', () => {
  const routes = fileURLToPath(new URL('../../routes/api', import.meta.url));
  const addresses = readdirSync(routes, { recursive: true })
    .map(String)
    .filter((file) => file.endsWith('+server.ts'))
    .map((file) => `/api/${file.replace(/\/\+server\.ts$/, '').replace(/\[(\w+)\]/g, '{$1}')}`);
  expect(Object.keys(described.paths).sort()).toEqual(addresses.sort());
});

test('every reference leads to a schema', () => {
  const text = JSON.stringify(described);
  const names = [...text.matchAll(/#\/components\/schemas\/([\w-]+)/g)].map((match) => match[1]!);
  expect(names.length).toBeGreaterThan(5);
  for (const name of names) expect(Object.keys(described.components.schemas)).toContain(name);
});

test('the facts of each kind of change are described by the schema that checks them', () => {
  expect(described.components.schemas['facts-case-dispatched']?.properties).toHaveProperty('instruction');
});
