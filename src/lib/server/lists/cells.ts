/** What is wrong with a line of a list, counted from 1, and the words it is about. */
export interface LineTrouble<What extends string> {
  line: number;
  what: What;
  value: string;
}

/**
 * Lines as somebody pastes them from a table or types them, each as its cells. Spaces part cells only where nothing else
 * does: a name may be two words. Empty lines are left out; `line` counts them.
 */
export function cellsOf(text: string): { line: number; cells: string[] }[] {
  const marks = /[\t,、;，；]/;
  return text
    .normalize('NFKC')
    .split(/\r?\n/)
    .flatMap((raw, index) => {
      const parted = marks.test(raw) ? raw.split(marks) : raw.trim().split(/ +/);
      const cells = parted.map((cell) => cell.replace(/^"(.*)"$/, '$1').trim());
      return cells.some(Boolean) ? [{ line: index + 1, cells }] : [];
    });
}
