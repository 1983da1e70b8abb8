import { words } from './language';

export const todayWords = words(
  {
    title: '今天',
    hello: (name: string) => `${name}，您好`,
    echo: (reported: number, done: number) => `近 30 天您报了 ${reported} 件，办好 ${done} 件`,
    echoNone: '还没有记录。出门走一走，看到什么点“记一条”。',
    fresh: '最近的回音',
    rejected: (reason: string) => `社区没有受理：${reason}`,
    startPatrol: '开始巡查',
    resumePatrol: '继续巡查',
    openPatrol: '查看巡查',
    due: '今天要做',
    nothingDue: '今天没有到期的事。',
    needsDetail: (reason: string) => `社区请您补充：${reason}`,
    followUp: (whom: string) => `跟进：${whom}`,
    followUpLate: '已过约定日',
    toCheck: '等您去核查',
    drafts: '没写完的',
    draftOf: (kind: 'issue' | 'need'): string => (kind === 'issue' ? '问题草稿' : '需求草稿'),
    recordNeed: '记居民需求',
    myTasks: (due: number) => (due ? `我的待办 ${due} 件` : '我的待办'),
    unsent: (records: number) => `${records} 条还在本机，没到社区`,
    everything: '全部功能',
    firstSync: '第一次使用请连网一次，把网格、类别和楼栋取到平板上。'
  },
  {
    title: 'Today',
    hello: (name: string) => `Hello, ${name}`,
    echo: (reported: number, done: number) =>
      `You reported ${reported} in the last 30 days; ${done} are done`,
    echoNone: 'Nothing recorded yet. Go for a walk, and tap “Record” when you see something.',
    fresh: 'Answered lately',
    rejected: (reason: string) => `Not taken up: ${reason}`,
    startPatrol: 'Start patrol',
    resumePatrol: 'Go on with patrol',
    openPatrol: 'Show patrol',
    due: 'Due today',
    nothingDue: 'Nothing is due today.',
    needsDetail: (reason: string) => `The office asks for more: ${reason}`,
    followUp: (whom: string) => `Follow up: ${whom}`,
    followUpLate: 'promised day is past',
    toCheck: 'Waiting for your check',
    drafts: 'Not finished',
    draftOf: (kind: 'issue' | 'need'): string => (kind === 'issue' ? 'Issue draft' : 'Need draft'),
    recordNeed: 'Record a need',
    myTasks: (due: number) => (due ? `To do: ${due}` : 'To do'),
    unsent: (records: number) => `${records} not at the office yet`,
    everything: 'Everything else',
    firstSync: 'Please go online once, so that grids, categories and buildings reach this tablet.'
  }
);
