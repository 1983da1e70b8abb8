import type { CellValue } from 'read-excel-file/universal';

/** `old`: an .xls of before 2007. `unreadable`: a spreadsheet that is damaged, or locked with a password. */
export type ListFile = { text: string } | { trouble: 'old' | 'unreadable' };

/**
 * A list out of a file as it would be pasted: of a spreadsheet (.xlsx) or a .csv the cells of a row apart by tabs, of any
 * other file its text. Of several sheets it is the first. Text is UTF-8, UTF-16 with its mark (Excel's "Unicode text"), or
 * else GB18030, which Excel writes in China.
 */
export async function readListFile(file: File): Promise<ListFile> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const startsWith = (...first: number[]) => first.every((byte, index) => bytes[index] === byte);
  if (startsWith(0xd0, 0xcf, 0x11, 0xe0)) return { trouble: 'old' };
  if (startsWith(0x50, 0x4b)) return readSpreadsheet(file);
  const text = decode(bytes, startsWith(0xff, 0xfe));
  return { text: /\.csv$/i.test(file.name) ? linesOf(csvRows(text)) : text };
}

async function readSpreadsheet(file: File): Promise<ListFile> {
  try {
    const { readSheet } = await import('read-excel-file/universal');
    const rows = await readSheet(await file.arrayBuffer());
    return { text: linesOf(rows.map((row) => row.map(textOf))) };
  } catch {
    return { trouble: 'unreadable' };
  }
}

/** Dates come as midnight in UTC. */
function textOf(cell: CellValue | null): string {
  return cell instanceof Date ? cell.toISOString().slice(0, 10) : String(cell ?? '');
}

function decode(bytes: Uint8Array<ArrayBuffer>, isUtf16: boolean): string {
  if (isUtf16) return new TextDecoder('utf-16le').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('gb18030').decode(bytes);
  }
}

/** RFC 4180: a cell in quotes may hold commas, line breaks and doubled quotes. */
function csvRows(text: string): string[][] {
  const rows: string[][] = [[]];
  for (const [, quoted, bare = '', end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^,\r\n]*))(,|\r?\n|$)/g)) {
    rows.at(-1)!.push(quoted?.replaceAll('""', '"') ?? bare);
    if (end === '') break;
    if (end !== ',') rows.push([]);
  }
  return rows;
}

function linesOf(rows: string[][]): string {
  return rows
    .map((row) => row.map((cell) => cell.replace(/\s+/g, ' ').trim()))
    .map((cells) => cells.join('\t').replace(/\t+$/, ''))
    .join('\n')
    .trimEnd();
}
