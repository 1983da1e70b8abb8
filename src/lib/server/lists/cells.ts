/** What is wrong with a line of a list, counted from 1, and the words it is about. */
export interface LineTrouble<What extends string> {
  line: number;
  what: What;
  value: string;
}

/**
 * Lines as somebody pastes them from a table or types them, each as its cells: apart by tabs, else by commas, else by
 * spaces, for a cell of a table may hold commas and a name may be two words. Empty lines and headings above the first
 * line are left out; `line` counts them.
 */
export function cellsOf(text: string): { line: number; cells: string[] }[] {
  const lines = text
    .normalize('NFKC')
    .split(/\r?\n/)
    .flatMap((raw, index) => {
      const cells = partsOf(raw).map((cell) => cell.replace(/^"(.*)"$/, '$1').trim());
      return cells.some(Boolean) ? [{ line: index + 1, cells }] : [];
    });
  return headings.test(lines[0]?.cells[0] ?? '') ? lines.slice(1) : lines;
}

/** How the first column of a list is called. */
const headings = /^(姓名|名字|名称|编号|代码|小区|院落|日期|name|number|code|courtyard|date)$/i;

function partsOf(line: string): string[] {
  if (line.includes('\t')) return line.split('\t');
  const marks = /[,、;，；]/;
  return marks.test(line) ? line.split(marks) : line.trim().split(/ +/);
}
