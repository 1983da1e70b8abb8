import { demoCommunityCode, neighbourCommunityCode } from '../community.ts';
import type { Story } from '../story/story';

type Told = Omit<Story, 'community'>;

/** Stories of 长天路社区. */
export function town(stories: Told[]): Story[] {
  return stories.map((story) => ({ ...story, community: demoCommunityCode }));
}

/** Stories of 槐树店社区, which nobody of 长天路 but 王丽 and the street may see. */
export function neighbour(stories: Told[]): Story[] {
  return stories.map((story) => ({ ...story, community: neighbourCommunityCode }));
}
