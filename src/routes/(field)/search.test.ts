import { expect, test } from 'vitest';
import type { Reference } from '$lib/domain/reference';
import type { Report } from '$lib/domain/report';
import { searchFor } from './search';

/** As the office sends it: the initials are made there. */
const buildings = [
  {
    code: '51010801100700101001',
    courtyard: '幸福里',
    name: '1栋',
    aliases: ['老厂院'],
    initials: ['xfl', 'xfl1d', 'lcy']
  },
  { code: '51010801100700101002', courtyard: '向阳苑', name: '2栋', aliases: [], initials: ['xyy', 'xyy2d'] }
];
const reference = { buildings, categories: [], needTypes: [], grids: [] } as unknown as Reference;
const at = (buildingCode: string) => ({ kind: 'issue', place: { buildingCode } }) as unknown as Report;

test.each(['xfl', 'XFL', 'xfl1', '幸福', '老厂院', 'lcy'])(
  '%s finds what lies in 幸福里, and nothing else',
  (typed) => {
    const fits = searchFor(typed, reference);
    expect(buildings.map(({ code }) => fits(at(code), undefined))).toEqual([true, false]);
  }
);
