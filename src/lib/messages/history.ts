import type { ChangeKindName } from '../domain/changes';
import type { AnonymousEntry } from '../domain/hidden-reporter';
import type { HistoryEntry } from '../domain/history';
import { words, type Language } from './language';
import { dayInWords } from './moment';

type Facts = HistoryEntry['facts'];

/** What a line of the timeline is made of. */
interface Told {
  who: string;
  /** Name of the unit the change speaks of. */
  unit: string;
  facts: Facts;
  /** Pictures told in one line. */
  count?: number;
}

interface HistoryWords {
  /** Who did it, where the reader is not told: a colleague, or one side as a whole. */
  colleague: string;
  sides: Record<AnonymousEntry['by'], string>;
  someUnit: string;
  onThisDevice: string;
  arrived: (when: string) => string;
  clockWrong: (when: string) => string;
  fields: Record<string, string>;
  sentences: Record<ChangeKindName, (told: Told) => string>;
  colon: string;
  /** Who handed it in for its author. */
  carriedBy: (who: string) => string;
}

export const historyWords = words<HistoryWords>(
  {
    colleague: '同事',
    sides: { worker: '网格员', office: '社区', unit: '责任单位' },
    someUnit: '责任单位',
    onThisDevice: '在本机',
    arrived: (when) => `${when} 到社区`,
    clockWrong: (when) => `平板时间不准，当时显示 ${when}`,
    fields: {
      text: '文字',
      place: '位置',
      categoryCode: '类别',
      answers: '补充问题',
      needTypeCode: '需求类型',
      wishedAt: '期望时间',
      solvedOnSpot: '现场已处理',
      communityOnly: '仅社区可见'
    },
    colon: '：',
    carriedBy: (who) => `（由${who}代交）`,
    sentences: {
      'issue-recorded': ({ who }) => `${who} 上报`,
      'need-recorded': ({ who }) => `${who} 登记需求`,
      'report-amended': ({ who, facts }) => `${who} 修改了${changedFields(facts, 'zh')}`,
      'report-withdrawn': ({ who }) => `${who} 撤回`,
      'reports-linked': ({ who }) => `${who} 关联了另一条记录`,
      'detail-requested': ({ who }) => `${who} 请网格员补充`,
      'report-rejected': ({ who }) => `${who} 不予受理`,
      'photo-attached': ({ who, facts, count = 1 }) =>
        `${who} 添加了${count > 1 ? ` ${count} 张` : ''}${isAfter(facts) ? '处理后的' : ''}照片`,
      'voice-attached': ({ who }) => `${who} 添加了语音`,
      'photo-stored': () => '照片已到社区',
      'follow-up-noted': ({ who, facts }) =>
        `${who} 跟进，${channelWords.zh[text(facts.channel)] ?? ''}${text(facts.whom)}${dueWords(facts, 'zh')}${facts.basis === 'consent' ? '，对方同意记录' : ''}`,
      'resident-told': ({ who }) => `${who} 已告知居民`,
      'record-opened': ({ who }) => `${who} 已查看`,
      'personal-blanked': ({ who, facts }) =>
        facts.why === 'retention' ? '保存期满，自动清除了个人信息' : `${who} 应本人要求清除了个人信息`,
      'comment-added': ({ who }) => `${who} 留言`,
      'case-opened': ({ who }) => `${who} 受理`,
      'case-dispatched': ({ who, unit }) => `${who} 派单给 ${unit}`,
      'case-returned': ({ who }) => `${who} 退回`,
      'case-handled': ({ who }) => `${who} 已处理，待核查`,
      'case-checked': ({ who, facts }) => `${who} ${facts.passed ? '核查通过' : '核查未过，重办'}`,
      'case-closed': ({ who, facts }) => `${who} 办结${closeWords.zh[text(facts.how)] ?? ''}`,
      'patrol-started': ({ who }) => `${who} 开始巡查`,
      'patrol-paused': ({ who }) => `${who} 暂停巡查`,
      'patrol-resumed': ({ who }) => `${who} 继续巡查`,
      'patrol-ended': ({ who }) => `${who} 结束巡查`,
      'shift-handed-over': ({ who }) => `${who} 交班`,
      'handover-read': ({ who }) => `${who} 已阅`,
      'opinion-given': ({ who }) => `${who} 提了意见`,
      'opinion-answered': ({ who }) => `${who} 答复`,
      'track-recorded': ({ who }) => `${who} 的轨迹已到社区`
    }
  },
  {
    colleague: 'A colleague',
    sides: { worker: 'The grid worker', office: 'The office', unit: 'The unit' },
    someUnit: 'a unit',
    onThisDevice: 'on this device',
    arrived: (when) => `at the office ${when}`,
    clockWrong: (when) => `the tablet’s clock was wrong and said ${when}`,
    fields: {
      text: 'the text',
      place: 'the place',
      categoryCode: 'the category',
      answers: 'the answers',
      needTypeCode: 'the type',
      wishedAt: 'the wished time',
      solvedOnSpot: 'solved on the spot',
      communityOnly: 'office only'
    },
    colon: ': ',
    carriedBy: (who) => ` (handed in by ${who})`,
    sentences: {
      'issue-recorded': ({ who }) => `${who} reported it`,
      'need-recorded': ({ who }) => `${who} noted the need`,
      'report-amended': ({ who, facts }) => `${who} changed ${changedFields(facts, 'en')}`,
      'report-withdrawn': ({ who }) => `${who} withdrew it`,
      'reports-linked': ({ who }) => `${who} linked another record`,
      'detail-requested': ({ who }) => `${who} asked for more detail`,
      'report-rejected': ({ who }) => `${who} did not take it up`,
      'photo-attached': ({ who, facts, count = 1 }) =>
        `${who} added ${count > 1 ? `${count} photos` : 'a photo'}${isAfter(facts) ? ' of the result' : ''}`,
      'voice-attached': ({ who }) => `${who} added a voice note`,
      'photo-stored': () => 'The photo is at the office',
      'follow-up-noted': ({ who, facts }) =>
        `${who} followed up ${channelWords.en[text(facts.channel)] ?? 'with '}${text(facts.whom)}${dueWords(facts, 'en')}${facts.basis === 'consent' ? ', who agreed to this note' : ''}`,
      'resident-told': ({ who }) => `${who} told the resident`,
      'record-opened': ({ who }) => `${who} opened it`,
      'personal-blanked': ({ who, facts }) =>
        facts.why === 'retention'
          ? 'Personal data was erased: its time was over'
          : `${who} erased personal data, as the person asked`,
      'comment-added': ({ who }) => `${who} commented`,
      'case-opened': ({ who }) => `${who} accepted it`,
      'case-dispatched': ({ who, unit }) => `${who} dispatched it to ${unit}`,
      'case-returned': ({ who }) => `${who} returned it`,
      'case-handled': ({ who }) => `${who} handled it, to be checked`,
      'case-checked': ({ who, facts }) =>
        `${who} checked it: ${facts.passed ? 'passed' : 'failed, to be redone'}`,
      'case-closed': ({ who, facts }) => `${who} closed it${closeWords.en[text(facts.how)] ?? ''}`,
      'patrol-started': ({ who }) => `${who} started the patrol`,
      'patrol-paused': ({ who }) => `${who} paused the patrol`,
      'patrol-resumed': ({ who }) => `${who} resumed the patrol`,
      'patrol-ended': ({ who }) => `${who} ended the patrol`,
      'shift-handed-over': ({ who }) => `${who} handed over`,
      'handover-read': ({ who }) => `${who} has read it`,
      'opinion-given': ({ who }) => `${who} gave an opinion`,
      'opinion-answered': ({ who }) => `${who} answered`,
      'track-recorded': ({ who }) => `${who}’s track arrived`
    }
  }
);

