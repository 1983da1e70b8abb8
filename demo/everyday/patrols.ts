import { demoCommunityCode } from '../community.ts';
import { covers, type Who } from '../people';
import { chanceOf, pick } from '../story/chance';
import { on } from '../story/clock';
import type { Story } from '../story/story';
import { endsPatrol, pausesPatrol, resumesPatrol, startsPatrol } from '../story/verbs';
import { workdaysTold } from './deal';

const everyDay = () => true;

const rounds: { who: Who; walks: (workdaysAgo: number) => boolean; starts: string[] }[] = [
  { who: '李平', walks: everyDay, starts: ['机械厂老院 1栋', '青松苑 1栋'] },
  { who: '刘燕', walks: everyDay, starts: ['向阳苑 1栋', '天和汇 1栋'] },
  { who: '罗强', walks: everyDay, starts: ['农贸市场', '锦和里 1栋', '沿河绿道'] },
  { who: '曾莉', walks: (day) => day > covers.lane.from, starts: ['石桥小区 1栋'] },
  { who: '小何', walks: (day) => day <= covers.lane.from, starts: ['石灰巷 2号', '石桥小区 2栋'] }
];

const notes = [
  '',
  '',
  '',
  '院里都看了一遍，正常。',
  '雨后重点看了下水道和井盖。',
  '和门岗说了晚上留意楼道充电。'
];

/** A walk on most working days of each worker, with a break in the middle. Nobody has agreed to a track yet. */
export const patrolStories: Story[] = rounds.flatMap(({ who, walks, starts }) =>
  Array.from({ length: workdaysTold }, (_, index) => index + 1)
    .filter(walks)
    .flatMap((day) => patrolOn(day, who, starts))
);

function patrolOn(day: number, who: Who, starts: readonly string[]): Story[] {
  const chance = chanceOf(`patrol ${who} ${day}`);
  if (chance() < 0.15) return [];
  const digit = () => Math.floor(chance() * 10);
  return [
    {
      key: `patrol-${who}-${day}`,
      tells: `${who} 的巡查`,
      community: demoCommunityCode,
      ends: 'ended',
      steps: [
        [on(day, `08:3${digit()}`), who, startsPatrol({ at: pick(starts, chance) })],
        [on(day, `10:0${digit()}`), who, pausesPatrol()],
        [on(day, `10:2${digit()}`), who, resumesPatrol()],
        [on(day, `11:4${digit()}`), who, endsPatrol(pick(notes, chance))]
      ]
    }
  ];
}
