import type { Line } from '../line';
import { coldStart } from './cold-start';
import { firstLoad } from './first-load';
import { killedBrowser } from './killed-browser';
import { longLists } from './long-lists';
import { peers } from './peers';
import { receiving } from './receiving';
import { saving } from './saving';

/** In the order of the table of bars. */
export const lines: Line[] = [
  ...peers,
  coldStart,
  firstLoad,
  ...saving,
  ...longLists,
  receiving,
  killedBrowser
];
