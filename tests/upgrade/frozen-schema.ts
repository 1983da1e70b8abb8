// Reads a value as an older build would have: with the schemas it had, kept as JSON Schema, and no others.

/** The part of JSON Schema that our schemas are made of. */
export interface FrozenSchema {
  type?: 'object' | 'array' | 'string' | 'number' | 'integer' | 'boolean' | 'null';
  properties?: Record<string, FrozenSchema>;
  required?: string[];
  additionalProperties?: FrozenSchema | boolean;
  propertyNames?: FrozenSchema;
  items?: FrozenSchema;
  anyOf?: FrozenSchema[];
  oneOf?: FrozenSchema[];
  enum?: unknown[];
  const?: unknown;
  pattern?: string;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
  /** What it took a value for that it did not know. */
  default?: unknown;
  [annotation: `$${string}`]: unknown;
  format?: string;
}

const known = new Set(
  'type properties required additionalProperties propertyNames items anyOf oneOf enum const pattern minLength maxLength minItems maxItems minimum maximum exclusiveMinimum default format $schema'.split(
    ' '
  )
);

class Unfit extends Error {}

/**
 * The value without what that build did not know of: it dropped fields its schemas did not name, unless they said that
 * others may come. Throws where that build would not have taken it for an answer.
 */
export function readAs(schema: FrozenSchema, value: unknown, path = 'reply'): unknown {
  try {
    return read(schema, value, path);
  } catch (fault) {
    if (fault instanceof Unfit && 'default' in schema) return schema.default;
    throw fault;
  }
}

function read(schema: FrozenSchema, value: unknown, path: string): unknown {
  const unknown = Object.keys(schema).find((word) => !known.has(word));
  if (unknown) throw new Error(`${path}: this reader knows no "${unknown}"`);
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return readOneOf(choices, value, path);
  const is = (fits: boolean, what: string) => {
    if (!fits) throw new Unfit(`${path}: ${JSON.stringify(value)?.slice(0, 80)} is not ${what}`);
  };
  if ('const' in schema) is(value === schema.const, String(schema.const));
  if (schema.enum) is(schema.enum.includes(value), schema.enum.join(' | '));
  if (schema.type) is(isOfType(schema.type, value), schema.type);
  if (typeof value === 'string') checkText(schema, value, is);
  if (typeof value === 'number') checkNumber(schema, value, is);
  if (Array.isArray(value)) {
    is(value.length >= (schema.minItems ?? 0) && value.length <= (schema.maxItems ?? Infinity), 'as long');
    return value.map((item, index) => readAs(schema.items ?? {}, item, `${path}[${index}]`));
  }
  return typeof value === 'object' && value !== null ? readObject(schema, value, path) : value;
}

type Is = (fits: boolean, what: string) => void;

function checkText(schema: FrozenSchema, text: string, is: Is): void {
  const { pattern, minLength = 0, maxLength = Infinity } = schema;
  is(pattern === undefined || new RegExp(pattern, 'u').test(text), pattern ?? '');
  is(text.length >= minLength && text.length <= maxLength, `of ${minLength} to ${maxLength} characters`);
}

function checkNumber(schema: FrozenSchema, number: number, is: Is): void {
  const { minimum = -Infinity, maximum = Infinity, exclusiveMinimum = -Infinity } = schema;
  is(number >= minimum && number <= maximum && number > exclusiveMinimum, 'within its bounds');
}

function isOfType(type: NonNullable<FrozenSchema['type']>, value: unknown): boolean {
  if (type === 'null') return value === null;
  if (type === 'array') return Array.isArray(value);
  if (type === 'integer') return Number.isSafeInteger(value);
  return typeof value === type && value !== null && !Array.isArray(value);
}

function readOneOf(choices: FrozenSchema[], value: unknown, path: string): unknown {
  const whys: string[] = [];
  for (const choice of choices)
    try {
      return readAs(choice, value, path);
    } catch (fault) {
      if (!(fault instanceof Unfit)) throw fault;
      whys.push(fault.message);
    }
  throw new Unfit(`${path}: none of [${whys.join('; ')}]`);
}

function readObject(schema: FrozenSchema, value: object, path: string): Record<string, unknown> {
  const { properties = {}, required = [], additionalProperties, propertyNames } = schema;
  const missing = required.find((name) => !(name in value));
  if (missing) throw new Unfit(`${path}: "${missing}" is missing`);
  // A schema that says nothing at all takes everything.
  const others = additionalProperties ?? (schema.properties ? false : {});
  const entries: [string, unknown][] = [];
  for (const [name, part] of Object.entries(value)) {
    const own = properties[name] ?? (typeof others === 'object' ? others : undefined);
    if (!own) continue;
    if (propertyNames && !(name in properties)) readAs(propertyNames, name, `${path}.${name}`);
    entries.push([name, readAs(own, part, `${path}.${name}`)]);
  }
  return Object.fromEntries(entries);
}
