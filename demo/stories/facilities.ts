import { lately, on, soon } from '../story/clock';
import type { Story } from '../story/story';
import {
  asksFor,
  closes,
  comments,
  commentsOnCase,
  followsUp,
  handles,
  linksTo,
  opens,
  passes,
  reportsIssue,
  returns,
  sendsTo,
  takesUp
} from '../story/verbs';
import { town } from './town';

/** What is broken outdoors, and what becomes of it. */
export const facilityStories: Story[] = town([
  {
    key: 'loose-walker',
    tells: '漫步机螺丝松动：两天修好，李平去踩了踩，办结',
    ends: 'closed',
    steps: [
      [
        on(9, '09:20'),
        '李平',
        reportsIssue('C01', '健身角漫步机左踏板的螺丝松了，踩上去晃，螺母快掉了。', {
          at: '机械厂老院 健身角',
          photos: ['walker-loose'],
          answers: { what: 'fitness', state: 'loose' }
        })
      ],
      [on(9, '09:41'), '王丽', opens()],
      [on(9, '09:43'), '王丽', takesUp()],
      [on(9, '09:45'), '王丽', sendsTo('锦和物业', '请更换螺母并检查其余 8 件器材，修好前挂上停用牌。')],
      [on(9, '10:02'), '李平', followsUp('物业服务台', 'call', '说明天上午带工具来。', on(8, '12:00'))],
      [on(8, '10:36'), '张师傅', handles('左右踏板换了防松螺母，其余器材都紧了一遍。', 'walker-fixed')],
      [on(7, '09:12'), '李平', passes('两边都踩过，不晃了。')],
      [on(7, '09:30'), '王丽', closes()]
    ]
  },
  {
    key: 'manhole-cover',
    tells: '井盖破损：这一类办结前必须有处理后照片',
    ends: 'closed',
    steps: [
      [
        on(13, '10:05'),
        '罗强',
        reportsIssue('C13', '锦和里 6栋前车行道井盖裂成两半，已用路锥围住。', {
          at: '锦和里 6栋',
          photos: ['manhole-broken'],
          answers: { state: 'broken', guarded: 'yes' }
        })
      ],
      [on(13, '10:11'), '吴晓', opens()],
      [on(13, '10:12'), '吴晓', takesUp()],
      [on(13, '10:14'), '吴晓', sendsTo('市政养护所', '雨水井盖，请今天更换，现场已有路锥。')],
      [on(13, '14:50'), '冯工', handles('已换球墨铸铁井盖，加装防响垫圈。', 'manhole-replaced')],
      [on(12, '09:25'), '罗强', passes()],
      [on(12, '09:40'), '吴晓', closes()]
    ]
  },
  {
    // Once issues can be suspended (挂账) this one will be, with its reason and a day to look again.
    key: 'hanging-cable',
    tells: '飞线充电：派出去，退回来，写明原因，正等着',
    ends: 'returned',
    overdue: true,
    steps: [
      [
        on(4, '15:20'),
        '李平',
        reportsIssue('C03', '二楼窗口拉线到楼下给电瓶车充电，接线板吊在半空，下雨危险。', {
          at: '青松苑 5栋',
          photos: ['hanging-cable']
        })
      ],
      [on(4, '15:42'), '王丽', opens()],
      [on(4, '15:45'), '王丽', takesUp()],
      [on(4, '15:48'), '王丽', sendsTo('供电服务站', '请现场看能否在车棚加装充电桩，先消除飞线。')],
      [
        on(2, '11:05'),
        '吴晓',
        returns('供电服务站答复：车棚电缆容量不够，要等增容改造排期；飞线劝拆请社区和物业先做。')
      ],
      [on(2, '14:20'), '李平', comments('已上门劝过，接线板先收进屋了，住户等充电桩。')],
      [on(1, '16:10'), '王丽', commentsOnCase('增容列入下季度计划，改造前每周看一次。')]
    ]
  },
  {
    key: 'septic-tank',
    tells: '化粪池堵溢：两家都退回，再派出去，已经超期',
    ends: 'dispatched',
    overdue: true,
    steps: [
      [
        on(6, '08:50'),
        '李平',
        reportsIssue('C16', '7栋东头化粪池冒水，污水流到院坝，味道大。', {
          at: '机械厂老院 7栋',
          photos: ['septic-overflow'],
          answers: { where: 'road' }
        })
      ],
      [on(6, '09:05'), '王丽', opens()],
      [on(6, '09:06'), '王丽', takesUp()],
      [on(6, '09:10'), '王丽', sendsTo('锦和物业', '请马上安排疏通清掏，冲洗院坝。')],
      [on(6, '15:30'), '张师傅', returns('已看过，堵在院外市政井，物业的车抽了又满，应由市政处理。')],
      [on(6, '15:50'), '王丽', sendsTo('市政养护所', '物业反映堵点在院外检查井，请核对管网图并疏通。')],
      [on(4, '10:15'), '冯工', returns('院外检查井是通的，堵点在红线内化粪池到接户井一段，属物业清掏范围。')],
      [
        on(4, '10:40'),
        '王丽',
        sendsTo('锦和物业', '两次退回，时限不变。请与市政明天上午一起到现场，当面定责并清掏。')
      ],
      [
        on(3, '09:40'),
        '李平',
        followsUp('物业经理', 'inPerson', '吸污车约到后天，先撒消毒粉、摆提示牌。', on(1, '12:00'))
      ],
      [on(1, '17:20'), '李平', comments('今天又漫出来了，老人进出要绕路，请催一下。')]
    ]
  },
  {
    key: 'dark-lamp',
    tells: '同一盏路灯三个人报：先关联起来（合并是以后的功能），已派单',
    ends: 'dispatched',
    steps: [
      [
        on(3, '18:42'),
        '李平',
        reportsIssue('C14', '老年活动室门口路灯不亮，下台阶看不清。', {
          at: '机械厂老院 老年活动室',
          photos: ['lamp-dark'],
          answers: { count: 1 }
        })
      ],
      [on(2, '08:52'), '王丽', opens()],
      [on(2, '14:30'), '王丽', takesUp()],
      [on(2, '14:32'), '王丽', sendsTo('市政养护所', '这盏灯有几条上报，修好一次办结。')]
    ]
  },
  {
    key: 'dark-lamp-again',
    tells: '同一盏灯，周孃孃也报了',
    ends: 'reported',
    steps: [
      [
        on(2, '09:05'),
        '周孃孃',
        reportsIssue('C14', '活动室门口的灯黑了好几天。', {
          at: '机械厂老院 老年活动室',
          known: 'building',
          answers: { count: 1 }
        })
      ],
      [on(2, '09:31'), '王丽', opens()],
      [on(2, '09:33'), '王丽', linksTo('dark-lamp')]
    ]
  },
  {
    key: 'dark-lamp-third',
    tells: '同一盏灯，网格长也报了',
    ends: 'reported',
    steps: [
      [
        on(2, '10:18'),
        '唐静',
        reportsIssue('C14', '老年活动室外一盏庭院灯不亮。', {
          at: '机械厂老院 老年活动室',
          known: 'map',
          words: '台阶旁'
        })
      ],
      [on(2, '10:40'), '王丽', opens()],
      [on(2, '10:41'), '王丽', linksTo('dark-lamp')]
    ]
  },
  {
    key: 'mended-lamp',
    tells: '路灯修好了：天黑以后核查，亮了才办结',
    ends: 'closed',
    steps: [
      [
        on(14, '18:35'),
        '曾莉',
        reportsIssue('C14', '日照中心门口路灯不亮，老人回家看不清路。', {
          at: '老年日间照料中心',
          photos: ['lamp-dark'],
          answers: { count: 1 }
        })
      ],
      [on(13, '09:05'), '吴晓', opens()],
      [on(13, '09:06'), '吴晓', takesUp()],
      [on(13, '09:08'), '吴晓', sendsTo('市政养护所', '老人进出多，请优先修。')],
      [on(11, '18:50'), '冯工', handles('换了灯头和线路，天黑后试过。', 'lamp-lit')],
      [on(10, '18:40'), '曾莉', passes('亮了。')],
      [on(9, '09:10'), '吴晓', closes()]
    ]
  },
  {
    key: 'too-close',
    tells: '照片拍得太近，社区请李平补一张：待补充',
    ends: 'needsDetail',
    steps: [
      [
        on(2, '16:35'),
        '李平',
        reportsIssue('C21', '外墙有一块空鼓，可能掉。', {
          at: '青松苑 6栋',
          photos: ['too-close'],
          answers: { kind: 'plaster', overPath: 'yes' }
        })
      ],
      [on(1, '09:15'), '王丽', opens()],
      [on(1, '09:18'), '王丽', asksFor('照片太近，看不出是哪面墙、第几层。请退后再拍一张，带上单元门。')]
    ]
  },
  {
    key: 'greenway-rail',
    tells: '绿道栏杆断了一截：三天修好',
    ends: 'closed',
    steps: [
      [
        on(16, '10:30'),
        '罗强',
        reportsIssue('C01', '驿站往东第三段木栏杆断了，临水，小孩常在这里玩。', {
          at: '沿河绿道',
          known: 'map',
          photos: ['greenway-rail-broken'],
          answers: { what: 'railing', state: 'broken' }
        })
      ],
      [on(16, '10:44'), '吴晓', opens()],
      [on(16, '10:45'), '吴晓', takesUp()],
      [on(16, '10:50'), '吴晓', sendsTo('市政养护所', '临水栏杆，请先拉警戒带，尽快修复。')],
      [on(14, '16:05'), '冯工', handles('横杆、立柱各换一根，连接处加固。', 'greenway-rail-mended')],
      [on(13, '10:40'), '罗强', passes('推过，稳的。')],
      [on(13, '11:00'), '吴晓', closes()]
    ]
  },
  {
    key: 'gate-closer',
    tells: '院门闭门器坏了：物业答应今天来换，今天要跟进',
    ends: 'dispatched',
    steps: [
      [
        on(2, '17:10'),
        '李平',
        reportsIssue('C01', '大门闭门器漏油，门关不上，夜里一直敞着。', {
          at: '机械厂老院 1栋',
          known: 'building',
          words: '院大门',
          answers: { what: 'gate', state: 'broken' }
        })
      ],
      [on(1, '08:40'), '王丽', opens()],
      [on(1, '08:45'), '王丽', takesUp()],
      [on(1, '08:46'), '王丽', sendsTo('锦和物业', '请更换闭门器。')],
      [on(1, '10:20'), '李平', followsUp('物业', 'wechat', '闭门器已买到，约好这天下午来换。', soon(0))]
    ]
  },
  {
    key: 'notice-board',
    tells: '宣传栏玻璃裂了：刚受理，还没派',
    ends: 'accepted',
    steps: [
      [
        lately(230),
        '刘燕',
        reportsIssue('C31', '党群服务中心门口宣传栏玻璃裂了一道，先贴了胶带。', {
          at: '党群服务中心'
        })
      ],
      [lately(190), '吴晓', opens()],
      [lately(188), '吴晓', takesUp()]
    ]
  }
]);
