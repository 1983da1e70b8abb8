import type { BusinessLine, Category, Limit } from '../domain/category';
import type { NextAct } from '../domain/lawful-acts';
import type { RefusalCode } from '../domain/refusal';
import type { CaseStatus, ListedReportState } from '../domain/status';
import { words, type Language } from './language';
import { refusalSentence, refusalSentences } from './refusals';

/** One act: what its button says, what its text box asks for, and what is said when it is done. */
interface ActWords {
  name: string;
  ask?: string;
  hint?: string;
  done: string;
}

type Tables = {
  acts: Record<NextAct, ActWords>;
  lines: Record<BusinessLine, string>;
  reportStates: Record<ListedReportState, string>;
  caseStates: Record<CaseStatus, string>;
  afterPhotos: Record<Category['afterPhoto'], string>;
  limitUnits: Record<Limit['unit'], (count: number) => string>;
  unitKinds: Record<'property' | 'department' | 'police' | 'other', string>;
};

const tables = words<Tables>(
  {
    acts: {
      accept: { name: '受理', done: '已受理' },
      dispatch: {
        name: '派单',
        ask: '办理要求（可不填）',
        hint: '责任单位看得到这段话，请不要写反映人。',
        done: '已派单'
      },
      askDetail: { name: '请补充', ask: '请网格员补充什么', done: '已请网格员补充' },
      reject: { name: '不予受理', ask: '原因', hint: '网格员看得到。', done: '已不予受理' },
      closeSolved: { name: '现场已处理，办结', done: '已办结' },
      handle: { name: '报告结果', ask: '处理结果', done: '已报告结果，待核查' },
      return: { name: '退回', ask: '原因', done: '已退回' },
      pass: { name: '核查通过', done: '核查通过' },
      fail: { name: '核查未过', ask: '还有什么没做好', done: '已退回重办' },
      close: { name: '办结', ask: '说明（可不填）', done: '已办结' },
      drop: { name: '无需处理，办结', ask: '原因', done: '已办结' },
      tell: { name: '已告知居民', ask: '怎么说的（可不填）', done: '已记下：已告知居民' },
      comment: { name: '留言', ask: '留言内容', done: '已留言' }
    },
    lines: {
      party: '党建',
      security: '综治',
      civilAffairs: '民政',
      cityManagement: '城管',
      petitions: '信访',
      market: '市场监管',
      health: '卫健',
      emergency: '应急'
    },
    reportStates: {
      reported: '待受理',
      needsDetail: '待补充',
      accepted: '已受理',
      rejected: '不予受理',
      withdrawn: '已撤回',
      told: '已告知居民'
    },
    caseStates: {
      accepted: '待派单',
      dispatched: '已派单',
      returned: '已退回',
      handled: '待核查',
      checked: '待办结',
      rework: '重办',
      closed: '已办结'
    },
    afterPhotos: { no: '不需要', suggested: '建议', required: '需要' },
    limitUnits: {
      hour: (count) => `${count} 小时`,
      day: (count) => `${count} 天`,
      workHour: (count) => `${count} 工作时`,
      workDay: (count) => `${count} 工作日`
    },
    unitKinds: { property: '物业', department: '部门', police: '派出所', other: '其他' }
  },
  {
    acts: {
      accept: { name: 'Accept', done: 'Accepted' },
      dispatch: {
        name: 'Dispatch',
        ask: 'What is to be done (optional)',
        hint: 'The unit reads this: please do not say who reported it.',
        done: 'Dispatched'
      },
      askDetail: { name: 'Ask for detail', ask: 'What is missing', done: 'The grid worker was asked' },
      reject: {
        name: 'Not taken up',
        ask: 'Reason',
        hint: 'The grid worker reads it.',
        done: 'Not taken up'
      },
      closeSolved: { name: 'Solved on the spot: close', done: 'Closed' },
      handle: { name: 'Report the result', ask: 'What was done', done: 'Result reported, to be checked' },
      return: { name: 'Return', ask: 'Reason', done: 'Returned' },
      pass: { name: 'Check passed', done: 'Check passed' },
      fail: { name: 'Check failed', ask: 'What is still to be done', done: 'Sent back to be redone' },
      close: { name: 'Close', ask: 'Remark (optional)', done: 'Closed' },
      drop: { name: 'Nothing to do: close', ask: 'Reason', done: 'Closed' },
      tell: { name: 'Resident told', ask: 'What was said (optional)', done: 'Noted: resident told' },
      comment: { name: 'Comment', ask: 'Comment', done: 'Comment added' }
    },
    lines: {
      party: 'Party work',
      security: 'Public security',
      civilAffairs: 'Civil affairs',
      cityManagement: 'City management',
      petitions: 'Petitions',
      market: 'Market supervision',
      health: 'Health',
      emergency: 'Emergency'
    },
    reportStates: {
      reported: 'To accept',
      needsDetail: 'Detail wanted',
      accepted: 'Accepted',
      rejected: 'Not taken up',
      withdrawn: 'Withdrawn',
      told: 'Resident told'
    },
    caseStates: {
      accepted: 'To dispatch',
      dispatched: 'Dispatched',
      returned: 'Returned',
      handled: 'To check',
      checked: 'To close',
      rework: 'Redo',
      closed: 'Closed'
    },
    afterPhotos: { no: 'not needed', suggested: 'suggested', required: 'required' },
    limitUnits: {
      hour: (count) => (count === 1 ? '1 hour' : `${count} hours`),
      day: (count) => (count === 1 ? '1 day' : `${count} days`),
      workHour: (count) => (count === 1 ? '1 office hour' : `${count} office hours`),
      workDay: (count) => (count === 1 ? '1 working day' : `${count} working days`)
    },
    unitKinds: { property: 'Property firm', department: 'Department', police: 'Police', other: 'Other' }
  }
);