const channelWords = words<Record<string, string>>(
  { call: '致电 ', wechat: '微信联系 ', inPerson: '当面找 ' },
  { call: 'by phone with ', wechat: 'on WeChat with ', inPerson: 'in person with ' }
);

const closeWords = words<Record<string, string>>(
  { solvedOnSpot: '（现场已处理）', noLongerNeeded: '（不再需要处理）' },
  { solvedOnSpot: ' (solved on the spot)', noLongerNeeded: ' (nothing left to do)' }
);

/** What somebody wrote, by the fact it stands in. */
const quotedFacts: Partial<Record<ChangeKindName, string>> = {
  'detail-requested': 'reason',
  'report-rejected': 'reason',
  'follow-up-noted': 'promise',
  'resident-told': 'words',
  'comment-added': 'text',
  'case-dispatched': 'instruction',
  'case-returned': 'reason',
  'case-handled': 'text',
  'case-checked': 'words',
  'case-closed': 'words',
  'patrol-ended': 'note',
  'shift-handed-over': 'note',
  'opinion-given': 'text',
  'opinion-answered': 'text'
};

/** 王丽 派单给 锦和物业：请紧固. `quoted` is what was written, to be shown as it is. */
export function historyLine(
  dictionary: HistoryWords,
  kind: ChangeKindName,
  told: Told
): { said: string; quoted: string } {
  const field = quotedFacts[kind];
  return { said: dictionary.sentences[kind](told), quoted: field ? text(told.facts[field]).trim() : '' };
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function isAfter(facts: Facts): boolean {
  return (facts.photo as { stage?: unknown } | undefined)?.stage === 'after' || facts.stage === 'after';
}

function changedFields(facts: Facts, language: Language): string {
  const { fields } = historyWords[language];
  const names = Object.keys(facts.edits ?? {}).map((field) => fields[field] ?? field);
  return names.join(language === 'zh' ? '、' : ', ');
}

function dueWords(facts: Facts, language: Language): string {
  const day = text(facts.dueDay);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) return '';
  return language === 'zh' ? `，约定 ${dayInWords(day, 'zh')}` : `, due ${dayInWords(day, 'en')}`;
}
