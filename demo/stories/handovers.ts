import { demoCommunityCode } from '../community.ts';
import { lately, on } from '../story/clock';
import type { Story } from '../story/story';
import { handsOver, readsHandover } from '../story/verbs';

/** The ends of two shifts: one that was read, and one that waits. */
export const handoverStories: Story[] = [
  {
    key: 'handover-read',
    tells: '李平交接第1网格，唐静看过了',
    community: demoCommunityCode,
    ends: 'read',
    steps: [
      [
        on(1, '17:35'),
        '李平',
        handsOver({ at: '机械厂老院 1栋' }, '7栋化粪池先撒了消毒粉，警示牌晚上请再看一眼。', [
          'septic-tank',
          'gate-closer'
        ])
      ],
      [on(1, '17:52'), '唐静', readsHandover()]
    ]
  },
  {
    key: 'handover-waiting',
    tells: '李平交接第4网格，还没有人看',
    community: demoCommunityCode,
    ends: 'waiting',
    steps: [
      [
        lately(20),
        '李平',
        handsOver({ at: '青松苑 1栋' }, '5栋飞线充电已经说过一次，晚上八点左右最多，请再去一趟。', [
          'hanging-cable',
          'sofa-on-stairs'
        ])
      ]
    ]
  }
];
