import { words } from './language';

/** Of a record, its number; of a file, whose it is. Either may be gone. */
type Name = string | null;

/** The log of who opened what of people's data. */
export const accessWords = words(
  {
    title: '谁看过',
    intro:
      '谁看过居民的事，为了什么；没有权限却想看的人，也都记在这里。一直往下记，不能改，不能删，三年后自动清除。短时间内再看同一样东西，只记一行：记录和照片十分钟，清单一小时，平板同步一天。',
    columns: { at: '时间', name: '谁', what: '看了什么', purpose: '为了什么', outcome: '结果' },
    what: {
      record: (number: Name) => `记录 ${number ?? '（已删除或无编号）'}`,
      media: (number: Name) => `照片或录音，记录 ${number ?? '（已删除或无编号）'}`,
      list: () => '带上报人姓名的清单',
      records: () => '网格里的记录',
      page: () => '社区电脑上的一页',
      file: (_: Name, whose: Name) => `${whose ?? '一个人'}的离线文件`
    },
    purposes: {
      inbox: '受理上报',
      cases: '看办理清单',
      case: '办理事项',
      search: '查找',
      link: '按编号关联',
      picture: '看原件',
      sync: '平板同步',
      lost: '挂失的平板来要数据',
      handovers: '看交接班',
      'hand-in': '代为上报离线文件',
      opening: '开通社区',
      people: '管理人员',
      access: '查看谁看过',
      privacy: '查看个人信息登记',
      person: '答复本人',
      opinions: '意见建议',
      settings: '设置'
    },
    opened: '已打开',
    refused: '没有权限，已拒绝',
    everybody: '所有人',
    day: '哪一天',
    onlyRefused: '只看被拒绝的',
    show: '查看',
    all: '看全部',
    none: '还没有。',
    noneSuch: '没有这样的记录。',
    more: '更早的'
  },
  {
    title: 'Who looked',
    intro:
      'Who looked at what concerns residents, and why; and whoever tried to without the right. It only grows: no line can be changed or deleted, and each goes by itself after three years. The same again within a short time is one line: ten minutes for records and pictures, an hour for lists, a day for a tablet.',
    columns: { at: 'When', name: 'Who', what: 'What', purpose: 'Why', outcome: 'Outcome' },
    what: {
      record: (number) => `Record ${number ?? '(erased, or without a number)'}`,
      media: (number) => `Picture or voice of record ${number ?? '(erased, or without a number)'}`,
      list: () => 'List with the names of who reported',
      records: () => 'Records of their grids',
      page: () => 'A page of the desk',
      file: (_, whose) => `Offline file of ${whose ?? 'somebody'}`
    },
    purposes: {
      inbox: 'Inbox',
      cases: 'List of cases',
      case: 'Working on a case',
      search: 'Search',
      link: 'Linking by number',
      picture: 'The original',
      sync: 'Sync of a tablet',
      lost: 'A lost tablet asked for data',
      handovers: 'Handovers',
      'hand-in': 'Handing in an offline file',
      opening: 'Opening a community',
      people: 'People',
      access: 'Who looked',
      privacy: 'What is kept of people',
      person: 'Answering a person',
      opinions: 'Opinions',
      settings: 'Settings'
    },
    opened: 'Opened',
    refused: 'Refused',
    everybody: 'Everybody',
    day: 'Day',
    onlyRefused: 'Refused only',
    show: 'Show',
    all: 'Show all',
    none: 'None yet.',
    noneSuch: 'No such line.',
    more: 'Earlier'
  }
);
