import { lately, on } from '../story/clock';
import type { Story } from '../story/story';
import {
  closes,
  commentsOnCase,
  handles,
  opens,
  passes,
  rejects,
  reportsIssue,
  sendsTo,
  takesUp,
  withdraws
} from '../story/verbs';
import { town } from './town';

/** Disputes and tips, and what the office does not take up. */
export const disputeStories: Story[] = town([
  {
    key: 'leak-dispute',
    tells: '楼上楼下漏水纠纷：仅社区可见，微网格员和别的网格员都看不到',
    ends: 'dispatched',
    steps: [
      [
        on(2, '10:55'),
        '李平',
        reportsIssue('C07', '楼上卫生间渗水到楼下，两家为谁出钱修争执，已劝开，约好坐下来谈。', {
          at: '青松苑 4栋',
          known: 'building',
          communityOnly: true,
          answers: { cause: 'leak', parties: 'two', level: 'heated', calmNow: 'calm' }
        })
      ],
      [on(2, '11:10'), '王丽', opens()],
      [on(2, '11:12'), '王丽', takesUp()],
      [on(2, '11:15'), '王丽', sendsTo('社区调解委员会', '请约双方到调解室，先请物业查清漏点。')],
      [on(1, '17:00'), '王丽', commentsOnCase('漏点查明是地漏周边，双方同意先修后分摊，约定再谈一次。')]
    ]
  },
  {
    key: 'free-eggs',
    tells: '疑似诈骗线索：随手拍，派给派出所，等核查',
    ends: 'handled',
    steps: [
      [
        on(3, '10:30'),
        '李平',
        reportsIssue('C09', '院门口有人发“免费体检领鸡蛋”的传单，要老人登记身份证和银行卡。', {
          at: '机械厂老院 1栋',
          words: '院门口',
          answers: { channel: 'visit', paid: 'no', policeTold: 'yes' }
        })
      ],
      [on(3, '10:33'), '王丽', opens()],
      [on(3, '10:34'), '王丽', takesUp()],
      [on(3, '10:35'), '王丽', sendsTo('万年场派出所', '请到场核查；社区同时在各院群里提醒。')],
      [on(3, '15:40'), '郑警官', handles('已到场制止并登记，传单收缴，向在场老人做了反诈宣传。')]
    ]
  },
  {
    key: 'parking-fees',
    tells: '物业收费纠纷：谈成，办结',
    ends: 'closed',
    steps: [
      [
        on(20, '15:15'),
        '刘燕',
        reportsIssue('C08', '几户对地面停车费涨价有意见，在门岗争论，情绪平稳。', {
          at: '天和汇 1栋',
          words: '门岗',
          communityOnly: true,
          answers: { cause: 'fees', parties: 'more', level: 'words', calmNow: 'calm' }
        })
      ],
      [on(20, '15:40'), '王丽', opens()],
      [on(20, '15:42'), '王丽', takesUp()],
      [on(20, '15:45'), '王丽', sendsTo('社区调解委员会', '请约物业和住户代表开协商会。')],
      [on(17, '11:30'), '吴晓', handles('协商会开过：今年维持原价，明年调价前先公示征求意见。')],
      [on(17, '15:00'), '王丽', passes('双方都回访过。')],
      [on(17, '15:10'), '王丽', closes()]
    ]
  },
  {
    key: 'night-works',
    tells: '夜间施工噪声：有许可，不予受理，写明原因',
    ends: 'rejected',
    steps: [
      [
        on(5, '08:45'),
        '罗强',
        reportsIssue('C25', '昨晚路口挖沟响到十二点，有人反映睡不着。', { at: '锦和里 1栋', words: '路口' })
      ],
      [on(5, '09:10'), '吴晓', opens()],
      [
        on(5, '09:25'),
        '吴晓',
        rejects('燃气管抢修，有夜间施工许可，到明晚结束。已请施工方加隔音板，公示牌照片在群里。')
      ]
    ]
  },
  {
    key: 'bikes-gone',
    tells: '单车乱停：刚报就被拖走了，李平自己撤回',
    ends: 'withdrawn',
    steps: [
      [
        on(3, '14:20'),
        '李平',
        reportsIssue('C23', '共享单车倒了一片，挡住盲道。', { at: '青松苑 1栋', words: '院门外人行道' })
      ],
      [on(3, '14:35'), '李平', withdraws()]
    ]
  },
  {
    key: 'night-drinkers',
    tells: '噪声反映：今天的，社区已查看，还没受理',
    ends: 'reported',
    steps: [
      [
        lately(140),
        '刘燕',
        reportsIssue('C25', '楼下夜宵摊喝酒喧哗到后半夜，几户都来说。', { at: '天和汇 商业楼' })
      ],
      [lately(95), '吴晓', opens()]
    ]
  }
]);
