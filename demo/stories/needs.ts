import { lately, on, soon } from '../story/clock';
import type { Story } from '../story/story';
import {
  closes,
  commentsOnCase,
  followsUp,
  handles,
  linksTo,
  opens,
  passes,
  reportsIssue,
  reportsNeed,
  sendsTo,
  takesUp,
  tells
} from '../story/verbs';
import { town } from './town';

/** What residents want. A need ends when the resident has been told. No name, phone or door stands in any of them. */
export const needStories: Story[] = town([
  {
    key: 'medicine',
    tells: '代取药：取回来，送到，告知',
    ends: 'told',
    steps: [
      [
        on(8, '09:55'),
        '李平',
        reportsNeed(
          'N01',
          '老人腿脚不便，请帮忙到社区卫生服务站取一个月的降压药，医保卡已交志愿者代管登记。',
          {
            at: '机械厂老院 6栋',
            known: 'building'
          }
        )
      ],
      [on(8, '10:20'), '王丽', opens()],
      [on(8, '10:21'), '王丽', takesUp()],
      [on(8, '10:24'), '王丽', sendsTo('社区志愿服务队', '请今天下午取药送到，卡和票据当面交还。')],
      [on(8, '16:30'), '王丽', handles('志愿者已取药送到，卡和票据当面交还。')],
      [on(7, '09:05'), '李平', passes('问过了，药和剂量都对。')],
      [on(7, '09:20'), '王丽', closes()],
      [on(7, '09:40'), '李平', tells('当面说了：以后每月 20 号前后都可以代取。')]
    ]
  },
  {
    key: 'carrying-rice',
    tells: '搬米上楼：顺手就办了，也告诉了',
    ends: 'told',
    steps: [
      [
        on(10, '17:05'),
        '李平',
        reportsNeed('N07', '帮忙把米和油搬上五楼，没有电梯。', {
          at: '机械厂老院 3栋',
          known: 'building',
          solved: true
        })
      ],
      [on(10, '17:06'), '李平', tells('当场搬好了。', 'onSpot')],
      [on(9, '08:50'), '王丽', opens()]
    ]
  },
  {
    key: 'evening-repair',
    tells: '希望晚上来修：错时服务，正在安排',
    ends: 'dispatched',
    steps: [
      [
        lately(290),
        '刘燕',
        reportsNeed('N06', '厨房水龙头关不严，白天家里没人，希望晚上七点半以后来修。', {
          at: '向阳苑 3栋',
          known: 'building',
          wished: soon(1, '19:30')
        })
      ],
      [lately(250), '吴晓', opens()],
      [lately(248), '吴晓', takesUp()],
      [lately(245), '吴晓', sendsTo('长天物业', '住户约在晚上七点半以后，请按约定时间上门。')]
    ]
  },
  {
    key: 'allowance-errand',
    tells: '代办高龄津贴：材料齐了，正在办',
    ends: 'dispatched',
    steps: [
      [
        on(2, '14:50'),
        '李平',
        reportsNeed('N03', '想代办高龄津贴申请，材料在家备好了，请上门取。', {
          at: '青松苑 4栋',
          known: 'building'
        })
      ],
      [on(2, '15:20'), '王丽', opens()],
      [on(1, '14:00'), '王丽', takesUp()],
      [on(1, '14:02'), '王丽', sendsTo('社区志愿服务队', '请上门取材料到便民窗口，缺的当场告知。')],
      [on(1, '16:45'), '王丽', commentsOnCase('材料已收齐交窗口，预计三个工作日出结果。')]
    ]
  },
  {
    key: 'broken-step',
    tells: '台阶缺了一块：和下面那位老人的陪诊需求关联',
    ends: 'handled',
    steps: [
      [
        on(4, '09:15'),
        '李平',
        reportsIssue('C01', '单元门口第二级台阶缺了一块，雨天滑。', {
          at: '机械厂老院 5栋',
          answers: { what: 'other', state: 'broken' }
        })
      ],
      [on(4, '09:30'), '王丽', opens()],
      [on(4, '09:32'), '王丽', takesUp()],
      [on(4, '09:35'), '王丽', sendsTo('锦和物业', '请补平台阶，加防滑条。')],
      [on(1, '15:10'), '张师傅', handles('台阶已补平，养护一天，加了防滑条和扶手。')]
    ]
  },
  {
    key: 'company-to-doctor',
    tells: '陪诊：因为台阶不好走，需要有人扶着下楼',
    ends: 'closed',
    steps: [
      [
        on(4, '09:22'),
        '李平',
        reportsNeed('N05', '后天上午去医院复查，门口台阶不好走，想有人扶着下楼、陪着排队。', {
          at: '机械厂老院 5栋',
          known: 'building'
        })
      ],
      [on(4, '09:24'), '李平', linksTo('broken-step')],
      [on(4, '09:50'), '王丽', opens()],
      [on(4, '09:52'), '王丽', takesUp()],
      [on(4, '09:55'), '王丽', sendsTo('社区志愿服务队', '请安排一位志愿者全程陪同，提前一天确认时间。')],
      [on(2, '12:10'), '王丽', handles('志愿者陪同复查完毕，已送回家。')],
      [on(2, '16:55'), '李平', passes()],
      [on(1, '09:00'), '王丽', closes()]
    ]
  },
  {
    key: 'meal-help',
    tells: '想订午餐：说好三天前回话，已经过了，提醒李平',
    ends: 'accepted',
    steps: [
      [
        on(7, '11:05'),
        '李平',
        reportsNeed('N09', '想在社区食堂订工作日午餐，问能不能送到院里。', {
          at: '青松苑 1栋',
          known: 'building'
        })
      ],
      [on(7, '11:30'), '王丽', opens()],
      [on(7, '11:32'), '王丽', takesUp()],
      [
        on(6, '10:00'),
        '李平',
        followsUp('社区食堂', 'call', '食堂说算一下送餐路线，三天内回话。', on(3, '12:00'))
      ]
    ]
  },
  {
    key: 'subsidy-question',
    tells: '政策咨询：今天刚登记',
    ends: 'reported',
    steps: [
      [
        lately(70),
        '罗强',
        reportsNeed('N08', '想问老房加装电梯的补贴怎么申请、要几户同意。', {
          at: '建工宿舍 2栋',
          known: 'building'
        })
      ]
    ]
  }
]);
