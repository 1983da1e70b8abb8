import { words } from './language';

/** Words that many pages share. */
export const commonWords = words(
  {
    appName: '巡格',
    tagline: '网格巡查，断网也能用',
    close: '关闭',
    discardAsk: '写的还没保存，不要了吗？',
    back: '返回',
    noText: '（没有文字）',
    loading: '正在打开…',
    sealing: '正在加密本机的记录，请稍等，先不要关闭…',
    storeClosed: '打不开平板的本机存储',
    storeClosedHelp:
      '可能平板满了，或在无痕模式。请腾出空间、退出无痕模式、关闭其他窗口；这里会自己再试。已保存的内容不受影响。',
    demoBanner: '演示数据，人物和事项均为虚构',
    noSecrets: '严禁录入涉密信息',
    language: 'English'
  },
  {
    appName: 'Xunge',
    tagline: 'Grid patrols that work without signal',
    close: 'Close',
    discardAsk: 'What you typed is not saved. Discard it?',
    back: 'Back',
    noText: '(no text)',
    loading: 'Opening…',
    sealing: 'Encrypting the records on this tablet. Please wait and do not close it…',
    storeClosed: 'The tablet’s own store does not open',
    storeClosedHelp:
      'It may be full, or this is private mode. Make room, leave private mode, close other windows; this page tries again by itself. Saved work is not affected.',
    demoBanner: 'Demo data: all people and cases are fictitious',
    noSecrets: 'Do not enter classified information',
    language: '中文'
  }
);
