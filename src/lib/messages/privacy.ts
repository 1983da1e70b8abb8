import type { LegalBasis } from '../domain/legal-basis';
import type { Period, PersonalField, PersonalFieldName } from '../domain/personal-data';
import { words } from './language';

interface Tables {
  lines: Record<PersonalFieldName, { name: string; purpose: string }>;
  whose: Record<PersonalField['whose'], string>;
  bases: Record<LegalBasis, string>;
  periods: Record<Exclude<Period, 'track' | 'closed'>, string>;
}

const tables = words<Tables>(
  {
    lines: {
      contact: { name: '跟谁说的、答应了什么', purpose: '回复居民，兑现约定。' },
      voice: { name: '录音', purpose: '说不清、来不及写的，先录下来。' },
      need: { name: '居民的需求', purpose: '把居民托的事办好。' },
      issue: { name: '问题的文字和地点', purpose: '找到地方，把问题处理好。' },
      talk: { name: '留言、要求和结果', purpose: '经办的人之间把事情说清楚。' },
      picture: { name: '照片', purpose: '证明处理前后的样子。' },
      reporter: { name: '谁上报的', purpose: '告诉上报人办得怎样，有不清楚的好问。' },
      handover: { name: '交接班的备注', purpose: '下一班知道居民还等着什么。' },
      opinion: { name: '对应用的意见建议', purpose: '改进应用，答复提出的人。' },
      patrol: { name: '巡查的起止和备注', purpose: '知道哪些地方走到了。' },
      track: { name: '巡查轨迹', purpose: '知道哪些地方很久没走到，不作考勤。' },
      account: { name: '姓名、账号和权限', purpose: '登录，只看自己该看的。' },
      session: { name: '登录的设备', purpose: '丢了平板能马上停用。' },
      access: { name: '谁看过', purpose: '能查清谁打开过别人的信息。' },
      administration: { name: '管理操作', purpose: '能查清权限和名单是谁改的。' }
    },
    whose: { resident: '居民', worker: '网格员', staff: '工作人员' },
    bases: { consent: '同意', duty: '法定职责' },
    periods: {
      record: '随记录保存，本人要求时清除',
      access: '3 年',
      session: '退出或 60 天',
      employment: '在岗期间',
      always: '一直'
    }
  },
  {
    lines: {
      contact: {
        name: 'Whom somebody spoke to, what was promised',
        purpose: 'To answer the resident and keep the promise.'
      },
      voice: { name: 'Voice notes', purpose: 'What there is no time to write down.' },
      need: { name: 'What a resident needs', purpose: 'To do what the resident asked for.' },
      issue: { name: 'Text and place of an issue', purpose: 'To find the place and put it right.' },
      talk: {
        name: 'Comments, instructions, results',
        purpose: 'So that those at work on it understand each other.'
      },
      picture: { name: 'Pictures', purpose: 'To show it before and after.' },
      reporter: { name: 'Who reported it', purpose: 'To tell them what became of it, and to ask.' },
      handover: {
        name: 'Note of a handover',
        purpose: 'So that the next shift knows what residents wait for.'
      },
      opinion: { name: 'Opinions on the app', purpose: 'To mend the app, and to answer who gave them.' },
      patrol: { name: 'Begin, end and note of a patrol', purpose: 'To know which places were seen.' },
      track: {
        name: 'Track of a patrol',
        purpose: 'To know where nobody has been lately; never attendance.'
      },
      account: {
        name: 'Name, account, grants',
        purpose: 'To sign in and see only what is one’s own to see.'
      },
      session: { name: 'Devices signed in', purpose: 'To stop a lost tablet at once.' },
      access: { name: 'Who looked', purpose: 'To find out who opened what is kept of others.' },
      administration: { name: 'Acts of administration', purpose: 'To find out who changed grants and lists.' }
    },
    whose: { resident: 'residents', worker: 'grid workers', staff: 'staff' },
    bases: { consent: 'consent', duty: 'legal duty' },
    periods: {
      record: 'with the record, until the person wants it erased',
      access: '3 years',
      session: 'until signing out, or 60 days',
      employment: 'while employed',
      always: 'always'
    }
  }
);

