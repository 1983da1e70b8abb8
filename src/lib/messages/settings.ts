import { words } from './language';

export const settingsWords = words(
  {
    title: '设置',
    account: '账号',
    signOut: '退出登录',
    signOutAsk: '退出登录？再登录需要网络。没报上去的内容会留在平板上，同一账号登录后继续上报。',
    community: '社区',
    grids: '负责的网格',
    noGrids: '没有',
    language: '语言',
    type: '字号',
    normalType: '标准',
    largeType: '大字',
    storage: '存储',
    persisted: '浏览器已答应不会自动清除',
    notPersisted: '浏览器可能在空间不足时清除，请尽快上报，最好安装到桌面',
    ask: '请求长期保存',
    used: (used: string, free: string) => `已用 ${used}，还可用 ${free}`,
    low: '空间快满了，请清理相册或其他应用。',
    version: '版本',
    lifeline: '救急文件',
    lifelineHint:
      '几天报不上去，或者平板快坏了：把没报上去的内容存成一个加密文件交给社区，或者在这台平板上读入。',
    lifelineOpen: '写或读入救急文件',
    install: '安装到桌面，离线更稳',
    installHow: '在浏览器菜单里选“安装应用”或“添加到主屏幕”。',
    device: '本机编号'
  },
  {
    title: 'Settings',
    account: 'Account',
    signOut: 'Sign out',
    signOutAsk:
      'Sign out? Signing in again needs a network. Unsent work stays on this tablet and is sent when this account signs in again.',
    community: 'Community',
    grids: 'Your grids',
    noGrids: 'none',
    language: 'Language',
    type: 'Type size',
    normalType: 'Normal',
    largeType: 'Large',
    storage: 'Storage',
    persisted: 'The browser has promised not to clear it',
    notPersisted: 'The browser may clear it when space is short: send soon, and install the app',
    ask: 'Ask for lasting storage',
    used: (used: string, free: string) => `${used} used, ${free} free`,
    low: 'Space is running out. Please free some.',
    version: 'Version',
    lifeline: 'Lifeline file',
    lifelineHint:
      'Nothing gets through for days, or the tablet is failing: put unsent work into one encrypted file for the office, or read one in here.',
    lifelineOpen: 'Write or read a lifeline file',
    install: 'Install the app for steady offline use',
    installHow: 'Choose “Install app” or “Add to home screen” in the browser’s menu.',
    device: 'This device'
  }
);
