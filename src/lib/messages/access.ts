import { words } from './language';

/** The log of who opened what of people's data. */
export const accessWords = words(
  {
    title: '谁看过',
    intro:
      '在社区电脑或平板上打开过一条记录、它的照片或录音的人，和没有权限却想打开的人。一直往下记，不能改，不能删，三年后自动清除。同一个人十分钟内再看同一条，只记一行。',
    columns: { at: '时间', name: '谁', what: '看了什么', purpose: '在哪里', outcome: '结果' },
    what: { record: '记录', media: '照片或录音', records: '网格里的记录' },
    gone: '（已删除或无编号）',
    purposes: {
      inbox: '受理',
      case: '办理事项',
      picture: '看原图',
      sync: '平板同步，每天一行',
      person: '答复本人'
    },
    opened: '已打开',
    refused: '没有权限，已拒绝',
    onlyRefused: '只看被拒绝的',
    all: '全部',
    none: '还没有。',
    more: '更早的'
  },
  {
    title: 'Who looked',
    intro:
      'Whoever opened a record, its pictures or its voices at the desk or on a tablet, and whoever tried to without the right. It only grows: no line can be changed or deleted, and each goes by itself after three years. The same person opening the same again within ten minutes is one line.',
    columns: { at: 'When', name: 'Who', what: 'What', purpose: 'Where', outcome: 'Outcome' },
    what: { record: 'record', media: 'pictures or voice of', records: 'records of their grids' },
    gone: '(erased, or without a number)',
    purposes: {
      inbox: 'inbox',
      case: 'working on a case',
      picture: 'whole picture',
      sync: 'tablet, a line a day',
      person: 'answering a person'
    },
    opened: 'opened',
    refused: 'refused: no right',
    onlyRefused: 'Refused only',
    all: 'All',
    none: 'None yet.',
    more: 'Earlier'
  }
);
