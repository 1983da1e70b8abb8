import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { AreaCode, communityOf, gridOf, isWithin, parentOf, shortCommunityName } from './area';

const lengths = [2, 4, 6, 9, 12, 15, 17];
const areaCode = fc
  .constantFrom(...lengths)
  .chain((length) =>
    fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: length, maxLength: length })
  );

describe('an area code', () => {
  test.each(['51', '5101', '510108', '510108011', '510108011007', '510108011007001', '51010801100700102'])(
    '%s is one',
    (code) => expect(AreaCode.safeParse(code).success).toBe(true)
  );

  test.each([
    '',
    '5',
    '510',
    '51010',
    '5101080110',
    '51010801100',
    '5101080110070010203',
    '51a',
    ' 51',
    '５１',
    '51\n'
  ])('%j is none', (code) => expect(AreaCode.safeParse(code).success).toBe(false));

  it('is within every area above it, and within itself', () => {
    fc.assert(
      fc.property(areaCode, (code) => {
        for (let area: string | null = code; area; area = parentOf(area))
          expect(isWithin(code, area)).toBe(true);
      })
    );
  });

  it('is within no other area of its parent, and its parent not within it', () => {
    expect(isWithin('510108011007001', '510108011005')).toBe(false);
    expect(isWithin('510108011007', '510108011007001')).toBe(false);
  });
});

describe('the area above', () => {
  test.each([
    ['51010801100700102', '510108011007001'],
    ['510108011007001', '510108011007'],
    ['510108011007', '510108011'],
    ['510108011', '510108'],
    ['510108', '5101'],
    ['5101', '51'],
    ['51', null]
  ])('%s is %s', (code, parent) => expect(parentOf(code)).toBe(parent));

  it('is an area code again, one tier shorter, until there is none', () => {
    fc.assert(
      fc.property(areaCode, (code) => {
        const parent = parentOf(code);
        expect(parent === null).toBe(code.length === 2);
        if (parent === null) return;
        expect(AreaCode.safeParse(parent).success).toBe(true);
        expect(lengths.indexOf(parent.length)).toBe(lengths.indexOf(code.length) - 1);
      })
    );
  });

  it('knows the community of a building and the grid of a micro-grid', () => {
    expect(communityOf('51010801100700102003')).toBe('510108011007');
    expect(gridOf('51010801100700102')).toBe('510108011007001');
    expect(gridOf('510108011007001')).toBe('510108011007001');
  });
});

test.each([
  ['长天路社区居委会', '长天路'],
  ['长天路社区居民委员会', '长天路'],
  ['长天路社区', '长天路'],
  ['跳蹬村委会', '跳蹬'],
  ['小店村民委员会', '小店'],
  ['社区', '社区']
])('%s is called %s', (name, short) => expect(shortCommunityName(name)).toBe(short));
