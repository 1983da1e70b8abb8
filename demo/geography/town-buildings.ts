import {
  alongLane,
  blocks,
  house,
  openPlace,
  withFacts,
  type Courtyard,
  type MicroGridBuildings
} from './building-plan.ts';

const oldFactory: Courtyard = {
  name: '机械厂老院',
  aliases: ['老厂院'],
  stairwells: ['1', '2', '3'],
  floors: 7,
  hasLift: false
};
const sunnyCourt: Courtyard = { name: '向阳苑', stairwells: ['1', '2'], floors: 6, hasLift: false };
const school: Courtyard = { name: '向阳小学', floors: 4, hasLift: false };
const skyPlaza: Courtyard = { name: '天和汇', aliases: ['天和汇小区'], floors: 30, hasLift: true };
const greenPines: Courtyard = { name: '青松苑', stairwells: ['1', '2', '3', '4'], floors: 6, hasLift: false };
const grainStation: Courtyard = { name: '粮站宿舍', aliases: ['粮站老院'], floors: 5, hasLift: false };
const railwayHomes: Courtyard = {
  name: '铁路宿舍',
  aliases: ['铁路院'],
  stairwells: ['1', '2'],
  floors: 6,
  hasLift: false
};
const market: Courtyard = { name: '农贸市场', aliases: ['菜市场'], floors: 2, hasLift: false };
const buildersHomes: Courtyard = { name: '建工宿舍', stairwells: ['1', '2', '3'], floors: 7, hasLift: false };
const brocade: Courtyard = { name: '锦和里', floors: 11, hasLift: true };
const stoneBridge: Courtyard = { name: '石桥小区', floors: 6, hasLift: false };
const limeLane: Courtyard = { name: '石灰巷', aliases: ['石灰窑'], floors: 2, hasLift: false };
const riverside: Courtyard = { name: '河畔人家', floors: 18, hasLift: true };

const factoryQuarter: MicroGridBuildings = [
  blocks(oldFactory, [1, 2, 3], { first: [-386, 348], step: [0, -31], size: [98, 13], turn: 4 }),
  [
    ...blocks(oldFactory, [4, 5], { first: [-244, 374], step: [2, -35], size: [96, 13], turn: 3 }),
    house(oldFactory, '老年活动室', { at: [-208, 296], size: [30, 15], turn: 2 }, { floors: 1 }),
    openPlace('机械厂老院', '健身角', [-262, 298], { aliases: ['老厂院健身角'], note: '健身器材共 9 件。' })
  ],
  [
    ...blocks(oldFactory, [6, 7], { first: [-386, 228], step: [1, -36], size: [98, 13], turn: 2 }),
    house(
      { name: '机械厂单身楼', aliases: ['单身楼'] },
      '',
      { at: [-244, 216], size: [72, 15], turn: 2 },
      { floors: 4 }
    )
  ]
];

const sunnyQuarter: MicroGridBuildings = [
  [
    house(school, '教学楼', { at: [-88, 372], size: [96, 15], turn: -1 }),
    house(school, '综合楼', { at: [-138, 312], size: [15, 64], turn: -2 }),
    house({ name: '党群服务中心', aliases: ['长天路社区', '居委会'], floors: 3, hasLift: true }, '', {
      at: [-96, 178],
      size: [58, 22],
      turn: 3
    })
  ],
  blocks(sunnyCourt, [1, 2, 3], { first: [72, 370], step: [0, -33], size: [100, 13], turn: -2 }),
  [
    ...blocks(sunnyCourt, [4, 5], { first: [68, 236], step: [-1, -33], size: [100, 13], turn: -2 }),
    house({ name: '社区卫生服务站', aliases: ['卫生站'], floors: 2 }, '', {
      at: [68, 160],
      size: [46, 16],
      turn: -3
    })
  ]
];

const skyQuarter: MicroGridBuildings = [
  [
    house(skyPlaza, '1栋', { at: [192, 362], size: [34, 24], turn: 12 }),
    house(skyPlaza, '2栋', { at: [258, 346], size: [34, 24], turn: 12 }),
    house(skyPlaza, '3栋', { at: [196, 236], size: [34, 24], turn: -10 })
  ],
  [
    house(skyPlaza, '5栋', { at: [342, 366], size: [34, 24], turn: -8 }),
    house(
      skyPlaza,
      '6栋',
      { at: [406, 350], size: [34, 24], turn: -8 },
      {
        note: '地下二层车库没有手机信号。'
      }
    )
  ],
  [
    house(skyPlaza, '7栋', { at: [318, 226], size: [34, 24], turn: 14 }),
    house(skyPlaza, '8栋', { at: [402, 224], size: [34, 24], turn: 14 }),
    house(
      skyPlaza,
      '商业楼',
      { at: [350, 160], size: [150, 20], turn: 1 },
      { aliases: ['天和汇商场'], floors: 4 }
    )
  ]
];

