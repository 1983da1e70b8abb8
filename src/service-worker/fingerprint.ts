/** A short name for a list of names (FNV-1a, 32 bits): other list, other name. No protection against intent. */
export function fingerprint(names: readonly string[]): string {
  let hash = 0x811c9dc5;
  for (const unit of new TextEncoder().encode(names.join('\n'))) hash = Math.imul(hash ^ unit, 0x01000193);
  return (hash >>> 0).toString(36);
}
