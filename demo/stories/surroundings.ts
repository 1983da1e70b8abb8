import { lately, on } from '../story/clock';
import type { Story } from '../story/story';
import {
  amendsText,
  closes,
  handles,
  opens,
  passes,
  reportsIssue,
  reportsNeed,
  sendsTo,
  takesUp
} from '../story/verbs';
import { neighbour, town } from './town';

/** Streets, market, trees, and what waits in the inbox today. Nothing of today is 李平's: his numbers start anew. */
export const surroundingStories: Story[] = town([
  {
    key: 'market-rubbish',
    tells: '市场北门垃圾满溢：半天清完',
    ends: 'closed',
    steps: [
      [
        on(6, '09:30'),
        '罗强',
        reportsIssue('C04', '北门垃圾桶满溢，菜叶和泡沫箱堆到路边。', {
          at: '农贸市场',
          photos: ['market-rubbish'],
          words: '北门'
        })
      ],
      [on(6, '09:38'), '吴晓', opens()],
      [on(6, '09:39'), '吴晓', takesUp()],
      [on(6, '09:40'), '吴晓', sendsTo('环卫所', '请加收一趟，冲洗地面。')],
      [on(6, '11:50'), '吴晓', handles('环卫所加收一趟，地面已冲洗。', 'market-clean')],
      [on(6, '14:20'), '罗强', passes()],
      [on(6, '14:30'), '吴晓', closes()]
    ]
  },
  {
    key: 'corrected-text',
    tells: '写错了栋号，受理前自己改正',
    ends: 'closed',
    steps: [
      [
        on(12, '11:05'),
        '李平',
        reportsIssue('C21', '2栋三楼过道顶板渗水，墙皮起泡。', {
          at: '机械厂老院 3栋',
          photos: ['wall-leak'],
          answers: { kind: 'leak', overPath: 'yes' }
        })
      ],
      [
        on(12, '11:08'),
        '李平',
        amendsText('2栋三楼过道顶板渗水，墙皮起泡。', '3栋三楼过道顶板渗水，墙皮起泡。')
      ],
      [on(12, '11:30'), '王丽', opens()],
      [on(12, '11:31'), '王丽', takesUp()],
      [on(12, '11:33'), '王丽', sendsTo('锦和物业', '请查屋面水管，先接水防滑。')],
      [on(10, '15:30'), '张师傅', handles('屋面排水口堵塞已疏通，起泡墙皮铲除重刷。')],
      [on(9, '10:10'), '李平', passes()],
      [on(9, '10:30'), '王丽', closes()]
    ]
  },
  {
    key: 'fallen-branch',
    tells: '今天：大枝断在人行道上',
    ends: 'reported',
    steps: [
      [
        lately(35),
        '小何',
        reportsIssue('C26', '一根大枝断了，搭在人行道上，行人绕到车道上走。', {
          at: '供销社老院',
          photos: ['branch-fallen'],
          words: '巷口'
        })
      ]
    ]
  },
  {
    key: 'pothole',
    tells: '今天：路面坑洞',
    ends: 'reported',
    steps: [
      [
        lately(110),
        '罗强',
        reportsIssue('C15', '市场后门坑洞积水，电动车摔过。', {
          at: '市场商住楼',
          words: '后门',
          photos: ['road-sunken'],
          answers: { state: 'hole', passable: 'onFoot', guarded: 'no' }
        })
      ],
      [lately(88), '吴晓', opens()]
    ]
  },
  {
    key: 'swing-chain',
    tells: '今天：周孃孃报的',
    ends: 'reported',
    steps: [
      [
        lately(55),
        '周孃孃',
        reportsIssue('C01', '健身角的太极轮转不动了，响得很。', {
          at: '机械厂老院 健身角',
          known: 'building',
          answers: { what: 'fitness', state: 'broken' }
        })
      ]
    ]
  },
  {
    key: 'garden-slide',
    tells: '今天：杨老师报的，没有定位',
    ends: 'reported',
    steps: [
      [
        lately(160),
        '杨老师',
        reportsIssue('C01', '三角花园滑梯扶手有毛刺，怕娃娃划到手。', {
          at: '三角小游园',
          known: 'none',
          words: '三角花园',
          answers: { what: 'fitness', state: 'broken' }
        })
      ],
      [lately(120), '王丽', opens()]
    ]
  },
  {
    key: 'stray-dog',
    tells: '今天：没有牵绳的大狗',
    ends: 'reported',
    steps: [
      [
        lately(20),
        '唐静',
        reportsIssue('C27', '一只大狗没有牵绳，在放学路上转，已请门岗留意。', {
          at: '向阳小学 教学楼',
          words: '校门外'
        })
      ]
    ]
  }
]);

/** 槐树店: seen by its own officer, by 王丽 and the street, by nobody else. */
export const neighbourStories: Story[] = neighbour([
  {
    key: 'park-bench',
    tells: '槐荫公园长椅：槐树店自己的事，办结',
    ends: 'closed',
    steps: [
      [
        on(10, '09:40'),
        '邓刚',
        reportsIssue('C01', '公园长椅靠背断了一根木条。', {
          at: '槐树店社区服务中心',
          known: 'map',
          words: '公园北侧',
          answers: { what: 'bench', state: 'broken' }
        })
      ],
      [on(10, '10:00'), '陈蓉', opens()],
      [on(10, '10:01'), '陈蓉', takesUp()],
      [on(10, '10:03'), '陈蓉', sendsTo('市政养护所', '请更换木条，检查其余长椅。')],
      [on(8, '15:20'), '冯工', handles('木条已换，另紧固两张长椅。')],
      [on(7, '10:15'), '邓刚', passes()],
      [on(7, '10:30'), '陈蓉', closes()]
    ]
  },
  {
    key: 'garage-flood',
    tells: '金桂花园车库进水：已派单',
    ends: 'dispatched',
    steps: [
      [
        lately(200),
        '邓刚',
        reportsIssue('C15', '车库坡道下口积水，排水泵没有启动。', {
          at: '金桂花园 1栋',
          answers: { state: 'flooded', passable: 'onFoot' }
        })
      ],
      [lately(185), '陈蓉', opens()],
      [lately(184), '陈蓉', takesUp()],
      [lately(182), '陈蓉', sendsTo('金桂物业', '请马上启动备用泵，查浮球开关。')]
    ]
  },
  {
    key: 'neighbour-shopping',
    tells: '槐树店的代购需求：今天登记',
    ends: 'reported',
    steps: [
      [
        lately(45),
        '邓刚',
        reportsNeed('N02', '下雨路滑，请代买一周的菜，清单已写好。', {
          at: '槐树店小区 2栋',
          known: 'building'
        })
      ]
    ]
  }
]);