export const privacyWords = words(
  {
    ...tables.zh,
    untilWhen: (purpose: string) => `${purpose}办结满期后自动清除。`,
    agreed: '对方同意记下这些（可不勾）',
    title: '个人信息',
    intro:
      '系统里存着哪些个人信息，为什么存，凭什么存，存多久，谁能看，现在有多少；清除过什么；近 90 天谁看过。这里只有数目，看不到是谁的。',
    toPerson: '查找、导出、删除某个人的信息',
    print: '打印',
    kept: '存着什么',
    columns: {
      what: '内容',
      whose: '谁的',
      why: '用途',
      basis: '依据',
      kept: '存多久',
      read: '谁能看',
      count: '现有'
    },
    days: (count: number) => `${count} 天`,
    years: (count: number) => `办结后 ${count} 年`,
    walkerAlone: '走的人自己',
    readersNote:
      '“谁能看”只限各自的网格、社区或派给本单位的事项，详见权限表。到期的每天自动清除，所有平板一起清除；没办结的、还有照片没传到的不清除。问题到期只清除跟谁说的、答应了什么和录音，需求、巡查、交接班和意见建议到期整条删除。',
    trackDays: '轨迹存几天',
    closedYears: '办结后存几年',
    save: '保存',
    saved: '已保存，今晚起照此清除。',
    erased: '清除过什么',
    purgeColumns: { at: '时间', what: '内容', why: '原因', who: '谁', count: '条数' },
    purged: {
      track: '轨迹片段',
      contacts: '问题里的联系内容和录音',
      words: '记录里的文字和录音',
      record: '整条记录',
      need: '整条需求',
      patrol: '巡查',
      handover: '交接班',
      opinion: '意见建议'
    },
    reasons: { retention: '保存期满', request: '本人要求', withdrawal: '撤回同意' },
    byItself: '系统自动',
    nothingErased: '还没有。',
    looked: '近 90 天谁看过',
    lookerColumns: { name: '谁', opened: '打开', refused: '被拒绝' },
    nobodyLooked: '没有人看过。',
    toAccess: '逐条查看',
    person: {
      title: '某个人的信息',
      back: '个人信息',
      intro:
        '有人来问系统里存着他的什么，或者要求删除、撤回同意：先核实是本人或监护人，再按姓名、称呼或电话查找。查过、导出、删除都会记入“谁看过”。',
      query: '姓名、称呼或电话',
      find: '查找',
      short: '至少两个字。',
      none: '没有找到。',
      cut: '太多了，只列出前 100 条，请写得更具体。',
      found: (count: number) => `${count} 条记录里有`,
      open: '未办结',
      withCase: (number: string) => `事项 ${number}`,
      choices: { keep: '不动', blank: '清除文字和录音', erase: '整条删除' },
      choiceOf: (number: string) => `${number} 怎么办`,
      choiceNote:
        '清除文字和录音：类别、位置、照片、时间和办理状态还在，写过的话都涂成 ███。整条删除：连同照片和事项，一点不留，只能用在办结了或不用再办的记录上。两样都不能恢复，所有平板一起清除。',
      exportTitle: '导出给本人',
      exportReasons: { own: '本人要求', guardian: '监护人或家属代为要求', authority: '依法调取' },
      reason: '原因',
      export: '导出以上记录',
      exportNote: '交给本人以前先看一遍：里面若写了别人的信息，先涂掉。',
      eraseTitle: '删除',
      eraseReasons: { request: '本人要求删除', withdrawal: '撤回同意' },
      sure: '已核实身份，确认删除',
      erase: '照以上选择删除',
      done: (blanked: number, erased: number) =>
        [blanked && `已清除 ${blanked} 条记录的文字和录音`, erased && `已整条删除 ${erased} 条`]
          .filter(Boolean)
          .join('，') + '。平板下次联网时一起清除。',
      nothingChosen: '没有选要删除的，或没有勾选确认。'
    },
    file: {
      title: '个人信息导出',
      made: (when: string, who: string) => `${when} 由 ${who} 导出`,
      searched: (query: string) => `查找：${query}`,
      kind: { issue: '问题', need: '需求' },
      number: '编号',
      at: '时间',
      category: '类别',
      place: '地点',
      text: '内容',
      answers: '补充',
      wished: '希望时间',
      pictures: '照片',
      voices: '录音',
      case: '事项',
      history: '经过'
    }
  },
  {
    ...tables.en,
    untilWhen: (purpose: string) => `${purpose} It is erased by itself some years after the case is closed.`,
    agreed: 'They agree to this note (may be left open)',
    title: 'Personal data',
    intro:
      'What is kept of people, why, on which basis, for how long, who may read it and how much there is now; what was erased; and who looked in the last 90 days. Numbers only: nobody’s data is shown here.',
    toPerson: 'Find, hand out or erase one person’s data',
    print: 'Print',
    kept: 'What is kept',
    columns: {
      what: 'What',
      whose: 'Whose',
      why: 'Purpose',
      basis: 'Basis',
      kept: 'For how long',
      read: 'Who may read it',
      count: 'Now'
    },
    days: (count: number) => `${count} ${count === 1 ? 'day' : 'days'}`,
    years: (count: number) => `${count} ${count === 1 ? 'year' : 'years'} after closing`,
    walkerAlone: 'whoever walked',
    readersNote:
      'Each within their own grids or community, a unit what was sent to it: see the table of rights. What is due is erased by itself every day, on every tablet as well; what is open or still waits for a picture is not. Of an issue only whom somebody spoke to, what was promised and voices go; needs, patrols, handovers and opinions go whole.',
    trackDays: 'Days a track is kept',
    closedYears: 'Years after closing',
    save: 'Save',
    saved: 'Saved; it counts from tonight.',
    erased: 'What was erased',
    purgeColumns: { at: 'When', what: 'What', why: 'Why', who: 'Who', count: 'How many' },
    purged: {
      track: 'Pieces of tracks',
      contacts: 'Contacts and voices on issues',
      words: 'Words and voices on records',
      record: 'Whole records',
      need: 'Whole needs',
      patrol: 'Patrols',
      handover: 'Handovers',
      opinion: 'Opinions'
    },
    reasons: { retention: 'time was over', request: 'the person asked', withdrawal: 'consent withdrawn' },
    byItself: 'by itself',
    nothingErased: 'Nothing yet.',
    looked: 'Who looked in the last 90 days',
    lookerColumns: { name: 'Who', opened: 'Opened', refused: 'Refused' },
    nobodyLooked: 'Nobody did.',
    toAccess: 'Line by line',
    person: {
      title: 'One person’s data',
      back: 'Personal data',
      intro:
        'Somebody asks what is kept of them, wants it erased or withdraws consent: make sure it is they or their guardian, then search by name, by what they are called, or by phone. Searching, handing out and erasing are written into “Who looked”.',
      query: 'Name or phone',
      find: 'Search',
      short: 'Two characters at least.',
      none: 'Nothing was found.',
      cut: 'Too many: the first 100 are listed. Be more precise.',
      found: (count: number) => `In ${count} ${count === 1 ? 'record' : 'records'}`,
      open: 'open',
      withCase: (number: string) => `case ${number}`,
      choices: { keep: 'Leave it', blank: 'Erase words and voices', erase: 'Erase all of it' },
      choiceOf: (number: string) => `What to do with ${number}`,
      choiceNote:
        'Erase words and voices: category, position, pictures, times and state stay; what was written becomes ███. Erase all of it: with its pictures and its case, for what is closed or needs no more work. Neither can be undone; every tablet follows.',
      exportTitle: 'Hand out to the person',
      exportReasons: {
        own: 'the person asked',
        guardian: 'a guardian or relative asked for them',
        authority: 'required by law'
      },
      reason: 'Reason',
      export: 'Export these records',
      exportNote: 'Read it before you hand it out: black out what it says of others.',
      eraseTitle: 'Erase',
      eraseReasons: { request: 'the person asked', withdrawal: 'consent withdrawn' },
      sure: 'I have made sure who asks; erase it',
      erase: 'Erase as chosen above',
      done: (blanked: number, erased: number) =>
        [
          blanked && `Words and voices of ${blanked} ${blanked === 1 ? 'record' : 'records'} erased.`,
          erased && `${erased} erased for good.`
        ]
          .filter(Boolean)
          .join(' ') + ' Tablets follow when they next connect.',
      nothingChosen: 'Nothing was chosen, or it was not confirmed.'
    },
    file: {
      title: 'Personal data',
      made: (when: string, who: string) => `exported ${when} by ${who}`,
      searched: (query: string) => `searched: ${query}`,
      kind: { issue: 'Issue', need: 'Need' },
      number: 'Number',
      at: 'When',
      category: 'Category',
      place: 'Place',
      text: 'Text',
      answers: 'Answers',
      wished: 'Wished for',
      pictures: 'Pictures',
      voices: 'Voice notes',
      case: 'Case',
      history: 'History'
    }
  }
);
