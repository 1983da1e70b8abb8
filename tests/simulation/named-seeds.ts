import { anOlderTablet } from './older-tablet';
import type { Plan } from './run';

const world = (seed: number): Plan => ({ seed, tablets: 3, steps: 40 });
/** From before there were older tablets, which would make another world of it. */
const earlier = (seed: number): Plan => ({ ...world(seed), without: [anOlderTablet] });

/**
 * Worlds that found a mistake in product code. They broke a law again where its mend was taken out, as long as the draws
 * were the same; with handovers and opinions among the acts they are other worlds. Each mistake is a test of its own
 * elsewhere.
 */
export const namedSeeds: readonly { what: string; plan: Plan }[] = [
  { what: 'a change that names two records outlived both, erased one after the other', plan: earlier(186) },
  { what: 'an upload that ended while its record was being erased failed for ever', plan: earlier(1600) },
  { what: 'a report linked with one that was corrected stayed linked', plan: earlier(1635) },
  {
    what: 'who took part no more knew nothing of the log when yesterday’s store gave the grid back',
    plan: earlier(1673)
  },
  { what: 'a picture of a form saved in this very moment went before its declaration', plan: earlier(2160) },
  { what: 'a picture that had found the store full stayed unprocessed', plan: earlier(5067) },
  { what: 'a late receipt made an erased record anew on its tablet', plan: earlier(6038) },
  { what: 'a picture that was all the office lost was not offered again', plan: earlier(7085) },
  { what: 'a change was accepted ahead of one on the same record that had to wait', plan: earlier(7780) },
  { what: 'what was built on what was built on a report stayed when that was given up', plan: earlier(9559) },
  {
    what: 'an erased record lay on under a refused change of somebody who could see it no more',
    plan: earlier(10020)
  },
  { what: 'who took part nowhere before a first pull kept its records', plan: world(189) },
  { what: 'who took part nowhere was not told that it did again', plan: earlier(20928) },
  { what: 'a case built anew was not told to whom it was told before', plan: earlier(21084) },
  { what: 'a picture erased while it was moved made the server fail', plan: world(23260) },
  { what: 'a comment waited for ever for somebody else’s refused report', plan: world(23362) },
  { what: 'a link to an erased report stayed on a report sent with it', plan: world(28063) },
  {
    what: 'a lost picture of a record that had left with its grid was not offered again',
    plan: earlier(30635)
  },
  { what: 'a patrol of a grid that came and went stayed with its walker', plan: world(41784) },
  { what: 'an amendment taken after all, once refused, did not show', plan: world(60131) },
  { what: 'what was refused showed no more while it was asked about again', plan: world(41473) },
  { what: 'the office was judged in the middle of its daily sweep', plan: world(81328) },
  {
    what: 'what was recorded where no page ever came from stayed when the grant was gone',
    plan: world(90985)
  },
  {
    what: 'words on an erased report and its case stayed with who had left its grid',
    plan: world(107857)
  }
];
