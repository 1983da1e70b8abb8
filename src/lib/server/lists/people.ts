import type { CommunityCode } from '../../domain/area';
import { fitsRole, wholeAreaOf, type Role } from '../../domain/grant';
import type { Reference } from '../../domain/reference';
import { maxNameLength } from '../../domain/report';
import { cellsOf, type LineTrouble } from './cells';
import { findGrid } from './grids';
import type { NewPerson } from '../people';

type Trouble = LineTrouble<'name' | 'role' | 'grid' | 'unit' | 'twice' | 'known'>;

/** Where the people work, and what their roles are called on screen. */
export interface Workplace {
  community: CommunityCode;
  grids: Reference['grids'];
  units: Reference['units'];
  roleByWord: ReadonlyMap<string, Role>;
  /** Who is on the list already: the same line sent twice must not make two people. */
  names: ReadonlySet<string>;
}

/**
 * People as somebody pastes them from a table or types them: name, role, then grid or unit, a person a line, apart by
 * tabs, commas or spaces. Several lines of one name are one person with several grids.
 */
export function parsePeople(text: string, place: Workplace): { people: NewPerson[]; troubles: Trouble[] } {
  const peopleByName = new Map<string, NewPerson & { grants: NewPerson['grants'][number][] }>();
  const troubles: Trouble[] = [];
  for (const { line, cells } of cellsOf(text)) {
    const [name, roleWord = '', where = ''] = cells;
    if (!name) continue;
    const trouble = (what: Trouble['what'], value: string) => troubles.push({ line, what, value });
    const role = place.roleByWord.get(roleWord.toLowerCase());
    if (name.length > maxNameLength) trouble('name', name);
    else if (place.names.has(name)) trouble('known', name);
    else if (!role) trouble('role', roleWord);
    else {
      const unit = role === 'unitHandler' ? place.units.find((one) => one.name === where)?.id : undefined;
      const area = role === 'unitHandler' ? place.community : areaOf(role, where, place);
      if (role === 'unitHandler' && !unit) trouble('unit', where);
      else if (!area) trouble('grid', where);
      else {
        const person = peopleByName.get(name) ?? { name, grants: [] };
        peopleByName.set(name, person);
        const isKnown = person.grants.some(
          (one) => one.role === role && one.area === area && one.unit === unit
        );
        if (isKnown) trouble('twice', name);
        else person.grants.push(unit ? { role, area, unit } : { role, area });
      }
    }
  }
  return { people: [...peopleByName.values()], troubles };
}

/** The grid that is named, by its code, its number or its name; the whole community or street for who has no grid. */
function areaOf(role: Role, where: string, { community, grids }: Workplace): string | undefined {
  if (!where) return wholeAreaOf(role, community);
  const found = findGrid(where, { community, grids });
  const code = found?.code ?? (where === community ? community : undefined);
  return code !== undefined && fitsRole(role, code) ? code : undefined;
}
