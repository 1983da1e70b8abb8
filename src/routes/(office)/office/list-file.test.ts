import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { readListFile } from './list-file';

const file = (name: string, bytes: Uint8Array<ArrayBuffer> | string) => new File([bytes], name);

test('the first sheet of a spreadsheet is text apart by tabs, a date is a date, a line break no line', async () => {
  const bytes = new Uint8Array(readFileSync(path.join(import.meta.dirname, 'list-file.test.xlsx')));
  expect(await readListFile(file('楼栋.xlsx', bytes))).toEqual({
    text: [
      '院落\t楼栋\t单元\t层数\t别名\t网格\t经度\t纬度\t建成',
      '机械厂老院\t1栋\t3\t6\t老厂院、东院\t1\t104.1248\t30.654\t1987-05-01',
      '向阳菜市场\t\t\t\t菜 市\t2'
    ].join('\n')
  });
});

test('a .csv as Excel writes it in China is read, with commas and quotes inside its cells', async () => {
  const hex =
    'd4bac2e42cc2a5b6b00d0a22c0cfb3a72cb6abd4ba222c2231b6b0202222bcd72222220d0ae946d4b02c32b6b00d0a';
  const bytes = Uint8Array.from(hex.match(/../g)!, (byte) => parseInt(byte, 16));
  expect(await readListFile(file('名单.CSV', bytes))).toEqual({
    text: '院落\t楼栋\n老厂,东院\t1栋 "甲"\n镕园\t2栋'
  });
});

test.each([
  ['UTF-8 with its mark', '\uFEFF1,机械厂\n2,向阳', '1\t机械厂\n2\t向阳'],
  ['lines that end without one another', 'a,,c\n\nd', 'a\t\tc\n\nd'],
  ['a line break in quotes', '"甲\r\n乙",2\r\n', '甲 乙\t2']
])('a .csv with %s', async (_, written, text) => {
  expect(await readListFile(file('a.csv', written))).toEqual({ text });
});

test('other text stays as it is, also that which Excel calls Unicode text', async () => {
  expect(await readListFile(file('a.txt', '1 机械厂，东院'))).toEqual({ text: '1 机械厂，东院' });
  const units = Uint16Array.from('\uFEFF1\t机械厂', (letter) => letter.charCodeAt(0));
  expect(await readListFile(file('a.txt', new Uint8Array(units.buffer)))).toEqual({ text: '1\t机械厂' });
});

test('an old .xls and a damaged .xlsx are told', async () => {
  const old = Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1);
  expect(await readListFile(file('a.xls', old))).toEqual({ trouble: 'old' });
  expect(await readListFile(file('a.xlsx', 'PK\u0003\u0004 cut off'))).toEqual({ trouble: 'unreadable' });
});
