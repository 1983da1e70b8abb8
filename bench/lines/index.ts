import type { Line } from '../line';
import { coldStart } from './cold-start';
import { firstLoad } from './first-load';
import { growthLines } from './growth';
import { hostile } from './hostile';
import { killedBrowser } from './killed-browser';
import { killedServer } from './killed-server';
import { listeningLines } from './listening';
import { longLists } from './long-lists';
import { peers } from './peers';
import { receiving } from './receiving';
import { saving } from './saving';
import { shiftEnd } from './shift-end';

/** In the order of the table of bars. */
export const lines: Line[] = [
  ...peers,
  coldStart,
  firstLoad,
  ...saving,
  ...longLists,
  receiving,
  ...shiftEnd,
  ...growthLines,
  ...listeningLines,
  ...killedServer,
  killedBrowser,
  ...hostile
];
