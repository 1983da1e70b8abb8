import { on } from '../story/clock';
import type { Story } from '../story/story';
import { answersOpinion, givesOpinion } from '../story/verbs';
import { town } from './town';

/** What people think of the app itself: read by the administrator alone. */
export const opinionStories: Story[] = town([
  {
    key: 'opinion-gloves',
    tells: '戴手套点不准：管理员答复了',
    ends: 'answered',
    steps: [
      [
        on(5, '09:20'),
        '李平',
        givesOpinion(
          '冬天戴手套，类别的格子点不准，能不能再大一点？',
          { at: '机械厂老院 1栋' },
          '/issues/new'
        )
      ],
      [on(4, '10:05'), '管理员', answersOpinion('设置里的“字号”选特大字，格子也会变大。')]
    ]
  },
  {
    key: 'opinion-album',
    tells: '想要连拍：管理员还没看',
    ends: 'given',
    steps: [
      [
        on(1, '17:30'),
        '刘燕',
        givesOpinion(
          '一处要拍三四张，每拍一张就回到表上，能不能连着拍？',
          { at: '向阳苑 1栋' },
          '/issues/new'
        )
      ]
    ]
  }
]);
