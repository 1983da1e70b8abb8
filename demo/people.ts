import type { AreaCode } from '../src/lib/domain/area';
import type { Grant, Role } from '../src/lib/domain/grant';
import { msToInstant } from '../src/lib/domain/instant';
import { demoCommunityCode, neighbourCommunityCode } from './community.ts';
import { daysFrom, on, whenToMs } from './story/clock';
import { unitIdOf, type UnitName } from './units';

type Words = { zh: string; en: string };

interface Person {
  login: string;
  /** As the table of accounts says it. */
  role: Words;
  /** What is worth looking at with this account. */
  look: Words;
  grants: (nowMs: number) => Grant[];
}

const grid = (...numbers: number[]): AreaCode[] => numbers.map((number) => `${demoCommunityCode}00${number}`);
const always = (role: Role, areas: AreaCode[]) => () => areas.map((area) => ({ role, area }));
const forUnit = (name: UnitName, areas: AreaCode[]) => (): Grant[] =>
  areas.map((area) => ({ role: 'unitHandler', area, unit: unitIdOf(name) }));

/** The working days on which 小何 covers for others: grid 4 some weeks ago, grid 7 now. */
export const covers = { pines: { from: 22, to: 17 }, lane: { from: 8 } };

/** 代班: two dated grants. One has ended, and with it all access to grid 4; the other ends by itself next week. */
function coverGrants(nowMs: number): Grant[] {
  const start = (workday: number) => msToInstant(whenToMs(on(workday, '07:30'), nowMs));
  const end = (workday: number) => msToInstant(whenToMs(on(workday, '19:00'), nowMs));
  const [pines, lane] = grid(4, 7) as [AreaCode, AreaCode];
  return [
    { role: 'gridWorker', area: pines, from: start(covers.pines.from), to: end(covers.pines.to) },
    {
      role: 'gridWorker',
      area: lane,
      from: start(covers.lane.from),
      to: msToInstant(daysFrom(nowMs, 9, '19:00'))
    }
  ];
}

/** The first is where somebody starts. */
const bothCommunities = [demoCommunityCode, neighbourCommunityCode];
const street = demoCommunityCode.slice(0, 9);
const district = demoCommunityCode.slice(0, 6);
const worker = { zh: '网格员', en: 'Grid worker' };
const volunteer = { zh: '微网格员', en: 'Micro-grid volunteer' };
const officer = { zh: '社区值班员', en: 'Community officer' };
const handler = { zh: '责任单位经办人', en: 'Unit handler' };

/** Everybody of the demo, by name. All are invented. */
export const people = {
  李平: {
    login: 'liping',
    role: worker,
    look: {
      zh: '平板：今天、记一条、巡查；第1、4网格',
      en: 'Tablet: today, record, patrol; grids 1 and 4'
    },
    grants: always('gridWorker', grid(1, 4))
  },
  小何: {
    login: 'xiaohe',
    role: { zh: '网格员（代班）', en: 'Grid worker (cover)' },
    look: {
      zh: '代第7网格到下周；以前代过第4网格，已看不到',
      en: 'Covers grid 7 until next week; grid 4 is over'
    },
    grants: coverGrants
  },
  刘燕: {
    login: 'liuyan',
    role: worker,
    look: { zh: '第2、3网格，看不到李平的记录', en: 'Grids 2 and 3: sees nothing of 李平' },
    grants: always('gridWorker', grid(2, 3))
  },
  罗强: {
    login: 'luoqiang',
    role: worker,
    look: { zh: '第5、6、8网格', en: 'Grids 5, 6 and 8' },
    grants: always('gridWorker', grid(5, 6, 8))
  },
  曾莉: {
    login: 'zengli',
    role: worker,
    look: { zh: '第7网格，休假中', en: 'Grid 7, on leave' },
    grants: always('gridWorker', grid(7))
  },
  周孃孃: {
    login: 'zhou',
    role: volunteer,
    look: {
      zh: '68 岁，只看自己的记录和院里的公共设施',
      en: 'Aged 68: her own records and public facilities only'
    },
    grants: always('microGridWorker', [`${grid(1)[0]}02`])
  },
  杨老师: {
    login: 'yang',
    role: volunteer,
    look: { zh: '农贸市场旁的微网格', en: 'The micro-grid beside the market' },
    grants: always('microGridWorker', [`${grid(5)[0]}01`])
  },
  唐静: {
    login: 'tangjing',
    role: { zh: '网格长', en: 'Grid lead' },
    look: { zh: '第1到第4网格', en: 'Grids 1 to 4' },
    grants: always('gridLead', grid(1, 2, 3, 4))
  },
  王丽: {
    login: 'wangli',
    role: officer,
    look: {
      zh: '电脑：受理、派单、核查、办结；兼管槐树店',
      en: 'Desk: take up, dispatch, check, close; also 槐树店'
    },
    grants: always('communityOfficer', bothCommunities)
  },
  吴晓: {
    login: 'wuxiao',
    role: officer,
    look: { zh: '只管长天路', en: '长天路 only' },
    grants: always('communityOfficer', [demoCommunityCode])
  },
  陈蓉: {
    login: 'chenrong',
    role: officer,
    look: { zh: '只管槐树店，看不到长天路', en: '槐树店 only: sees nothing of 长天路' },
    grants: always('communityOfficer', [neighbourCommunityCode])
  },
  邓刚: {
    login: 'denggang',
    role: worker,
    look: { zh: '槐树店的两个网格', en: 'The grids of 槐树店' },
    grants: always('gridWorker', [`${neighbourCommunityCode}001`, `${neighbourCommunityCode}002`])
  },
  赵敏: {
    login: 'zhaomin',
    role: { zh: '街道值班员', en: 'Street officer' },
    look: { zh: '万年场街道两个社区，可切换，只读', en: 'Both communities of 万年场街道, reads only' },
    grants: always('streetOfficer', [street])
  },
  张师傅: {
    login: 'zhang',
    role: handler,
    look: { zh: '锦和物业：只看派来的，看不到反映人', en: '锦和物业: its own cases, never who reported' },
    grants: forUnit('锦和物业', [demoCommunityCode])
  },
  冯工: {
    login: 'feng',
    role: handler,
    look: { zh: '市政养护所', en: '市政养护所 (roads, lamps, covers)' },
    grants: forUnit('市政养护所', bothCommunities)
  },
  郑警官: {
    login: 'police',
    role: { zh: '民警', en: 'Police' },
    look: { zh: '万年场派出所：只看派来的', en: '万年场派出所: its own cases only' },
    grants: forUnit('万年场派出所', bothCommunities)
  },
  管理员: {
    login: 'admin',
    role: { zh: '管理员', en: 'Administrator' },
    look: { zh: '看不到居民的事项', en: 'Sees no records of residents' },
    grants: always('admin', [district])
  }
} as const satisfies Record<string, Person>;

export type Who = keyof typeof people;

/** Whose grid it is (the digit of a grid of 长天路), so many working days ago. */
export function workerOf(gridDigit: string, workdaysAgo: number): Who {
  switch (gridDigit) {
    case '2':
    case '3':
      return '刘燕';
    case '4':
      return workdaysAgo <= covers.pines.from && workdaysAgo >= covers.pines.to ? '小何' : '李平';
    case '5':
    case '6':
    case '8':
      return '罗强';
    case '7':
      return workdaysAgo <= covers.lane.from ? '小何' : '曾莉';
    default:
      return '李平';
  }
}
