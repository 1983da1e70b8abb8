/** The parts of a keyboard event that matter here. */
export type KeyPress = Pick<
  KeyboardEvent,
  'code' | 'keyCode' | 'isComposing' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey' | 'target'
>;

/** Where keys mean text, a choice or a picture. */
const ownKeys = 'input, textarea, select, [contenteditable], dialog';

/**
 * The letter pressed as a command (`KeyA` → `A`), by the place of the key and not by what it types; null while a
 * Chinese input method is composing, in a field, or together with Ctrl, Alt, ⌘ or Shift.
 */
export function commandKey(event: KeyPress): string | null {
  // Safari ends a composition before the Enter that ended it; 229 is what is left to know it by.
  if (event.isComposing || event.keyCode === 229) return null;
  if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return null;
  const target = event.target as { closest?: (selector: string) => unknown } | null;
  if (target?.closest?.(ownKeys)) return null;
  return /^Key([A-Z])$/.exec(event.code)?.[1] ?? null;
}
