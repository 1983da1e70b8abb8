/** The lines that are in one text alone, in their order; a line that stands twice counts twice. */
export function changedLines(before: string, after: string): { gone: string[]; come: string[] } {
  const linesOf = (text: string) => text.split('\n').filter(Boolean);
  return {
    gone: without(linesOf(before), linesOf(after)),
    come: without(linesOf(after), linesOf(before))
  };
}

function without(lines: readonly string[], others: readonly string[]): string[] {
  const left = new Map<string, number>();
  for (const line of others) left.set(line, (left.get(line) ?? 0) + 1);
  return lines.filter((line) => {
    const count = left.get(line) ?? 0;
    left.set(line, count - 1);
    return count <= 0;
  });
}
