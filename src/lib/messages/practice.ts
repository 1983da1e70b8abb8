import { words } from './language';

/** 练习: everything of recording tried, nothing of it kept. */
export const practiceWords = words(
  {
    title: '练习',
    mark: '练习',
    begin: '练一练',
    beginWhy: '拍照、选类别、保存、撤销都可以试。练习的内容不会上报，也不计数，结束就清除。',
    walking: '正在巡查，先结束巡查再练习。',
    noRoom: '平板空间不够，先清理再练习。',
    failed: '现在开不了练习，请再试一次。',
    band: '练习中',
    bandWhy: '记什么都不会上报',
    end: '结束练习',
    savedHere: '练习存好了，不会上报',
    notHere: '练习里没有这一页',
    notHereWhy: '结束练习就能用。',
    overTitle: '练习结束了',
    over: '练习的内容没有上报，已经清除。现在起记的都是真的。',
    toWork: '知道了，正式开始'
  },
  {
    title: 'Practice',
    mark: '-practice',
    begin: 'Practise',
    beginWhy:
      'Try it all: photo, category, saving, undoing. Nothing of it is sent or counted, and it is gone when you end it.',
    walking: 'You are on patrol. End it first.',
    noRoom: 'This tablet is short of room. Make some first.',
    failed: 'Practising does not work now. Please try again.',
    band: 'Practice',
    bandWhy: 'nothing you record is sent',
    end: 'End practice',
    savedHere: 'is practice: it is not sent',
    notHere: 'This page is not part of practising',
    notHereWhy: 'It works once you end the practice.',
    overTitle: 'The practice is over',
    over: 'Nothing of it was sent, and it is gone. What you record from now on is real.',
    toWork: 'Start for real'
  }
);
