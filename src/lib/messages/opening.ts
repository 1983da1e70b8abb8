import { limitUnits, type Limit, type LimitUnit } from '../domain/category';
import { languages, words, type Language } from './language';
import { officeWords } from './office';

export type ListName =
  'grids' | 'buildings' | 'units' | 'phones' | 'categories' | 'needs' | 'calendar' | 'tracks' | 'offline';
type BorderTrouble =
  'not-json' | 'not-geojson' | 'no-polygons' | 'bad-coordinates' | 'too-many' | 'twice' | 'failed';

const borders = words(
  {
    title: '网格边界',
    why: '画了边界，平板就知道走到了哪个网格。没有也能用。',
    how: '选一个 GeoJSON 文件，每个网格一块，或者在图上画。文件里的按编号或名称对上现有的网格，对不上的算新网格。先看一看，再保存。',
    file: '选边界文件（GeoJSON）',
    draw: '在图上画',
    howToDraw: '沿边界一个一个点拐角，离邻格拐角 12 米内会对齐。画完看一看，再保存。',
    whose: '画哪个网格',
    undrawn: '（还没有边界）',
    aNewGrid: '一个新网格',
    undo: '撤销一点',
    clear: '重画',
    corners: '拐角，一行一个：经度,纬度（也可以粘贴进来，坐标系看的时候再选）',
    wrongCorner: (line: number) => `第 ${line} 行不是“经度,纬度”`,
    crosses: '边界自己交叉了，请撤销几点再画',
    system: '用的坐标',
    systems: {
      wgs84: 'WGS-84 或 CGCS2000（GPS、天地图、测绘）',
      gcj02: 'GCJ-02（高德、腾讯）',
      bd09: 'BD-09（百度）'
    },
    lookAt: '选错坐标会偏几百米。请在下面的图上看看形状和位置。',
    look: '看一看',
    save: (count: number) => `保存 ${count} 块边界`,
    saved: (count: number) => `已保存 ${count} 块边界`,
    map: '网格边界图',
    isNew: '新网格',
    drawn: (drawn: number, all: number) => `${all} 个网格画了 ${drawn} 个`,
    troubles: {
      'not-json': () => '这不是 GeoJSON 文件，没有读入。',
      'not-geojson': () => '这不是 GeoJSON 文件，没有读入。',
      'no-polygons': () => '文件里没有一块边界，没有读入。',
      'bad-coordinates': () => '文件里的坐标不是经纬度，没有读入。请导出为经纬度（WGS-84）再试。',
      'too-many': () => '网格太多，一个社区最多 999 个，没有读入。',
      twice: (name: string) => `文件里有两块都是“${name}”，没有读入。`,
      failed: () => '没有保存，名单刚被别人改过。请重新选文件。'
    } satisfies Record<BorderTrouble, (name: string) => string>
  },
  {
    title: 'Borders of grids',
    why: 'With borders a tablet knows which grid it is in. It works without.',
    how: 'Choose a GeoJSON file with one area a grid, or draw on the map. Areas of a file are matched by number or name; what matches none is a new grid. Look first, then save.',
    file: 'Choose a file of borders (GeoJSON)',
    draw: 'Draw on the map',
    howToDraw:
      'Tap the corners one after the other. Within 12 metres of a neighbour’s corner that one is taken. Then look, and save.',
    whose: 'Grid',
    undrawn: ' (no border yet)',
    aNewGrid: 'a new grid',
    undo: 'Undo a corner',
    clear: 'Begin again',
    corners: 'Corners, one a line: longitude,latitude (may be pasted; choose their system when you look)',
    wrongCorner: (line: number) => `Line ${line} is no “longitude,latitude”`,
    crosses: 'The border crosses itself: undo some corners',
    system: 'Coordinates',
    systems: {
      wgs84: 'WGS-84 or CGCS2000 (GPS, Tianditu, surveys)',
      gcj02: 'GCJ-02 (Amap, Tencent)',
      bd09: 'BD-09 (Baidu)'
    },
    lookAt: 'The wrong system moves them by hundreds of metres. Look at shapes and places below.',
    look: 'Look',
    save: (count: number) => `Save ${count} borders`,
    saved: (count: number) => `${count} borders were saved`,
    map: 'Map of the borders',
    isNew: 'new grid',
    drawn: (drawn: number, all: number) => `${drawn} of ${all} drawn`,
    troubles: {
      'not-json': () => 'This is no GeoJSON file; nothing was read.',
      'not-geojson': () => 'This is no GeoJSON file; nothing was read.',
      'no-polygons': () => 'There is no area in this file; nothing was read.',
      'bad-coordinates': () =>
        'Its coordinates are no degrees; nothing was read. Export it with longitude and latitude (WGS-84).',
      'too-many': () => 'Too many grids: a community has at most 999. Nothing was read.',
      twice: (name) => `Two areas of the file are “${name}”; nothing was read.`,
      failed: () => 'Not saved: somebody has just changed the list. Choose the file again.'
    }
  }
);