const sentences = words(
  {
    navigation: '工作台菜单',
    pages: {
      inbox: '受理',
      cases: '事项',
      handovers: '交接班',
      'hand-in': '救急文件',
      opening: '开通',
      people: '人员',
      access: '谁看过',
      privacy: '个人信息',
      opinions: '意见建议',
      settings: '设置'
    },
    signedInAs: '已登录：',
    signOut: '退出登录',
    community: '社区',
    switchTo: '切换',
    news: (count: number) => `有 ${count} 条新内容`,
    updated: '列表已更新',
    restored: (when: string) =>
      `服务器在${when}恢复了备份。平板会补交之后的内容；办公室在那段时间的操作，平板没看到过的不会回来，请核对。`,
    skip: '跳到内容',
    filters: '筛选',
    clear: '清除筛选',
    takeOff: '去掉这个条件',
    onMap: '在地图上看',
    all: '全部',
    kind: '种类',
    issue: '问题',
    need: '需求',
    grid: '网格',
    line: '条线',
    category: '类别',
    building: '楼栋',
    state: '状态',
    quick: '随手拍',
    restricted: '仅社区可见',
    overdue: '超期',
    openCases: '未办结',
    unit: '责任单位',
    search: '搜索',
    searchHint: '文字、编号或院落',
    searchAll: '搜索包括所有状态',
    apply: '查找',
    list: '列表',
    map: '地图',
    mapLabel: '上报的地图',
    notOnMap: (count: number) => `${count} 条没有位置，不在图上`,
    more: '更早的',
    moreCases: '下一页',
    first: '回到最前',
    waiting: '待受理的上报',
    inboxEmpty: '没有待受理的上报。新上报会自动出现在这里。',
    inboxNoHit: '没有符合条件的上报。请放宽条件，或清除筛选。',
    casesEmpty: '没有未办结的事项。受理上报后，事项会出现在这里。',
    casesNoHit: '没有符合条件的事项。请放宽条件，或清除筛选。',
    unitCasesEmpty: '目前没有派给贵单位的事项。新派单会自动出现在这里。',
    choose: '选一条查看。',
    chooseKeys: '按 J、K 上下移动，右侧按键办理',
    unread: '未查看',
    newDetail: '有补充',
    arrivedAt: '到社区：',
    foundAt: (when: string) => `所列为到社区的时间；记录于 ${when}`,
    photosCount: (count: number) => `${count} 张照片`,
    voicesCount: (count: number) => `${count} 段语音`,
    record: '上报',
    case: '事项',
    noNumber: '编号待定',
    actsTitle: '办理',
    noActs: '现在没有可办的事。',
    actsHint: '按键直接办理，输入文字时按键不起作用',
    submit: '确定',
    cancel: '取消',
    working: '正在办理…',
    failed: '没有办成，输入的还在。请稍后再试；附照片的，请少附几张。',
    lost: '没有连上服务器，还不知道是否办成。输入的还在，连上后请看经过再试。',
    missing: { unit: '请选责任单位。', words: '请填写这一栏。', agreed: '请先勾选这一项，再派单。' },
    restrictedDispatch: '记录人选了仅社区可见：派出后，责任单位能看到文字和照片。',
    restrictedAgreed: '仍要派出，让责任单位看到',
    chooseUnit: '请选择',
    commentTo: '给谁看',
    commentToReport: '网格员和社区（责任单位看不到）',
    commentToCase: '责任单位也看得到',
    afterPhoto: '处理后照片',
    afterPhotoRequired: '这一类需要处理后照片。',
    afterPhotoSuggested: '建议附处理后照片。',
    afterPhotoLimit: '最多 6 张，每张不超过 10 MB',
    history: '经过',
    linked: '关联的记录',
    linkAnother: '关联另一条',
    linkNumber: '编号',
    linkHint: '李平-1120-03 或事项编号',
    linkThis: '关联这一条',
    linkDone: '已关联',
    linkTroubles: {
      empty: '请输入编号。',
      'not-found': '没有找到这个编号，没有关联。请核对；只能关联本社区的上报或事项。',
      itself: '这是本条自己的编号，没有关联。',
      'already-exists': '这两条早已关联。'
    },
    print: '打印',
    printedAt: (when: string) => `打印于 ${when}`,
    instruction: '办理要求',
    reason: '原因',
    wanted: '请补充',
    due: '时限',
    limitUncertain: '该年的放假调休安排还没有公布，期限按周一至周五推算',
    handlingUnit: '责任单位',
    toCase: '看事项',
    toList: '返回列表',
    missingPhotos: (count: number) => `还有 ${count} 张照片在平板上`,
    missingVoices: (count: number) => `还有 ${count} 段语音在平板上`,
    voicesHidden: '有语音，仅社区可听',
    left: (span: string) => `剩 ${span}`,
    late: (span: string) => `超期 ${span}`,
    noLimit: '未起算',
    columns: {
      number: '编号',
      subject: '事由',
      place: '地点',
      unit: '责任单位',
      state: '状态',
      time: '时限'
    },
    notFound: '没有找到',
    notFoundWhy: '可能链接不对，或这条不归您看。',
    fault: '出了点问题',
    faultWhy: '请稍后再试；已经办理的不受影响。',
    home: '回到工作台',
    settingsIntro: '这里列出社区的类别、需求类型、责任单位和网格，供查看。要改请到“开通”。',
    settingsAlso: '管理员看不到居民和上报内容，只管这些表和人员。',
    settingsNone: '您管辖的范围内还没有社区。管理员可以在“开通”里开通。',
    categories: '类别',
    needTypes: '需求类型',
    units: '责任单位',
    grids: '网格',
    code: '代码',
    name: '名称',
    limit: '时限',
    none: '还没有。'
  },
  {
    navigation: 'Desk menu',
    pages: {
      inbox: 'Inbox',
      cases: 'Cases',
      handovers: 'Handovers',
      'hand-in': 'Lifeline',
      opening: 'Opening',
      people: 'People',
      access: 'Who looked',
      privacy: 'Privacy',
      opinions: 'Opinions',
      settings: 'Settings'
    },
    signedInAs: 'Signed in: ',
    signOut: 'Sign out',
    community: 'Community',
    switchTo: 'Switch',
    news: (count: number) => `${count} new`,
    updated: 'The list was updated',
    restored: (when: string) =>
      `The server was put back from a backup on ${when}. Tablets hand back what came after it; what the desk did meanwhile and no tablet had seen is lost. Please check.`,
    skip: 'Skip to content',
    filters: 'Filters',
    clear: 'Clear filters',
    takeOff: 'remove this filter',
    onMap: 'Show on the map',
    all: 'All',
    kind: 'Kind',
    issue: 'Issue',
    need: 'Need',
    grid: 'Grid',
    line: 'Business line',
    category: 'Category',
    building: 'Building',
    state: 'State',
    quick: 'Quick report',
    restricted: 'Community only',
    overdue: 'Overdue',
    openCases: 'Open',
    unit: 'Unit',
    search: 'Search',
    searchHint: 'Text, number or place',
    searchAll: 'The search covers every state',
    apply: 'Find',
    list: 'List',
    map: 'Map',
    mapLabel: 'Map of the reports',
    notOnMap: (count: number) => `${count} without a position, not on the map`,
    more: 'Earlier ones',
    moreCases: 'Next page',
    first: 'Back to the first',
    waiting: 'Reports to accept',
    inboxEmpty: 'Nothing waits to be accepted. New reports appear here by themselves.',
    inboxNoHit: 'No report fits. Widen or clear the filters.',
    casesEmpty: 'No case is open. Once a report is accepted, its case appears here.',
    casesNoHit: 'No case fits. Widen or clear the filters.',
    unitCasesEmpty: 'No case is with your unit at the moment. New ones appear here by themselves.',
    choose: 'Choose a report.',
    chooseKeys: 'J and K move up and down; the keys on the right act',
    unread: 'Not opened',
    newDetail: 'Detail added',
    arrivedAt: 'Arrived: ',
    foundAt: (when: string) => `When it arrived; recorded ${when}`,
    photosCount: (count: number) => (count === 1 ? '1 photo' : `${count} photos`),
    voicesCount: (count: number) => (count === 1 ? '1 voice note' : `${count} voice notes`),
    record: 'Report',
    case: 'Case',
    noNumber: 'number to come',
    actsTitle: 'Acts',
    noActs: 'There is nothing to do now.',
    actsHint: 'The keys act at once; they are silent while you type',
    submit: 'Confirm',
    cancel: 'Cancel',
    working: 'Working…',
    failed:
      'This was not done; what you typed is still here. Please try again later, with fewer pictures if there are any.',
    lost: 'The server could not be reached, so it is not known whether this was done. What you typed is still here: look at what happened before you try again.',
    missing: {
      unit: 'Please choose a unit.',
      words: 'Please fill in this field.',
      agreed: 'Please tick this first, then dispatch.'
    },
    restrictedDispatch:
      'Whoever recorded it chose “community only”: once dispatched, the unit reads the text and sees the photos.',
    restrictedAgreed: 'Dispatch it all the same; the unit may see it',
    chooseUnit: 'Please choose',
    commentTo: 'Who reads it',
    commentToReport: 'Grid worker and office (not the unit)',
    commentToCase: 'The unit as well',
    afterPhoto: 'Photo of the result',
    afterPhotoRequired: 'This category needs a photo of the result.',
    afterPhotoSuggested: 'A photo of the result is suggested.',
    afterPhotoLimit: 'At most 6, each up to 10 MB',
    history: 'What happened',
    linked: 'Linked records',
    linkAnother: 'Link another',
    linkNumber: 'Number',
    linkHint: '李平-1120-03 or a case number',
    linkThis: 'Link this one',
    linkDone: 'Linked',
    linkTroubles: {
      empty: 'Please enter a number.',
      'not-found':
        'No such number, so nothing was linked. Please check it; only reports and cases of this community can be linked.',
      itself: 'This is the number of this very record; nothing was linked.',
      'already-exists': 'The two are linked already.'
    },
    print: 'Print',
    printedAt: (when: string) => `Printed ${when}`,
    instruction: 'What is to be done',
    reason: 'Reason',
    wanted: 'Wanted',
    due: 'Due',
    limitUncertain: 'Holidays of that year are not announced yet: counted from Monday to Friday',
    handlingUnit: 'Unit',
    toCase: 'Open the case',
    toList: 'Back to the list',
    missingPhotos: (count: number) =>
      `${count} more ${count === 1 ? 'photo is' : 'photos are'} still on the tablet`,
    missingVoices: (count: number) =>
      `${count} more voice ${count === 1 ? 'note is' : 'notes are'} still on the tablet`,
    voicesHidden: 'There is a voice note; only the community office may hear it',
    left: (span: string) => `${span} left`,
    late: (span: string) => `${span} overdue`,
    noLimit: 'not started',
    columns: {
      number: 'Number',
      subject: 'Subject',
      place: 'Place',
      unit: 'Unit',
      state: 'State',
      time: 'Due'
    },
    notFound: 'Not found',
    notFoundWhy: 'The link may be wrong, or this is not yours to see.',
    fault: 'Something went wrong',
    faultWhy: 'Please try again later; what was done is not affected.',
    home: 'Back to the desk',
    settingsIntro:
      'The categories, types of need, units and grids of the community, to look at. They are changed under Opening.',
    settingsAlso: 'An administrator sees no residents and no reports, only these tables and the people.',
    settingsNone: 'There is no community in your area yet. An administrator can open one under Opening.',
    categories: 'Categories',
    needTypes: 'Types of need',
    units: 'Units',
    grids: 'Grids',
    code: 'Code',
    name: 'Name',
    limit: 'Limit',
    none: 'None yet.'
  }
);

