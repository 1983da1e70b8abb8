import { AreaCode, type Area } from '../../domain/area';
import { cellsOf } from './cells';

/**
 * Areas with their names out of pasted text, also the official table of statistical codes as it is: wherever a cell is an
 * area code of 2 to 12 digits, the next one is its name. The last name of a code counts.
 */
export function parseAreas(text: string): Area[] {
  const names = new Map<string, string>();
  for (const { cells } of cellsOf(text))
    for (const [index, cell] of cells.entries()) {
      const name = cells[index + 1] ?? '';
      const isArea = cell.length <= 12 && AreaCode.safeParse(cell).success;
      if (isArea && name && !/^\d/.test(name)) names.set(cell, name);
    }
  return [...names].map(([code, name]) => ({ code, name }));
}