const pinesQuarter: MicroGridBuildings = [
  withFacts(
    blocks(greenPines, [1, 2, 3], { first: [-388, 92], step: [0, -32], size: [102, 13], turn: -2 }),
    '3栋',
    { note: '地下室没有手机信号，记录先存在本机。' }
  ),
  [
    ...blocks(greenPines, [4, 5, 6], { first: [-234, 88], step: [12, -34], size: [92, 13], turn: -2 }),
    ...blocks(railwayHomes, [1, 2], { first: [-92, -42], step: [22, -32], size: [96, 13], turn: -6 })
  ],
  blocks(grainStation, [1, 2], { first: [-388, -44], step: [6, -38], size: [98, 13], turn: 1 })
];

const marketQuarter: MicroGridBuildings = [
  [
    house({ name: '邮电宿舍', aliases: ['邮电局宿舍'], floors: 6, hasLift: false }, '', {
      at: [-66, 112],
      size: [76, 13],
      turn: 2
    }),
    openPlace('三角小游园', '', [-62, 66], { aliases: ['三角花园'], note: '有健身器材和儿童滑梯。' })
  ],
  [
    house(
      market,
      '',
      { at: [66, 76], size: [96, 48], turn: -3 },
      {
        note: '早上 6 点到 10 点人多，里面信号弱。'
      }
    ),
    house({ name: '市场商住楼', floors: 8, hasLift: true }, '', { at: [176, 72], size: [22, 66], turn: -3 })
  ],
  [
    ...blocks(buildersHomes, [1, 2], { first: [16, -38], step: [32, 16], size: [82, 13], turn: -47 }),
    ...blocks(buildersHomes, [3, 4], { first: [152, -26], step: [2, -40], size: [92, 13], turn: 2 })
  ]
];

const brocadeQuarter: MicroGridBuildings = [
  blocks(brocade, [1, 2], { first: [272, 98], step: [4, -54], size: [70, 17], turn: 4 }),
  blocks(brocade, [3, 5], { first: [392, 104], step: [4, -54], size: [70, 17], turn: 4 }),
  [
    ...blocks(brocade, [6, 7], { first: [284, -28], step: [4, -46], size: [70, 17], turn: -3 }),
    ...blocks(brocade, [8, 9], { first: [400, -34], step: [2, -46], size: [70, 17], turn: -3 })
  ]
];

const laneQuarter: MicroGridBuildings = [
  [
    ...blocks(stoneBridge, [1, 2, 3], { first: [-376, -158], step: [2, -31], size: [100, 13], turn: -2 }),
    house({ name: '老年日间照料中心', aliases: ['日照中心'], floors: 2, hasLift: true }, '', {
      at: [-366, -282],
      size: [52, 18],
      turn: -5
    })
  ],
  [
    house({ name: '供销社老院', floors: 3, hasLift: false }, '', {
      at: [-202, -156],
      size: [66, 14],
      turn: 2
    }),
    ...alongLane(limeLane, 'i1 i2 d2', [2, 4, 6, 8, 10, 12, 14], {
      from: 0.1,
      to: 0.9,
      aside: 6,
      size: [22, 12]
    })
  ],
  [
    ...alongLane(limeLane, 'i1 i2 d2', [1, 3, 5, 7, 9, 11, 13], {
      from: 0.08,
      to: 0.86,
      aside: -6,
      size: [24, 12]
    }),
    openPlace('石灰窑遗址', '', [-196, -316], { aliases: ['老窑'] })
  ]
];

const riverQuarter: MicroGridBuildings = [
  blocks(riverside, [1, 2], { first: [150, -146], step: [10, -50], size: [78, 17], turn: 3 }),
  blocks(riverside, [3, 5], { first: [352, -148], step: [6, -44], size: [96, 17], turn: -2 }),
  [
    house({ name: '河畔幼儿园', floors: 3 }, '', { at: [186, -296], size: [54, 22], turn: -4 }),
    house({ name: '绿道驿站', aliases: ['公厕', '驿站'], floors: 1 }, '', {
      at: [304, -346],
      size: [22, 11],
      turn: 8
    }),
    openPlace('沿河绿道', '', [238, -378], { aliases: ['绿道', '河边步道'], note: '雨季涨水时不要靠近。' })
  ]
];

export const townBuildingPlans: MicroGridBuildings[] = [
  factoryQuarter,
  sunnyQuarter,
  skyQuarter,
  pinesQuarter,
  marketQuarter,
  brocadeQuarter,
  laneQuarter,
  riverQuarter
];
