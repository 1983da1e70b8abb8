import { buildingLabel, type Building } from './grid';

/**
 * Buildings that fit what was typed: characters of the label or an alias, or pinyin initials, with spaces ignored.
 * Those that begin with it come first. Offline, over a few hundred buildings.
 */
export function findBuildings(buildings: readonly Building[], typed: string, limit: number): Building[] {
  const query = typed.toLowerCase().replace(/\s+/g, '');
  if (!query) return [];
  const ranked = buildings.flatMap((building) => {
    const names = [
      buildingLabel(building),
      ...building.aliases,
      ...building.aliases.map((alias) => alias + building.name)
    ];
    const keys = [...names.map((name) => name.toLowerCase().replace(/\s+/g, '')), ...building.initials];
    if (keys.some((key) => key.startsWith(query))) return [{ building, rank: 0 }];
    return keys.some((key) => key.includes(query)) ? [{ building, rank: 1 }] : [];
  });
  return ranked
    .sort((a, b) => a.rank - b.rank)
    .slice(0, limit)
    .map(({ building }) => building);
}
