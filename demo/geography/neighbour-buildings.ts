import { blocks, house, type Courtyard, type MicroGridBuildings } from './building-plan.ts';

const locustShop: Courtyard = { name: '槐树店小区', floors: 6, hasLift: false };
const locustShade: Courtyard = { name: '槐荫苑', floors: 18, hasLift: true };
const osmanthus: Courtyard = { name: '金桂花园', floors: 11, hasLift: true };

export const neighbourBuildingPlans: MicroGridBuildings[] = [
  [
    blocks(locustShop, [1, 2], { first: [540, 350], step: [2, -40], size: [100, 13], turn: 2 }),
    blocks(locustShade, [1, 2], { first: [714, 330], step: [4, -110], size: [60, 20], turn: -6 })
  ],
  [
    [
      ...blocks(osmanthus, [1, 2], { first: [550, -50], step: [6, -70], size: [84, 17], turn: 4 }),
      house({ name: '金桂幼儿园', floors: 3 }, '', { at: [556, -250], size: [50, 22], turn: 4 })
    ],
    [
      house({ name: '槐树店社区服务中心', floors: 3, hasLift: true }, '', {
        at: [726, -70],
        size: [56, 24],
        turn: 3
      })
    ]
  ]
];