type What =
  | 'number'
  | 'name'
  | 'twice'
  | 'parent'
  | 'kind'
  | 'before'
  | 'courtyard'
  | 'stairwells'
  | 'floors'
  | 'grid'
  | 'position'
  | 'where'
  | 'full'
  | 'group'
  | 'limit'
  | 'line'
  | 'afterPhoto'
  | 'codes'
  | 'date'
  | 'worked'
  | 'days'
  | 'long';

interface ListWords {
  title: string;
  why: string;
  /** The cells of a line. */
  how: string;
  /** What else is to be known of them. */
  also?: string[];
  example: string;
}

const lists = words<Record<ListName, ListWords>>(
  {
    grids: {
      title: '网格',
      why: '每条记录都归到一个网格，人员也按网格分。边界可以以后再画，先用名字。',
      how: '一行一个：编号、名称。微网格写成 1-01。',
      example: '1\t机械厂片区\n2\t向阳片区\n2-01\t向阳一号院'
    },
    buildings: {
      title: '院落楼栋',
      why: '断网也能按名称、别名或拼音首字母找到楼栋，再选单元和楼层。',
      how: '一行一栋：院落或小区、楼栋、单元数、地上层数、别名、网格编号、经度、纬度',
      also: [
        '只有院落必填。没有经纬度，或网格还没画边界时，要写网格编号。',
        '单元有名称的，写名称代替单元数，用顿号隔开，如“东、西”。别名也用顿号隔开。',
        '经纬度用 WGS-84。高德、百度的坐标会偏几百米，请不要填。',
        '改名时把原名写进别名，原来的记录会跟着。'
      ],
      example:
        '机械厂老院\t1栋\t3\t6\t老厂院\t1\n机械厂老院\t2栋\t东、西\t6\t老厂院\t1\n向阳菜市场\t\t\t\t\t2'
    },
    units: {
      title: '责任单位',
      why: '派单时选的物业、部门、派出所。',
      how: '一行一个：名称、种类（物业、部门、公安、其他）。改名时把原来的名称写在第三格，原来的事项会跟着。',
      example: '锦和物业\t物业\n万年场派出所\t公安\n环卫所\t部门'
    },
    phones: {
      title: '常用电话',
      why: '断网也能看到的号码。紧急的排在“紧急”里。',
      how: '一行一个：名称、号码，紧急的在后面写“紧急”。英文名可写在最后。',
      example: '报警\t110\t紧急\tPolice\n社区值班室\t028-8430-0000'
    },
    categories: {
      title: '问题类别',
      why: '记一条问题时选的类别，按这里的顺序排。已放好常用的，可以先用。',
      how: '一行一个：代码、名称、大类、时限、业务线、处置后照片、英文名',
      also: [
        '新的类别代码空着，自动编号；原来的代码不要改。',
        '删掉一行就是停用：以后不能再选，记过的仍显示原名；把那一行（带代码）写回来就恢复。',
        '时限写成 4 工作时、1 工作日、2 小时、7 天。改了只管以后受理的事项。',
        '业务线：党建、综治、民政、城管、信访、市场监管、卫健、应急。',
        '处置后照片：不需要、建议、需要，不填就是建议。英文名可以不填。',
        '补充的问题、是否公共设施和随手拍不在行里，按代码原样保留。'
      ],
      example: '\t井盖\t公共设施\t4 工作时\t城管\t需要\tManhole cover'
    },
    needs: {
      title: '需求类型',
      why: '记居民需求时选的类型，按这里的顺序排。已放好常用的，可以先用。',
      how: '一行一个：代码、名称、时限、英文名',
      also: [
        '新的类型代码空着，自动编号；原来的代码不要改。',
        '删掉一行就是停用：以后不能再选，记过的仍显示原名；把那一行（带代码）写回来就恢复。',
        '时限写成 1 工作日、4 工作时、2 小时、7 天。改了只管以后受理的事项。英文名可以不填。'
      ],
      example: '\t代取药\t1 工作日\tFetch medicine'
    },
    calendar: {
      title: '工作日历',
      why: '工作时、工作日按国务院的放假调休安排推算。这里只写本社区不一样的日子。',
      how: '一行一天：日期、上班或休息。改了只管以后受理的事项，已经定下的期限不变。',
      example: '2027-02-04\t休息\n2027-02-13\t上班'
    },
    tracks: {
      title: '轨迹用途',
      why: '写了用途，平板才可以记巡查轨迹；不写，谁的轨迹都不记。行踪轨迹是敏感个人信息：法律要求有特定的目的和充分的必要性，并严格保护，还要告诉本人为什么要记、对他有什么影响，由他单独同意（个人信息保护法第二十八、二十九、三十条）。网格员在平板上看到这段话，自己同意才开始记；改了用途要重新同意。轨迹点最多保存 30 天。不得用来考勤、打卡或排名。',
      how: '用途，最多 300 字。清空就关闭轨迹。',
      example: '只用来看哪些楼栋和巷子很久没走到，不用于考勤和排名。'
    },
    offline: {
      title: '平板离线期限',
      why: '平板这么多天没连上过社区，解锁码就打不开了，要本人登录或扫一张新的开通单；本机的记录都还在。平板丢了、又一直不联网时，靠它保密。',
      how: '多少天，1 到 60。',
      example: '14'
    }
  },
  {
    grids: {
      title: 'Grids',
      why: 'Every record belongs to a grid, and so do people. Borders can be drawn later: names come first.',
      how: 'One a line: number, name. A micro-grid is written 1-01.',
      example: '1\tMachine works\n2\tSunny side\n2-01\tSunny court 1'
    },
    buildings: {
      title: 'Courtyards and buildings',
      why: 'Found without signal by name, alias or pinyin initials; then a stairwell and a floor can be chosen.',
      how: 'One a line: courtyard, building, number of stairwells, floors above the ground, aliases, number of the grid, longitude, latitude',
      also: [
        'Only the courtyard must be there. Without a position, or while the grid has no border, the number of the grid is needed.',
        'Where stairwells have names, write those instead of their number, apart by 、 as in “东、西”; so with aliases.',
        'Positions are WGS-84. Those of Amap and Baidu are off by hundreds of metres: leave them out.',
        'To rename a building, write its former name among the aliases: its records stay with it.'
      ],
      example: 'Machine works\tBuilding 1\t3\t6\tOld works\t1\nSunny market\t\t\t\t\t2'
    },
    units: {
      title: 'Units',
      why: 'The property firms, departments and police stations cases are sent to.',
      how: 'One a line: name, kind (property, department, police, other). To rename one, write its former name third: its cases stay with it.',
      example: 'Jinhe Property\tproperty\nWannianchang Police\tpolice'
    },
    phones: {
      title: 'Phone numbers',
      why: 'Numbers that show without signal. Urgent ones come first.',
      how: 'One a line: name, number, and “urgent” where it is. An English name may follow.',
      example: 'Police\t110\turgent\nCommunity office\t028-8430-0000'
    },
    categories: {
      title: 'Categories of issues',
      why: 'What an issue is about, in this order. The usual ones are there to begin with.',
      how: 'One a line: code, Chinese name, Chinese name of the group, limit, business line, photo afterwards, English name',
      also: [
        'Leave the code of a new one empty: it gets the next. Do not change codes that are there.',
        'A line taken away retires it: it is offered no more, and what was filed under it keeps its name. The line with its code brings it back.',
        'Limits: 4 office hours, 1 working day, 2 hours, 7 days. A changed one is for cases accepted from then on.',
        'Business lines: Party work, Public security, Civil affairs, City management, Petitions, Market supervision, Health, Emergency.',
        'Photo afterwards: not needed, suggested, required; without a word, suggested. The English name may be left out.',
        'Further questions, public facility and quick report are not on the line and stay as they are with the code.'
      ],
      example: '\t井盖\t公共设施\t4 office hours\tCity management\trequired\tManhole cover'
    },
    needs: {
      title: 'Types of need',
      why: 'What a resident may want, in this order. The usual ones are there to begin with.',
      how: 'One a line: code, Chinese name, limit, English name',
      also: [
        'Leave the code of a new one empty: it gets the next. Do not change codes that are there.',
        'A line taken away retires it: it is offered no more, and what was filed under it keeps its name. The line with its code brings it back.',
        'Limits: 1 working day, 4 office hours, 2 hours, 7 days. A changed one is for cases accepted from then on. The English name may be left out.'
      ],
      example: '\t代取药\t1 working day\tFetch medicine'
    },
    calendar: {
      title: 'Calendar',
      why: 'Office hours and working days are counted on the State Council’s holidays and shifted days. Write here only the days that are different in this community.',
      how: 'A day a line: date, and “work” or “off”. A change is for cases accepted from then on; limits that were set stay.',
      example: '2027-02-04\toff\n2027-02-13\twork'
    },
    tracks: {
      title: 'Purpose of tracks',
      why: 'Only with a purpose may tablets record tracks of patrols; without one nobody’s are. Where a person went is sensitive personal information: the law asks for a specific purpose, sufficient necessity and strict protection, and that the person is told why and what it means for them, and consents to it separately (Personal Information Protection Law, articles 28 to 30). Grid workers read these words on their tablet and decide themselves; other words ask them again. Points are kept for 30 days at most. Tracks must not serve for attendance, check-ins or ranking.',
      how: 'The purpose, at most 300 characters. Empty it to switch tracks off.',
      example:
        'Only to see which buildings and lanes nobody has walked to for long; not for attendance or ranking.'
    },
    offline: {
      title: 'Days without the office',
      why: 'After so many days without contact a PIN opens nothing on a tablet: its owner signs in, or scans a new slip. The records on it stay. It keeps them secret on a lost tablet that never goes online.',
      how: 'How many days, 1 to 60.',
      example: '14'
    }
  }
);

