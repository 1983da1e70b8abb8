import { v7 as uuidV7 } from 'uuid';
import type { UnitId } from '../../domain/ids';
import type { Unit } from '../../domain/reference';
import { cellsOf, type LineTrouble } from './cells';

type Kinds = Record<Unit['kind'], string>;

export function formatUnits(units: readonly Unit[], kinds: Kinds): string {
  return units.map(({ name, kind }) => `${name}\t${kinds[kind]}`).join('\n');
}

/**
 * Responsible units as lines of name and kind; without a kind it is `other`. A unit is known by its name; a third cell is
 * the name it had before, so that its cases stay with it.
 */
export function parseUnits(
  text: string,
  { units, kindByWord }: { units: readonly Unit[]; kindByWord: ReadonlyMap<string, Unit['kind']> }
): { items: Unit[]; troubles: LineTrouble<'kind' | 'twice' | 'before'>[] } {
  const found = new Map<string, Unit>();
  const troubles: LineTrouble<'kind' | 'twice' | 'before'>[] = [];
  for (const { line, cells } of cellsOf(text)) {
    const [name = '', kindWord = '', before = ''] = cells;
    const kind = kindWord ? kindByWord.get(kindWord.toLowerCase()) : 'other';
    const known = units.find((unit) => unit.name === (before || name));
    if (!kind) troubles.push({ line, what: 'kind', value: kindWord });
    else if (before && !known) troubles.push({ line, what: 'before', value: before });
    else if (!name || found.has(name)) troubles.push({ line, what: 'twice', value: name });
    else if (known && [...found.values()].some(({ id }) => id === known.id))
      troubles.push({ line, what: 'twice', value: known.name });
    else found.set(name, { id: known?.id ?? (uuidV7() as UnitId), name, kind });
  }
  return { items: [...found.values()], troubles };
}
