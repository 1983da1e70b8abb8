// Prints the table of rights as docs/rights.md, so that it can be read without reading code:
//   npx node scripts/print-rights.ts > docs/rights.md
// A test beside it fails where the page is older than the table.
import { runnerImport } from 'vite';
import type { ChangeKind } from '../src/lib/domain/change';
import type { RecordId } from '../src/lib/domain/ids';
import type { AnyRecord } from '../src/lib/domain/record';
import type { Act } from '../src/lib/domain/rights';

type Rights = typeof import('../src/lib/domain/rights');
type Changes = typeof import('../src/lib/domain/changes');

const introduction = `# Rights

Written by \`scripts/print-rights.ts\` from \`src/lib/domain/rights.ts\` and the change kinds; edit those.

A grant is a role and an area code, for a unit's handler also the unit, with or without a first and a last day.
It covers everything whose code begins with its area, and nothing beside it. The server decides by this table for
every read, write, photo and live message; a tablet only mirrors it. An empty field is not granted.

| reach | of the records in the grant's area |
|---|---|
| \`area\` | every one |
| \`open\` | every one that is not 仅社区可见, and one's own |
| \`own\` | what one recorded oneself; a case counts to the one who recorded its subject |
| \`facility\` | one's own, and public facilities that lie in the area, whoever they belong to |
| \`unit\` | the cases sent to the grant's unit |
`;

const workplacesIntroduction = `## Where each role works

The tablet carries records with it; the others are pages of the desk, each in the communities of a grant that gives it.
Everything else is for everybody: the tablet's pages hold nothing before somebody signs in, and 账号 is one's own.
`;

export function printRights(
  { acts, rights, workplaces, workplacesOf }: Rights,
  { changeKinds }: Changes
): string {
  const roles = Object.keys(rights) as (keyof typeof rights)[];
  const reaches = table(
    ['act', ...roles],
    acts.map((act) => [act, ...roles.map((role) => rights[role][act] ?? '')])
  );
  const places = table(
    ['workplace', ...roles],
    workplaces.map((place) => [
      place,
      ...roles.map((role) => (workplacesOf[role].includes(place) ? 'yes' : ''))
    ])
  );
  const kinds = Object.values(changeKinds) as unknown as ChangeKind[];
  const needed = table(
    ['change', 'act it needs'],
    kinds.map((kind) => [kind.kind, actsOf(kind).join(', or on a case ') || 'the server alone makes it'])
  );
  return [
    introduction,
    reaches,
    workplacesIntroduction,
    places,
    '## The act each change needs\n',
    needed
  ].join('\n');
}

/** The act on a report, and the one on a case where that is another. */
function actsOf({ act }: ChangeKind): Act[] {
  if (typeof act !== 'function') return act ? [act] : [];
  const recordId = 'record' as RecordId;
  const records = new Map([[recordId, { kind: 'case' } as AnyRecord]]);
  return [...new Set([act({ recordId }, new Map()), act({ recordId }, records)])];
}

function table(head: string[], rows: string[][]): string {
  const line = (cells: string[]) => `| ${cells.join(' | ')} |\n`;
  return line(head) + `|${'---|'.repeat(head.length)}\n` + rows.map(line).join('');
}

if (import.meta.main) {
  const load = async <Module>(file: string) =>
    (await runnerImport<Module>(`./src/lib/domain/${file}`)).module;
  process.stdout.write(printRights(await load<Rights>('rights.ts'), await load<Changes>('changes/index.ts')));
}
