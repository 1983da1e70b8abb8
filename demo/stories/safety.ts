import { lately, on, soon } from '../story/clock';
import type { Story } from '../story/story';
import {
  closes,
  commentsOnCase,
  fails,
  followsUp,
  handles,
  opens,
  passes,
  reportsIssue,
  sendsTo,
  takesUp
} from '../story/verbs';
import { town } from './town';

/** Fire routes, electricity, gas, lifts. */
export const safetyStories: Story[] = town([
  {
    key: 'sofa-on-stairs',
    tells: '楼道沙发：说处理了，李平核查没过，重办',
    ends: 'rework',
    overdue: true,
    steps: [
      [
        on(5, '10:25'),
        '李平',
        reportsIssue('C02', '三楼转角堆了一张旧沙发，只剩一个人侧身过的宽度。', {
          at: '青松苑 2栋',
          photos: ['sofa-on-stairs']
        })
      ],
      [on(5, '10:50'), '王丽', opens()],
      [on(5, '10:52'), '王丽', takesUp()],
      [on(5, '10:55'), '王丽', sendsTo('锦和物业', '请联系清运，今天移出楼道。')],
      [on(4, '09:30'), '张师傅', handles('沙发已抬到一楼门厅，等回收车。', 'sofa-in-hall')],
      [on(4, '14:15'), '李平', fails('还在楼里：挪到门厅照样挡着出口，要清出单元门。')],
      [on(4, '14:40'), '王丽', commentsOnCase('请明天上午前运走，社区这边已联系大件回收点。')]
    ]
  },
  {
    key: 'fire-lane',
    tells: '消防通道被占：现场叫车主挪走，一步办完',
    ends: 'closed',
    steps: [
      [
        on(3, '09:50'),
        '李平',
        reportsIssue('C02', '一辆小车停在消防通道黄线内，已请车主当场挪走，并提醒门岗留意。', {
          at: '机械厂老院 4栋',
          photos: ['fire-lane-blocked'],
          solved: 'fire-lane-cleared'
        })
      ],
      [on(3, '10:15'), '吴晓', opens()],
      [on(3, '10:16'), '吴晓', takesUp()],
      [on(3, '10:17'), '吴晓', closes('solvedOnSpot')]
    ]
  },
  {
    key: 'e-bike-in-stairwell',
    tells: '电动车进楼：物业说推出去了，等李平核查',
    ends: 'handled',
    steps: [
      [
        on(2, '09:35'),
        '李平',
        reportsIssue('C19', '一楼楼梯口停了一辆电动车，正在充电。', {
          at: '机械厂老院 2栋',
          photos: ['e-bike-in-stairwell']
        })
      ],
      [on(2, '09:50'), '王丽', opens()],
      [on(2, '09:52'), '王丽', takesUp()],
      [on(2, '09:53'), '王丽', sendsTo('锦和物业', '请马上请车主推到车棚，贴温馨提示。')],
      [on(1, '10:10'), '张师傅', handles('车已推到车棚，楼口贴了提示，门岗晚上会巡一次。', 'stairs-cleared')]
    ]
  },
  {
    key: 'basement-boards',
    tells: '地下室没有信号：先存在本机，一个多小时后才到社区',
    ends: 'closed',
    steps: [
      [
        on(11, '10:40'),
        '李平',
        reportsIssue('C02', '地下室过道堆了装修板材和油漆桶，占了大半。', {
          at: '青松苑 3栋',
          known: 'building',
          words: '地下室过道'
        }),
        83
      ],
      [on(11, '13:20'), '王丽', opens()],
      [on(11, '13:22'), '王丽', takesUp()],
      [on(11, '13:25'), '王丽', sendsTo('锦和物业', '油漆桶先搬出地下室，板材限两天清走。')],
      [on(10, '16:20'), '张师傅', handles('油漆桶当天清走，板材今天拉完，过道已扫。')],
      [on(9, '10:50'), '李平', passes('过道通了。'), 70],
      [on(9, '14:10'), '王丽', closes()]
    ]
  },
  {
    key: 'smell-of-gas',
    tells: '闻到燃气味：两小时时限，当场关阀，办结',
    ends: 'closed',
    steps: [
      [
        on(18, '16:05'),
        '刘燕',
        reportsIssue('C20', '三楼过道有燃气味，已开窗，提醒邻居不开灯不用火，并打了抢修电话。', {
          at: '向阳苑 2栋',
          answers: { kind: 'smell' }
        })
      ],
      [on(18, '16:07'), '王丽', opens()],
      [on(18, '16:08'), '王丽', takesUp()],
      [on(18, '16:09'), '王丽', sendsTo('燃气服务站', '抢修电话已打，请到场后回复。')],
      [on(18, '17:05'), '王丽', handles('燃气服务站到场：表前接头微漏，已紧固并测漏合格。')],
      [on(18, '17:20'), '刘燕', passes('没有味道了，关窗半小时后又闻过。')],
      [on(18, '17:28'), '王丽', closes()]
    ]
  },
  {
    key: 'lift-doors',
    tells: '电梯门反复开合：当天修好',
    ends: 'closed',
    steps: [
      [
        on(15, '08:55'),
        '刘燕',
        reportsIssue('C17', '2 号梯到一楼门反复开合，无人被困。', {
          at: '天和汇 6栋',
          answers: { trapped: 'no', state: 'doors' }
        })
      ],
      [on(15, '09:02'), '吴晓', opens()],
      [on(15, '09:03'), '吴晓', takesUp()],
      [on(15, '09:05'), '吴晓', sendsTo('电梯维保站', '请一小时内到场，先停用贴告示。')],
      [on(15, '11:20'), '吴晓', handles('维保站回复：门光幕脏污误报，已清洁更换，试运行 20 次正常。')],
      [on(15, '15:10'), '刘燕', passes()],
      [on(15, '15:25'), '吴晓', closes()]
    ]
  },
  {
    key: 'loose-roof-tiles',
    tells: '屋檐瓦片松动：先围起来，已派单，约好后天来修',
    ends: 'dispatched',
    steps: [
      [
        on(3, '11:15'),
        '小何',
        reportsIssue('C18', '临巷屋檐有几片瓦松了，下面是过道，已拉警戒带。', {
          at: '石灰巷 8号',
          words: '临巷一侧',
          answers: { kind: 'fall', danger: 'soon', done: 'guarded' }
        })
      ],
      [lately(330), '王丽', opens()],
      [lately(325), '王丽', takesUp()],
      [lately(320), '王丽', sendsTo('长天物业', '请派人上屋面检修，施工时专人看护。')],
      [lately(300), '小何', followsUp('房屋维修队', 'call', '今天排不开，约好后天一早来。', soon(2))]
    ]
  }
]);
