/** A copy as `structuredClone` makes it, of what this app keeps in a store. Quicker than the platform's by far. */
export function cloneValue<Value>(value: Value): Value {
  return clone(value) as Value;
}

function clone(value: unknown): unknown {
  if (typeof value === 'function' || typeof value === 'symbol')
    throw new DOMException('could not be cloned', 'DataCloneError');
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(clone);
  if (value instanceof ArrayBuffer) return value.slice(0);
  if (value instanceof Uint8Array) return value.slice();
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null)
    throw new DOMException(`${value.constructor.name} is no plain object`, 'DataCloneError');
  const copy: Record<string, unknown> = {};
  for (const key in value) copy[key] = clone((value as Record<string, unknown>)[key]);
  return copy;
}
