import { words } from './language';

/** The tablet's frame: bottom bar, sync line, marks. */
export const fieldWords = words(
  {
    today: '今天',
    map: '地图',
    record: '记一条',
    tasks: '待办',
    mine: '我的',
    navigation: '主菜单',
    allArrived: '全部已到社区',
    what: (records: number, photos: number) =>
      [records > 0 && `${records} 条`, photos > 0 && `${photos} 张照片`].filter(Boolean).join('、'),
    photoCount: (photos: number) => `${photos} 张`,
    waiting: (what: string) => `${what}在本机，等信号`,
    willSend: (what: string) => `${what}在本机，会自动上报`,
    held: '已保存，马上上报',
    halfRead: '救急文件没读完，点开再读一次',
    handingBack: (steps: number) => `社区恢复了备份，正在补交 ${steps} 步`,
    sending: (records: number) => `正在上报 ${records} 条`,
    uploading: (what: string) => `正在上传照片，${what}`,
    bytesOf: (sent: string, all: string) => `${sent} / ${all}`,
    setAside: (count: number) => `${count} 条社区暂时收不下，每天自动再试`,
    othersUnsent: (count: number) => `这台平板上还有别的账号的 ${count} 条没报上去`,
    othersOld: (count: number, days: number) => `别的账号有 ${count} 条没报上去，最早 ${days} 天前`,
    neverReached: '还没连上过社区，请连网一次',
    longAgo: (hours: number) =>
      `全部已到社区，但已 ${hours < 48 ? `${hours} 小时` : `${Math.floor(hours / 24)} 天`}没连上`,
    notSaved: '刚才那一步没有存下来，点开看怎么办',
    outdatedLine: '这个窗口已停用，请用新窗口',
    troubled: (count: number) => `${count} 条没报上去，点开看原因`,
    signedOut: '登录已过期，点这里重新登录后上报',
    mismatch: '浏览器里登录的是另一个账号，点这里重新登录',
    upgrade: '需要更新应用后才能上报',
    oldUnsent: (days: number) => `有 ${days} 天前的记录还没报上去，请尽快找信号`,
    patrolling: '巡查中',
    paused: '已暂停',
    emergency: '紧急',
    lock: '锁屏，换人',
    onTablet: '在本机',
    atOffice: '已到社区',
    opened: '社区已查看',
    notArrived: '没报上去',
    photosWaiting: (count: number) => `照片 ${count} 张待上传`
  },
  {
    today: 'Today',
    map: 'Map',
    record: 'Record',
    tasks: 'To do',
    mine: 'Mine',
    navigation: 'Main menu',
    allArrived: 'Everything has reached the office',
    what: (records: number, photos: number) =>
      [
        records > 0 && `${records} ${records === 1 ? 'record' : 'records'}`,
        photos > 0 && `${photos} ${photos === 1 ? 'photo' : 'photos'}`
      ]
        .filter(Boolean)
        .join(' and '),
    photoCount: (photos: number) => `${photos} left`,
    waiting: (what: string) => `${what} on this tablet, waiting for signal`,
    willSend: (what: string) => `${what} on this tablet, sent by itself`,
    held: 'Saved, will be sent in a moment',
    halfRead: 'A lifeline file was read in part: tap to read it again',
    handingBack: (steps: number) => `The office was restored: handing back ${steps}`,
    sending: (records: number) => `Sending ${records}`,
    uploading: (what: string) => `Uploading photos, ${what}`,
    bytesOf: (sent: string, all: string) => `${sent} of ${all}`,
    setAside: (count: number) => `The office cannot take ${count} for now: tried again daily`,
    othersUnsent: (count: number) => `${count} of another account on this tablet not sent yet`,
    othersOld: (count: number, days: number) =>
      `${count} of another account not sent, oldest ${days} ${days === 1 ? 'day' : 'days'}`,
    neverReached: 'The office was never reached: please go online once',
    longAgo: (hours: number) =>
      `Everything arrived, but no contact for ${hours < 48 ? `${hours} hours` : `${Math.floor(hours / 24)} days`}`,
    notSaved: 'The last step was not saved: tap to see what to do',
    outdatedLine: 'This window has stopped: use the new one',
    troubled: (count: number) => `${count} could not be sent: tap to see why`,
    signedOut: 'Sign-in expired: tap to sign in again',
    mismatch: 'Another account is signed in: tap to sign in again',
    upgrade: 'Update the app to send your work',
    oldUnsent: (days: number) =>
      `Some work is ${days} ${days === 1 ? 'day' : 'days'} old and not sent. Please find signal soon`,
    patrolling: 'On patrol',
    paused: 'Paused',
    emergency: 'Emergency',
    lock: 'Lock, or change person',
    onTablet: 'On this tablet',
    atOffice: 'At the office',
    opened: 'Opened by the office',
    notArrived: 'Not sent',
    photosWaiting: (count: number) => `${count} ${count === 1 ? 'photo' : 'photos'} to upload`
  }
);
