// Bytes in JSON: as base64 under a name no table uses.
const name = '$base64';

/** What IndexedDB holds, as JSON. */
export function toJson(value: unknown): unknown {
  if (value instanceof ArrayBuffer) return { [name]: Buffer.from(value).toString('base64') };
  if (Array.isArray(value)) return value.map(toJson);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, toJson(part)]));
}

export function fromJson(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(fromJson);
  if (typeof value !== 'object' || value === null) return value;
  const { [name]: text } = value as Record<string, unknown>;
  if (typeof text === 'string') return new Uint8Array(Buffer.from(text, 'base64')).buffer;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, fromJson(part)]));
}
