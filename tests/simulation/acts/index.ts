import type { Scene } from '../scene';
import type { Idle } from '../story';
import { corrects, exports, givesUp, tidies, triesNow } from './mending';
import { finishesForm, recordsReport } from './reporting';
import {
  amends,
  attachesPhoto,
  comments,
  doesSomething,
  givesOpinion,
  handsOver,
  hidesOrShows,
  readsHandover,
  walks
} from './working';

/** What people do with a tablet, each with how often. It returns, in words, what came of it. */
export const acts: Record<string, { weight: number; perform: (scene: Scene) => Promise<string | Idle> }> = {
  'records a report': { weight: 22, perform: recordsReport },
  'finishes a form': { weight: 3, perform: finishesForm },
  'does something': { weight: 24, perform: doesSomething },
  amends: { weight: 12, perform: amends },
  'hides or shows': { weight: 6, perform: hidesOrShows },
  comments: { weight: 6, perform: comments },
  'attaches a photo': { weight: 5, perform: attachesPhoto },
  walks: { weight: 5, perform: walks },
  'hands over': { weight: 3, perform: handsOver },
  'reads a handover': { weight: 4, perform: readsHandover },
  'gives an opinion': { weight: 2, perform: givesOpinion },
  'gives up': { weight: 3, perform: givesUp },
  corrects: { weight: 3, perform: corrects },
  'tries now': { weight: 2, perform: triesNow },
  exports: { weight: 2, perform: exports },
  tidies: { weight: 2, perform: tidies }
};
