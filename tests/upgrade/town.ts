// What the community of the recordings has decided and drawn, and who works there. All of it is invented.
import { v7 as uuidV7 } from 'uuid';
import type { UnitId } from '../../src/lib/domain/ids';
import { saveAreas, saveCommunity, saveItems } from '../../src/lib/server/records/reference';
import { starterCategories } from '../../src/lib/server/starter/categories';
import { starterNeedTypes } from '../../src/lib/server/starter/need-types';
import type { Store } from '../../src/lib/server/store';
import { community, gridOne, gridTwo } from '../support/codes';
import { hire } from '../support/office';

const square = (east: number) => ({
  type: 'Polygon' as const,
  coordinates: [
    [
      [east, 30.66],
      [east + 0.01, 30.66],
      [east + 0.01, 30.67],
      [east, 30.66]
    ]
  ]
});

/** Few categories, so that a recording stays small: public facilities, and the rest. */
const categories = ['C01', 'C13', 'C14', 'C12'];

export async function settle(store: Store) {
  const unit = uuidV7() as UnitId;
  await saveAreas(store, [{ code: community, name: '长天路社区居委会' }]);
  await saveCommunity(store, community, '长天路社区居委会', false);
  const chosen = starterCategories.filter(({ code }) => categories.includes(code));
  await saveItems(
    store,
    community,
    'category',
    chosen.map((item) => ({ code: item.code, item: { ...item, questions: [] } }))
  );
  await saveItems(
    store,
    community,
    'needType',
    starterNeedTypes.slice(0, 2).map((item) => ({ code: item.code, item }))
  );
  await saveItems(
    store,
    community,
    'grid',
    [gridOne, gridTwo].map((code, index) => ({
      code,
      item: { code, name: `第${index + 1}网格`, border: square(104.08 + index / 100) }
    }))
  );
  await saveItems(store, community, 'unit', [
    { code: unit, item: { id: unit, name: '锦和物业', kind: 'property' } }
  ]);
  await saveItems(store, community, 'setting', [
    { code: 'trackPurpose', item: { trackPurpose: '看哪些地方很久没走到' } }
  ]);
  return {
    unit,
    li: await hire(store, '李平', [{ role: 'gridWorker', area: gridOne }]),
    chen: await hire(store, '陈兰', [{ role: 'gridWorker', area: gridOne }]),
    wang: await hire(store, '王丽', [{ role: 'communityOfficer', area: community }]),
    zhou: await hire(store, '周孃孃', [{ role: 'microGridWorker', area: `${gridOne}01` }]),
    zhang: await hire(store, '张师傅', [{ role: 'unitHandler', area: community, unit }])
  };
}