/** Every word of the desk. */
export const officeWords = words({ ...sentences.zh, ...tables.zh }, { ...sentences.en, ...tables.en });

/** Where the tablet's sentence speaks of what is kept on the tablet. */
const refusalsAtDesk = words<Partial<Record<RefusalCode, string>>>(
  {
    'not-signed-in': '登录已过期，没有办理。请重新登录。',
    'not-granted': '您没有这项权限，没有办理。',
    'account-mismatch': '现在登录的是另一个账号，没有办理。请刷新页面。',
    malformed: '内容不完整或格式不对，没有办理。请刷新页面再试。',
    'id-reused': '没有办理。请刷新页面再试。',
    'upgrade-needed': '页面已过时，没有办理。请刷新页面再试。',
    'unknown-record': '找不到这条记录，没有办理。可能已不归您看。',
    'photo-not-declared': '照片没有收下，请再试一次。',
    'photo-length-differs': '照片没有收下，请再试一次。',
    'photo-hash-differs': '照片没有收下，请再试一次。'
  },
  {
    'not-signed-in': 'Your sign-in has expired and nothing was done. Please sign in again.',
    'not-granted': 'You may not do this; nothing was done.',
    'account-mismatch': 'Another account is signed in now; nothing was done. Please reload the page.',
    malformed: 'Something is missing or not in the right form; nothing was done. Please reload the page.',
    'id-reused': 'Nothing was done. Please reload the page.',
    'upgrade-needed': 'The page is out of date; nothing was done. Please reload it.',
    'unknown-record': 'This record cannot be found; nothing was done. It may no longer be yours to see.',
    'photo-not-declared': 'The photo was not taken. Please try again.',
    'photo-length-differs': 'The photo was not taken. Please try again.',
    'photo-hash-differs': 'The photo was not taken. Please try again.'
  }
);

/** A refusal as the desk says it. */
export function deskRefusal(
  language: Language,
  code: RefusalCode,
  details?: Record<string, string | number>
): string {
  return refusalsAtDesk[language][code] ?? refusalSentence(refusalSentences[language], code, details);
}