export const openingWords = words(
  {
    title: '开通社区',
    intro: '从上往下做完，这个社区就能用了。每一项以后都能改。',
    areas: {
      title: '地区名称和代码',
      how: '把统计用区划代码表里本地区的几行粘贴在这里，也可以选文件。一行一个：代码、名称。',
      example: '510108011007\t长天路社区居委会\n510108011\t万年场街道\n510108\t成华区',
      save: '保存名称',
      saved: (count: number) => `已记下 ${count} 个名称`,
      none: '没有看到您管辖范围内的代码和名称，没有保存。请核对代码。',
      unopened: '还没开通的社区',
      open: '开通所选的社区',
      opened: '已开通。请接着做下面几步。',
      choose: '请先勾选要开通的社区。'
    },
    steps: '接下来',
    counts: (count: number) => (count ? `${count} 项` : '还没有'),
    done: '做好了',
    todo: '待做',
    people: '人员和开通单',
    peopleWhy: '每人一张开通单，扫一下就能用。',
    map: '底图',
    mapWhy: '目前由部署人员按运维说明导入。没有也能用。',
    save: '保存',
    saved: '已保存',
    notSaved: '没有保存，请改好这几行：',
    inUse: (names: string) => `没有保存：${names} 还有人员或记录，不能删掉。改名可以。`,
    line: (line: number, what: string) => `第 ${line} 行：${what}`,
    back: '返回开通',
    changes: '改动记录',
    changedBy: (name: string, when: string) => `${when} ${name}`,
    orderOrShape: '只动了顺序或地图上的形状',
    urgent: '紧急',
    workdays: { worked: '上班', off: '休息' },
    knownYear: (year: number) => `${year} 年的放假调休安排已有。`,
    unknownYear: (year: number) => `${year} 年的还没有，先按周一至周五推算。`,
    exceptions: (count: number) => (count ? `${count} 天和全国不一样` : '和全国一样'),
    tracksWhy: '不写也能用。写明用途以后，平板才可以记巡查轨迹。',
    tracksOn: '已写明，网格员同意后记轨迹',
    tracksOff: '没写，不记轨迹',
    keeping: '个人信息存多久',
    keepingWhy: '到期的自动清除，平板上的也一起清除。',
    keepingSaid: (days: number, years: number) => `轨迹 ${days} 天，办结后 ${years} 年`,
    offlineWhy: '平板多少天没连上社区，就要重新登录。',
    offlineDays: (days: number) => `${days} 天`,
    kinds: { property: '物业', department: '部门', police: '公安', other: '其他' },
    troubles: {
      number: (value: string) => (value ? `没看懂“${value}”` : '没写编号或号码'),
      name: (value: string) => `${value} 后面没写名称`,
      twice: (value: string) => (value ? `“${value}”重复了` : '没写名称'),
      parent: (value: string) => `“${value}”所在的网格不在名单里`,
      kind: (value: string) => `没有“${value}”这个种类`,
      before: (value: string) => `原来没有“${value}”`,
      courtyard: (value: string) => `“${value}”前面没写院落或小区`,
      stairwells: (value: string) => `没看懂单元“${value}”，请写几个单元，或把名称用顿号隔开`,
      floors: (value: string) => `没看懂层数“${value}”`,
      grid: (value: string) => `没有“${value}”这个网格`,
      position: (value: string) => `没看懂位置“${value}”，请先写经度、再写纬度，或者不写`,
      where: (value: string) => `“${value}”没写网格编号，位置也不在画好的网格里`,
      full: (value: string) => `网格 ${value} 的楼栋超过了 999 栋`,
      group: (value: string) => `“${value}”后面没写大类`,
      limit: (value: string) => (value ? `没看懂时限“${value}”，请写成“3 工作日”这样` : '没写时限'),
      line: (value: string) => (value ? `没有“${value}”这条业务线` : '没写业务线'),
      afterPhoto: (value: string) => `处置后照片只能写不需要、建议或需要，没看懂“${value}”`,
      codes: (value: string) => `“${value}”没有代码可编了，最多到 999`,
      date: (value: string) => `没看懂日期“${value}”，请写成 2027-02-05 这样`,
      worked: (value: string) => (value ? `只能写上班或休息，没看懂“${value}”` : '没写上班还是休息'),
      days: (value: string) => `没看懂“${value}”，请写 1 到 60 的整数`,
      long: (value: string) => `写了 ${value} 字，最多 300 字`
    } satisfies Record<What, (value: string) => string>,
    borders: borders.zh,
    lists: lists.zh
  },
  {
    title: 'Open a community',
    intro: 'Go through it from top to bottom and the community can be used. Everything can be changed later.',
    areas: {
      title: 'Names and codes of areas',
      how: 'Paste the rows of your area from the table of statistical area codes here, or choose a file. One a line: code, name.',
      example: '510108011007\t长天路社区居委会\n510108011\t万年场街道\n510108\t成华区',
      save: 'Save names',
      saved: (count: number) => `${count} names were noted`,
      none: 'There is no code and name of your area in it, so nothing was saved. Please check the codes.',
      unopened: 'Communities not opened yet',
      open: 'Open the selected',
      opened: 'Opened. Go on with the steps below.',
      choose: 'First select the communities to open.'
    },
    steps: 'Next',
    counts: (count: number) => (count ? String(count) : 'none yet'),
    done: 'done',
    todo: 'to do',
    people: 'People and slips',
    peopleWhy: 'A slip for each person: they scan it and start.',
    map: 'Base map',
    mapWhy: 'For now imported by whoever runs the server, as the operations guide says. It works without.',
    save: 'Save',
    saved: 'Saved',
    notSaved: 'Not saved. Please correct these lines:',
    inUse: (names: string) =>
      `Not saved: ${names} still has people or records and cannot go. It can be renamed.`,
    line: (line: number, what: string) => `Line ${line}: ${what}`,
    back: 'Back to opening',
    changes: 'Changes',
    changedBy: (name: string, when: string) => `${when} ${name}`,
    orderOrShape: 'Only the order, or a shape on the map',
    urgent: 'urgent',
    workdays: { worked: 'work', off: 'off' },
    knownYear: (year: number) => `The holidays of ${year} are known.`,
    unknownYear: (year: number) => `Those of ${year} are not yet: counted from Monday to Friday.`,
    exceptions: (count: number) => (count ? `${count} days of its own` : 'as in the whole country'),
    tracksWhy: 'It works without. Only with a purpose may tablets record tracks.',
    tracksOn: 'stated: tracks are recorded where a worker agrees',
    tracksOff: 'not stated: no tracks',
    keeping: 'How long personal data is kept',
    keepingWhy: 'What is due is erased by itself, on tablets as well.',
    keepingSaid: (days: number, years: number) => `tracks ${days} days, ${years} years after closing`,
    offlineWhy: 'How long a PIN opens a tablet without contact.',
    offlineDays: (days: number) => (days === 1 ? '1 day' : `${days} days`),
    kinds: { property: 'property', department: 'department', police: 'police', other: 'other' },
    troubles: {
      number: (value) => (value ? `“${value}” is not understood` : 'a number is missing'),
      name: (value) => `there is no name after ${value}`,
      twice: (value) => (value ? `“${value}” is there twice` : 'a name is missing'),
      parent: (value) => `the grid of “${value}” is not on the list`,
      kind: (value) => `there is no kind “${value}”`,
      before: (value) => `there was no “${value}”`,
      courtyard: (value) => `there is no courtyard before “${value}”`,
      stairwells: (value) =>
        `stairwells “${value}” are not understood; write how many, or their names apart by commas`,
      floors: (value) => `floors “${value}” are not understood`,
      grid: (value) => `there is no grid “${value}”`,
      position: (value) =>
        `the position “${value}” is not understood; longitude comes first, or leave it out`,
      where: (value) => `“${value}” has no number of a grid, and no position in a grid that is drawn`,
      full: (value) => `grid ${value} has more than 999 buildings`,
      group: (value) => `there is no group after “${value}”`,
      limit: (value) =>
        value ? `the limit “${value}” is not understood; write “3 working days”` : 'there is no limit',
      line: (value) => (value ? `there is no business line “${value}”` : 'there is no business line'),
      afterPhoto: (value) =>
        `a photo afterwards is not needed, suggested or required; “${value}” is not understood`,
      codes: (value) => `no code is left for “${value}”: they end at 999`,
      date: (value) => `the date “${value}” is not understood; write 2027-02-05`,
      worked: (value) =>
        value ? `write “work” or “off”; “${value}” is not understood` : 'write “work” or “off” after it',
      days: (value) => `“${value}” is not a whole number from 1 to 60`,
      long: (value) => `these are ${value} characters, and 300 at most`
    },
    borders: borders.en,
    lists: lists.en
  }
);

