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
    goesByItself: '办结满期后自动清除。',
    agreed: '对方同意记下这些（可不勾）'
  },
  {
    ...tables.en,
    goesByItself: 'Erased by itself some time after the case is closed.',
    agreed: 'They agree to this note (may be left open)'
  }
);
