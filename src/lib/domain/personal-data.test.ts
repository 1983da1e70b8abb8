import { describe, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { openOffice } from '../../../tests/support/office';
import { changeKinds } from './changes';
import { blankedFactsOf, listPersonalFields, periods } from './personal-data';
import { acts } from './rights';

type Schema = { [key: string]: unknown; properties?: Record<string, Schema> };

/**
 * Where a person can write what they like, or a position stands: `report-amended.edits.text.from`. What has a pattern or
 * is one of a list says nothing of anybody by itself.
 */
function freeFacts(path: string, schema: Schema): string[] {
  const { type, pattern, enum: choices, const: one, format } = schema as Record<string, unknown>;
  const inner = [
    ...Object.entries(schema.properties ?? {}),
    ...['items', 'additionalProperties'].flatMap((key) =>
      isSchema(schema[key]) ? [['', schema[key]] as const] : []
    ),
    ...['anyOf', 'allOf', 'oneOf', 'prefixItems'].flatMap((key) =>
      ((schema[key] ?? []) as Schema[]).map((each) => ['', each] as const)
    )
  ];
  const below = inner.flatMap(([key, each]) => freeFacts(key ? `${path}.${key}` : path, each));
  const isNested = Array.isArray(schema.allOf);
  const isFree = type === 'string' && !pattern && !choices && one === undefined && !format && !isNested;
  const isPosition = schema.prefixItems !== undefined || 'longitude' in (schema.properties ?? {});
  return [...new Set([...(isFree || isPosition ? [path] : []), ...below])];
}

function isSchema(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null;
}

const registered = listPersonalFields().flatMap(([, { facts = [] }]) => facts);
const isRegistered = (path: string) =>
  registered.some((fact) => path === fact || path.startsWith(`${fact}.`));
const free = Object.values(changeKinds).flatMap(({ kind, facts }) =>
  freeFacts(kind, z.toJSONSchema(facts as z.ZodMiniType, { io: 'input', unrepresentable: 'any' }) as Schema)
);

describe('the register of personal data', () => {
  test('has a line for every fact that somebody writes, and for every position', () => {
    expect(free).toContain('follow-up-noted.whom');
    expect(free).toContain('track-recorded.points');
    expect(free).toContain('issue-recorded.place.position');
    expect(free.filter((path) => !isRegistered(path))).toEqual([]);
  });

  test('would miss a new one', () => {
    const schema = z.toJSONSchema(z.object({ idNumber: z.optional(z.string()) })) as Schema;
    expect(freeFacts('need-recorded', schema).filter((path) => !isRegistered(path))).toEqual([
      'need-recorded.idNumber'
    ]);
  });

  test('names no fact and no table that is not there', async () => {
    const gone = registered.filter((fact) => {
      const [kind, ...path] = fact.split('.');
      let schema = z.toJSONSchema(changeKinds[kind as keyof typeof changeKinds].facts as z.ZodMiniType, {
        io: 'input',
        unrepresentable: 'any'
      }) as Schema | undefined;
      for (const field of path) schema = schema?.properties?.[field];
      return !schema;
    });
    expect(gone).toEqual([]);
    const office = await openOffice();
    const tables = await office.store.connection.introspection.getTables();
    await office.close();
    const named = listPersonalFields().flatMap(([, { tables: some = [] }]) => some);
    expect(tables.map(({ name }) => name).sort()).toEqual([...new Set([...named, ...impersonal])].sort());
  });

  test('says of each line whose, why, for how long and who may read it', () => {
    // Its purpose in words TypeScript asks for, in messages/privacy.ts.
    for (const [, { kept, read }] of listPersonalFields()) {
      expect(periods).toContain(kept);
      expect(acts).toContain(read);
    }
  });

  test('whoever wrote it, what goes with a blanking is a line’s own', () => {
    expect(blankedFactsOf('follow-up-noted', 'contacts')).toEqual(['whom', 'promise']);
    expect(blankedFactsOf('issue-recorded', 'contacts')).toEqual([]);
    expect(blankedFactsOf('issue-recorded', 'words')).toEqual(['text', 'place', 'answers']);
  });
});

/** Tables that say nothing of a person. A new table is on this list, or on a line of the register. */
const impersonal = [
  'area',
  'case_counter',
  'community',
  'erased',
  'migration',
  'reference_item',
  'setup_link',
  'store'
];
