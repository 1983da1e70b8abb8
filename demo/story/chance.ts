/** Numbers between 0 and 1 that look like chance and are the same in every run for the same `key` (mulberry32). */
export function chanceOf(key: string): () => number {
  let state = [...key].reduce((sum, letter) => (Math.imul(sum, 31) + letter.codePointAt(0)!) | 0, 20_261_120);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export function pick<Item>(items: readonly Item[], chance: () => number): Item {
  return items[Math.floor(chance() * items.length)]!;
}
