import { words } from './language';

/** 待办 and 我的. */
export const listWords = words(
  {
    tasks: '待办',
    tasksEmpty: '手上没有待办的事。',
    asList: '看列表',
    mine: '我的记录',
    mineEmpty: '您还没有记录。点“记一条”开始。',
    all: '全部',
    open: '没办完',
    done: '已办完',
    search: '找编号、地点或内容',
    nothingFound: '没有找到。',
    more: '再显示一些',
    photos: (count: number) => `${count} 张照片`,
    settings: '设置',
    readiness: '出发前检查',
    patrols: '巡查记录',
    waiting: '待上报',
    exportOne: '导出',
    lifeline: '几天都报不上去？写一个救急文件'
  },
  {
    tasks: 'To do',
    tasksEmpty: 'Nothing is waiting for you.',
    asList: 'As a list',
    mine: 'My records',
    mineEmpty: 'You have no records yet. Tap “Record” to begin.',
    all: 'All',
    open: 'Open',
    done: 'Done',
    search: 'Find number, place or text',
    nothingFound: 'Nothing found.',
    more: 'Show more',
    photos: (count: number) => `${count} ${count === 1 ? 'photo' : 'photos'}`,
    settings: 'Settings',
    readiness: 'Before leaving',
    patrols: 'Patrols',
    waiting: 'Waiting to be sent',
    exportOne: 'Export',
    lifeline: 'Nothing gets through for days? Write a lifeline file'
  }
);