const all = Object.values(openingWords);
const office = Object.values(officeWords);
const plain = (text: string) => text.replace(/\s/g, '').toLowerCase();

/** What is meant by a word in either language, lower case, as it may be pasted. */
function byWord<Key extends string>(dictionaries: readonly Record<Key, string>[]): ReadonlyMap<string, Key> {
  const entries = dictionaries.flatMap((dictionary) => Object.entries<string>(dictionary));
  return new Map(entries.map(([key, word]) => [word.toLowerCase(), key as Key]));
}

export const unitKindByWord = byWord(all.map(({ kinds }) => kinds));
export const urgentWords: ReadonlySet<string> = new Set(all.map(({ urgent }) => urgent));
export const workedByWord = byWord(all.map(({ workdays }) => workdays));
export const lineByWord = byWord(office.map(({ lines }) => lines));
export const afterPhotoByWord = byWord(office.map(({ afterPhotos }) => afterPhotos));

export function limitInWords({ count, unit }: Limit, language: Language): string {
  return officeWords[language].limitUnits[unit](count);
}

/** In whatever unit; more is a slip of the pen. */
const longest = 999;

/** `3 工作日` or `3 working days` as a limit; undefined where it is none. */
export function limitOf(text: string): Limit | undefined {
  const count = Number.parseFloat(text);
  const isMeant = (unit: LimitUnit) =>
    count > 0 &&
    count <= longest &&
    languages.some((language) => plain(limitInWords({ count, unit }, language)) === plain(text));
  const unit = limitUnits.find(isMeant);
  return unit && { count, unit };
}
