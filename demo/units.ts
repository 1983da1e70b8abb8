import { v7 as uuidV7 } from 'uuid';
import type { UnitId } from '../src/lib/domain/ids';
import type { Phone, Unit } from '../src/lib/domain/reference';

type Row = [name: string, kind: Unit['kind'], where: 'both' | 'town' | 'neighbour'];

const rows = [
  ['锦和物业', 'property', 'town'],
  ['长天物业', 'property', 'town'],
  ['金桂物业', 'property', 'neighbour'],
  ['万年场派出所', 'police', 'both'],
  ['街道综合执法队', 'department', 'both'],
  ['市政养护所', 'department', 'both'],
  ['环卫所', 'department', 'both'],
  ['供电服务站', 'other', 'both'],
  ['燃气服务站', 'other', 'both'],
  ['电梯维保站', 'other', 'both'],
  ['社区调解委员会', 'other', 'town'],
  ['社区志愿服务队', 'other', 'both']
] as const satisfies Row[];

export type UnitName = (typeof rows)[number][0];

const units = rows.map(([name, kind, where]) => ({ id: uuidV7() as UnitId, name, kind, where }));

/** The units a community may send work to. Those of the street serve both communities under one id. */
export function unitsOf(which: 'town' | 'neighbour'): Unit[] {
  return units
    .filter(({ where }) => where === 'both' || where === which)
    .map(({ id, name, kind }) => ({ id, name, kind }));
}

export function unitIdOf(name: UnitName): UnitId {
  return units.find((unit) => unit.name === name)!.id;
}

const urgent = (zh: string, en: string, number: string): Phone => ({ zh, en, number, urgent: true });
/** A number that nobody can have. */
const local = (zh: string, en: string, digits: string): Phone => ({
  zh,
  en,
  number: `028-0000-${digits}`,
  urgent: false
});

export const demoPhones: Phone[] = [
  urgent('报警', 'Police', '110'),
  urgent('火警', 'Fire', '119'),
  urgent('急救', 'Ambulance', '120'),
  urgent('反诈专线', 'Fraud line', '96110'),
  local('燃气抢修', 'Gas repair', '1001'),
  local('供电抢修', 'Power repair', '1002'),
  local('供水抢修', 'Water repair', '1003'),
  local('电梯困人', 'Lift rescue', '1004'),
  local('锦和物业服务台', 'Jinhe property desk', '1234'),
  local('长天物业服务台', 'Changtian property desk', '1235'),
  local('社区值班室', 'Community office', '1007')
];
