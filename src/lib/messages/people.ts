import { words } from './language';

type Trouble = 'name' | 'role' | 'grid' | 'unit' | 'twice' | 'known';

const troubles = words<Record<Trouble, (value: string) => string>>(
  {
    name: () => '姓名太长',
    role: (value) => (value ? `没有“${value}”这个角色` : '没写角色'),
    grid: (value) => (value ? `没有找到网格“${value}”，或这个角色不能分到这里` : '没写网格'),
    unit: (value) => (value ? `责任单位里没有“${value}”` : '没写责任单位'),
    twice: (value) => `${value}这一行重复了`,
    known: (value) => `名单里已有${value}。换网格请在下面调整；同名的人请在姓名后加一个字`
  },
  {
    name: () => 'the name is too long',
    role: (value) => (value ? `there is no role “${value}”` : 'no role is given'),
    grid: (value) =>
      value ? `grid “${value}” was not found, or is not one for this role` : 'no grid is given',
    unit: (value) => (value ? `there is no unit “${value}”` : 'no unit is given'),
    twice: (value) => `${value} is given twice with this`,
    known: (value) =>
      `${value} is on the list already. Change grids below; for another person of that name add something to it`
  }
);

export const peopleWords = words(
  {
    title: '人员',
    intro:
      '每人一张开通单：用平板或手机的相机扫一下就开通，不用输密码。一张只能用一次，七天内有效，请当面交给本人。',
    add: '添加人员',
    addHint: '一人一行：姓名、角色、网格。可以直接从表格里复制粘贴；一人多格就写多行。',
    addExample: '李平\t网格员\t1\n王丽\t社区值班员\n张师傅\t责任单位经办人\t锦和物业',
    rolesHint: (roles: string) => `角色：${roles}`,
    addButton: '添加',
    added: (count: number) => `已添加 ${count} 人`,
    notAdded: '有几行没看懂，一个人都没有添加。请改好再点添加：',
    nobody: '请先写上要添加的人。',
    line: (line: number, what: string) => `第 ${line} 行：${what}`,
    troubles: troubles.zh,
    columns: { name: '姓名', grants: '角色和网格', state: '开通' },
    noneYet: '还没有人员。请在上面添加。',
    states: {
      suspended: '已停用',
      devices: (count: number) => `${count} 台设备在用`,
      lost: (count: number) => `已挂失 ${count} 台，连上网就清空`,
      waiting: (until: string) => `开通单有效至 ${until}`,
      password: '用密码登录',
      none: '还没开通'
    },
    since: (when: string) => `${when} 起`,
    until: (when: string) => `至 ${when}`,
    over: '已结束',
    select: (name: string) => `选${name}`,
    makeSlips: '打印所选的开通单',
    selectSome: '请先勾选要打印开通单的人。',
    giveTitle: '加一个角色或网格',
    role: '角色',
    where: '网格',
    unit: '责任单位',
    from: '从（不填就是现在）',
    to: '到（代班请填）',
    give: '加上',
    end: '结束',
    lose: '平板丢了，挂失',
    whichDevice: '丢的是哪一台',
    allDevices: '全部（不知道是哪一台）',
    device: (mark: string, since: string) =>
      `${mark ? `${mark} 机（编号里带 ${mark}）` : '第一台（编号不带字母）'}，${since}开通`,
    loseHint:
      '丢的设备一连上网，就先交上没报的内容，然后清空；锁着的直接清空。和别人合用的，别人的也清空。找到人后打印一张新的开通单。',
    suspend: '停用',
    resume: '恢复',
    reset: '重置',
    resetHint: '换平板、打不开时用：所有设备都退出登录，再打印一张开通单。没报上去的内容还在原平板里。',
    suspendHint: '马上退出所有设备，不能再登录。记录和经过都保留。',
    notYours: '这个账号还有别处的角色，要由上级管理员调整。',
    done: {
      give: '已加上',
      end: '已结束',
      suspend: '已停用',
      resume: '已恢复',
      reset: '已重置，请打印新的开通单',
      lose: '已挂失，请打印新的开通单'
    },
    slipsTitle: '开通单',
    slipsOnce: '只显示这一次，请现在打印。离开这一页后要重新生成，之前的就作废。',
    print: '打印',
    backToList: '打印好了，返回名单',
    openHere: '就在这台电脑上打开',
    codeOf: (name: string) => `${name}的开通码`,
    slip: {
      heading: '开通单',
      steps: [
        '用平板或手机的相机扫这个码，在浏览器里打开。',
        '看到自己的姓名，点“是我，开始使用”。',
        '把网页添加到主屏幕，断网也能用。'
      ],
      once: (until: string) => `只能用一次，${until} 前有效。`,
      hand: '相当于钥匙，请当面交给本人，不要拍照转发。'
    }
  },
  {
    title: 'People',
    intro:
      'One slip for each person: scan it with the camera of the tablet or phone, and it is set up without a password. A slip works once, within seven days; hand it over in person.',
    add: 'Add people',
    addHint:
      'One person a line: name, role, grid. You can paste from a spreadsheet; several grids are several lines.',
    addExample: 'Li Ping\tGrid worker\t1\nWang Li\tCommunity officer\nZhang\tUnit handler\tJinhe Property',
    rolesHint: (roles: string) => `Roles: ${roles}`,
    addButton: 'Add',
    added: (count: number) => `${count} added`,
    notAdded: 'Some lines were not understood, so nobody was added. Correct them and add again:',
    nobody: 'First write who is to be added.',
    line: (line: number, what: string) => `Line ${line}: ${what}`,
    troubles: troubles.en,
    columns: { name: 'Name', grants: 'Roles and grids', state: 'Set up' },
    noneYet: 'Nobody yet. Add people above.',
    states: {
      suspended: 'Suspended',
      devices: (count: number) => (count === 1 ? '1 device in use' : `${count} devices in use`),
      lost: (count: number) => `${count} lost: cleared once online`,
      waiting: (until: string) => `slip valid until ${until}`,
      password: 'signs in with a password',
      none: 'not yet'
    },
    since: (when: string) => `from ${when}`,
    until: (when: string) => `until ${when}`,
    over: 'ended',
    select: (name: string) => `Select ${name}`,
    makeSlips: 'Print slips of the selected',
    selectSome: 'First select whose slips to print.',
    giveTitle: 'Add a role or grid',
    role: 'Role',
    where: 'Grid',
    unit: 'Unit',
    from: 'From (empty: now)',
    to: 'Until (for a cover)',
    give: 'Add',
    end: 'End',
    lose: 'Tablet lost',
    whichDevice: 'Which one is lost',
    allDevices: 'All (not known which)',
    device: (mark, since) =>
      `${mark ? `${mark} (${mark} in its numbers)` : 'The first (no letter in its numbers)'}, since ${since}`,
    loseHint:
      'What is lost hands in its unsent work as soon as it is online, and then clears itself; a locked one clears at once. So does the work of others who share it. Print a new slip for another tablet.',
    suspend: 'Suspend',
    resume: 'Resume',
    reset: 'Reset',
    resetHint:
      'For a new tablet, or one that does not open: all devices are signed out; then print another slip. What was not sent stays on the old tablet.',
    suspendHint: 'Signs all devices out at once; nobody can sign in. Records and history stay.',
    notYours: 'This account also has roles elsewhere: an administrator above changes it.',
    done: {
      give: 'Added',
      end: 'Ended',
      suspend: 'Suspended',
      resume: 'Resumed',
      reset: 'Reset: print a new slip',
      lose: 'Reported as lost: print a new slip'
    },
    slipsTitle: 'Slips',
    slipsOnce:
      'Shown this once: print them now. Once you leave this page they must be made again, and these open nothing.',
    print: 'Print',
    backToList: 'Printed, back to the list',
    openHere: 'Open on this computer',
    codeOf: (name: string) => `Code of ${name}`,
    slip: {
      heading: 'Set-up slip',
      steps: [
        'Scan this code with the camera of the tablet or phone and open it in the browser.',
        'When you see your name, tap “Yes, start”.',
        'Add the page to the home screen: it works without signal.'
      ],
      once: (until: string) => `Works once, until ${until}.`,
      hand: 'It is a key: hand it over in person, do not photograph or forward it.'
    }
  }
);
