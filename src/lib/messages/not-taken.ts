import type { Refusal, RefusalCode } from '../domain/refusal';
import { words } from './language';

/** What a change or a photo of a tablet can be refused for. */
export const codesOfUnsent = [
  'not-granted',
  'malformed',
  'too-large',
  'text-too-long',
  'upgrade-needed',
  'id-reused',
  'unknown-record',
  'record-erased',
  'personal-blanked',
  'already-exists',
  'wrong-state',
  'own-work-unchecked',
  'after-photo-required',
  'reason-required',
  'unknown-unit',
  'depends-on',
  'no-track-purpose',
  'photo-not-declared',
  'photo-length-differs',
  'photo-hash-differs',
  'not-found'
] as const satisfies readonly RefusalCode[];
type CodeOfUnsent = (typeof codesOfUnsent)[number];

/** What happened, what is safe, what to do: three sentences each. Never blames. */
type Told = readonly [happened: string, safe: string, todo: string];

const safe = words('您写的都在本机。', 'What you wrote is safe on this tablet.');

function told(language: 'zh' | 'en', happened: string, todo: string): Told {
  return [happened, safe[language], todo];
}
const zh = (happened: string, todo: string) => told('zh', happened, todo);
const en = (happened: string, todo: string) => told('en', happened, todo);

const sentences = words<Record<CodeOfUnsent, Told>>(
  {
    'not-granted': zh(
      '您目前没有这项权限，可能是网格已交给别人。',
      '请问社区：权限恢复后点“原样再报”，或改成您现在的网格再报。'
    ),
    malformed: zh('社区读不懂这一条，多半是应用旧了。', '请先更新应用再报；还不行就导出，交给管理员。'),
    'too-large': zh('内容超过了上限，社区没有收下。', '请删去一些再报。'),
    'text-too-long': zh('文字超过了上限，社区没有收下。', '请改短再报，或分成两条。'),
    'upgrade-needed': zh('社区的系统已更新，这一版应用报不上去。', '请更新应用，然后会自动再报。'),
    'id-reused': zh(
      '它的编号在社区已被占用，没有收下。',
      '请再报一次，会换新编号；还不行就导出，交给管理员。'
    ),
    'unknown-record': zh('社区找不到它所属的记录，可能已移出您的网格。', '请导出交给社区，或者不报了。'),
    'record-erased': zh('这条记录已应要求从社区彻底删除，不能再往上加。', '这一步请选不报了。'),
    'personal-blanked': zh(
      '这条记录里的个人信息已经清除，这一步是清除之前写的，没有收下。',
      '请选不报了；不含个人信息的情况，可以在记录里重新写。'
    ),
    'already-exists': zh('社区已经有这一条了。', '对照一下，内容一样就可以不报了。'),
    'wrong-state': zh(
      '事项已有新进展，这一步现在报不上去。',
      '请看最新状态；要让社区知道的，可以当作留言报。'
    ),
    'own-work-unchecked': zh(
      '处理和核查要由不同的人来做，这次核查没有算上。',
      '请让同事去核查，这里点“不报了”。'
    ),
    'after-photo-required': zh('这一类要先有处理后的照片。', '请到记录里补拍照片，再回来再报一次。'),
    'reason-required': zh('这一步要写明原因。', '请补上原因再报。'),
    'unknown-unit': zh('这个责任单位已不在名单里。', '请打开记录另选一个单位。'),
    'depends-on': zh('它前面的一条没报上去。', '前面那条办妥后再报。'),
    'no-track-purpose': zh('管理员没有说明轨迹的用途，轨迹没有收下。', '可以不报了，巡查记录不受影响。'),
    'photo-not-declared': zh('照片所属的记录还没报上去。', '记录报上去后，点“再传一次”。'),
    'photo-length-differs': zh('照片大小对不上，没有收下。', '请再传一次；还不行就导出，交给社区。'),
    'photo-hash-differs': zh('照片在路上损坏了。', '请再传一次。'),
    'not-found': zh('社区找不到它要去的地方。', '请更新应用后再试，或导出交给社区。')
  },
  {
    'not-granted': en(
      'You may not do this at the moment; the grid may have been handed on.',
      'Ask the office: once it is yours again send it as it is, or correct it to one of your grids.'
    ),
    malformed: en(
      'The office cannot read this; the app is probably old.',
      'Update the app and send it again; if that fails, export it for your administrator.'
    ),
    'too-large': en('This is over the limit and was not taken.', 'Shorten it and send it again.'),
    'text-too-long': en(
      'The text is over the limit and was not taken.',
      'Shorten it or make two of it, and send it again.'
    ),
    'upgrade-needed': en(
      'The office’s system is newer than this app.',
      'Update the app; it is then sent by itself.'
    ),
    'id-reused': en(
      'Its id is taken at the office.',
      'Send it again under a new one; if that fails, export it for your administrator.'
    ),
    'unknown-record': en(
      'The office cannot find the record this belongs to; it may have left your grid.',
      'Export it for the office, or give it up.'
    ),
    'record-erased': en(
      'This record was erased at the office for good, so nothing can be added to it.',
      'Give this step up.'
    ),
    'personal-blanked': en(
      'What this record said of people has been erased; this was written before that and was not taken.',
      'Give this step up; what says nothing of people can be written anew on the record.'
    ),
    'already-exists': en('The office has this already.', 'Compare; if it is the same you can give it up.'),
    'wrong-state': en(
      'The case has moved on, so this step cannot be taken any more.',
      'Look at its newest state; what the office should know can be sent as a comment.'
    ),
    'own-work-unchecked': en(
      'Handling and checking must be done by two people; this check did not count.',
      'Ask a colleague to check, and give this one up.'
    ),
    'after-photo-required': en(
      'This category needs a photo of the result first.',
      'Add the photo on the record’s page, then send this again.'
    ),
    'reason-required': en('This step needs a reason.', 'Add it and send it again.'),
    'unknown-unit': en('This unit is no longer on the list.', 'Open the record and choose another.'),
    'depends-on': en('Something before it was not taken.', 'Settle that one first, then send this again.'),
    'no-track-purpose': en(
      'No purpose for tracks has been stated, so the track was not taken.',
      'You can give it up; the patrol itself is not affected.'
    ),
    'photo-not-declared': en(
      'The record of this photo has not arrived yet.',
      'Once it has, try the photo again.'
    ),
    'photo-length-differs': en(
      'The photo’s size does not fit and it was not taken.',
      'Try it again; if that fails, export it for the office.'
    ),
    'photo-hash-differs': en('The photo was damaged on the way.', 'Try it again.'),
    'not-found': en(
      'The office does not know where this goes.',
      'Update the app and try again, or export it.'
    )
  }
);

/** Why it was not taken, in three sentences. A code that cannot come here is read as 格式不对. */
export function notTakenSentences({ code }: Refusal, language: 'zh' | 'en'): string[] {
  const known = codesOfUnsent.find((one) => one === code) ?? 'malformed';
  return [...sentences[language][known]];
}
