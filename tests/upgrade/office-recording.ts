// The office's database as SQL text, and its pictures, and back.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { DatabaseSync, type SQLOutputValue } from 'node:sqlite';

const databaseFile = 'xunge.sqlite';

interface Made {
  name: string;
  type: string;
  sql: string;
}

/** Every table and index, and every row, one statement a line, in an order that does not change by itself. */
export function officeToSql(folder: string): { schema: string; rows: string } {
  const database = new DatabaseSync(join(folder, databaseFile), { readOnly: true });
  const all = database
    .prepare("SELECT name, type, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'")
    .all() as unknown as Made[];
  const tables = all.filter(({ type }) => type === 'table');
  const others = all.filter(({ type }) => type !== 'table');
  const rows = tables.flatMap(({ name }) =>
    database
      .prepare(`SELECT * FROM "${name}"`)
      .all()
      .map((row) => `INSERT INTO "${name}" VALUES (${Object.values(row).map(literal).join(', ')});`)
  );
  database.close();
  const asText = (statements: string[]) => statements.map((one) => `${one}\n`).join('');
  return { schema: asText([...tables, ...others].map(({ sql }) => `${sql};`)), rows: asText(rows) };
}

function literal(value: SQLOutputValue): string {
  if (value === null) return 'NULL';
  if (value instanceof Uint8Array) return `X'${Buffer.from(value).toString('hex')}'`;
  return typeof value === 'string' ? `'${value.replaceAll("'", "''")}'` : String(value);
}

/** The pictures under `folder` by path, finished and under way, as base64. */
export function filesOf(folder: string): Record<string, string> {
  const photos = join(folder, 'photos');
  const files = readdirSync(photos, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
  const paths = files.map((file) => join(file.parentPath, file.name)).sort();
  return Object.fromEntries(
    paths.map((path) => [relative(photos, path), readFileSync(path).toString('base64')])
  );
}

/** An office's folder as the recorded server had left it. */
export function layDownOffice(folder: string, sql: string, files: Record<string, string>): void {
  const database = new DatabaseSync(join(folder, databaseFile));
  database.exec(`BEGIN; ${sql} COMMIT;`);
  database.close();
  for (const [path, base64] of Object.entries(files)) {
    const file = join(folder, 'photos', path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, Buffer.from(base64, 'base64'));
  }
}
