import type { Area } from '../src/lib/domain/area';

/**
 * The areas above the demo's grids: 成华区 of Chengdu whole, as in the statistical area codes of 2023.
 * A community is written as its last three digits and its name without 社区居委会; villages stand in full.
 */
const district = '510108';

const communitiesByStreet: [digits: string, street: string, communities: string][] = [
  ['002', '猛追湾街道', '002建华 003石油 005望平 006祥和里 008踏水 009培华路 010建设中路'],
  ['004', '双桥子街道', '003双林 004双桥路北 005水碾河路北 006新鸿 007新华 008菽香里 009万晟 010三街坊'],
  ['006', '府青路街道', '002李家沱 004八里庄 005怡福 006文德 007桃源 008桃蹊'],
  ['007', '二仙桥街道', '001仙韵 002东路 003下涧槽 005东华 006长林盘 007人民塘 009圣灯 012华林 013枫景'],
  ['008', '跳蹬河街道', '001跳蹬河 003杉板桥 004锦绣 005建兴路 200跳蹬村委会'],
  ['010', '双水碾街道', '001站北路 003花径路 005荆竹 006横桥 008升仙湖 200双水碾村委会'],
  ['011', '万年场街道', '005槐树店 006联合 007长天路 008红桥 009双福路'],
  ['014', '保和街道', '002斑竹 004天鹅 006和顺 009杨柳 010迎晖 011胜利 012和美 013和欣'],
  ['015', '青龙街道', '001西林 002东林 003海滨湾 004新山 011昭青路 012仁义路 016昭觉 017致强'],
  [
    '016',
    '龙潭街道',
    '001正街 002隆兴路 003向龙 006丛树 007威灵 008同仁 009桂林 010同乐 012和成 014院山 016高洪 021华泰 022华冠 023龙瑞 024龙驰 025龙祥'
  ],
  ['017', '白莲池街道', '005白莲池 006一里塘 008狮子 009石岭 015将军碑']
];

function areasOfStreet([digits, name, communities]: [string, string, string]): Area[] {
  const street = { code: district + digits, name };
  return [street, ...communities.split(' ').map((entry) => communityIn(street.code, entry))];
}

function communityIn(streetCode: string, entry: string): Area {
  const name = entry.slice(3);
  return { code: streetCode + entry.slice(0, 3), name: name.endsWith('村委会') ? name : `${name}社区居委会` };
}

/** Province, city, district, 11 streets and 83 communities, each area after its parent. */
export const demoAreas: Area[] = [
  { code: '51', name: '四川省' },
  { code: '5101', name: '成都市' },
  { code: district, name: '成华区' },
  ...communitiesByStreet.flatMap(areasOfStreet)
];
