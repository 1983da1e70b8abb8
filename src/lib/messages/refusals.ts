import type { RefusalCode } from '../domain/refusal';
import { words } from './language';

type Details = Record<string, string | number>;
type Sentence = string | ((details: Details) => string);

/** Each refusal code as a sentence: what happened, what is safe, what to do. Never blames. */
export const refusalSentences = words<Record<RefusalCode, Sentence>>(
  {
    'not-signed-in': '登录已过期。本机内容都在，重新登录后会自动上报。',
    'tablet-lost': '这台平板已被挂失，不能再用。请联系社区。',
    'not-granted': '您目前没有这项权限，可能是网格已交给别人。内容保留在本机，可导出或联系社区。',
    'account-mismatch': '现在登录的是另一个账号。原账号的内容还在，由原账号登录后上报。',
    'foreign-origin': '请求不是从本系统的页面发出的，没有处理。',
    malformed: '内容格式不对，没有收下。请更新应用后再试，或导出后联系管理员。',
    'too-large': '内容太大，没有收下。请删去一些再试。',
    'text-too-long': ({ maximum }) => `文字太长了，最多 ${maximum} 个字。`,
    'upgrade-needed': '需要更新应用后才能上报。内容保留在本机。',
    'store-restored': '社区的服务器恢复了备份，正在补回之后的内容，请稍候。内容都在本机。',
    'id-reused': '编号与已有内容冲突，没有收下。请导出后联系管理员。',
    'unknown-record': '找不到这条记录，可能已移出您的网格。内容保留在本机。',
    'record-erased': '这条记录已应要求从社区彻底删除，不能再添加内容。您可以撤回这一步。',
    'personal-blanked': '这条记录里的个人信息已经清除，清除之前写的不再收下。',
    'already-exists': '这条已经有了，不用再报。',
    'wrong-state': '事项已有新进展，这一步现在不能做。请看最新状态。',
    'own-work-unchecked': '处理和核查要由不同的人来做。',
    'after-photo-required': '这一类需要先拍一张处理后的照片。',
    'reason-required': '请写明原因。',
    'unknown-unit': '这个责任单位已不在名单里，请另选一个。',
    'depends-on': '要等前面那一条先报上去。',
    'no-track-purpose': '管理员还没有说明轨迹用途，轨迹没有上报。',
    'photo-not-declared': '照片所属的记录还没有报上去，照片保留在本机。',
    'photo-length-differs': '照片大小对不上，没有收下。照片保留在本机。',
    'photo-hash-differs': '照片在传输中有损坏，会重新上传。',
    'not-found': '没有找到。',
    'wrong-password': '账号或密码不对。',
    'too-many-tries': ({ minutes }) => `试的次数太多了，请 ${minutes} 分钟后再试。`,
    'link-used': '这个链接已用过或已过期。请在服务器上重新启动以取得新链接。',
    'slip-used': '这张开通单已用过、已作废或已过期。请向管理员要一张新的。',
    'password-too-short': ({ minimum }) => `密码至少 ${minimum} 个字符。`,
    'not-ready': '服务器正在启动，请稍候。',
    'wrong-passphrase': '口令不对，文件没有打开。请核对抄下的口令再试。',
    'lifeline-foreign': '这不是救急文件，没有读入。请选“救急文件”导出的那个文件。',
    'lifeline-newer': '这份救急文件是新版应用写的，没有读入。请先更新应用，文件请保留。',
    'lifeline-cut': '救急文件不完整，结尾缺了或坏了，什么都没有读入。请重新传一次，或在原平板上重新导出。',
    'lifeline-damaged': '救急文件损坏了，什么都没有读入。请重新传一次，或在原平板上重新导出。',
    'lifeline-of-another': '这是别人的救急文件，没有读入。只有本人的账号或社区值班员能交上来。',
    'not-saved': '没有存下来，平板可能满了。请腾出空间再试。'
  },
  {
    'not-signed-in':
      'Your sign-in has expired. Everything is safe on this tablet and is sent once you sign in again.',
    'tablet-lost': 'This tablet was reported as lost and cannot be used. Please call your community.',
    'not-granted':
      'You may not do this at the moment; the grid may have been handed on. It is kept on this tablet: export it or call the office.',
    'account-mismatch':
      'Another account is signed in now. The first one’s work is safe and is sent when it signs in.',
    'foreign-origin': 'The request did not come from a page of this system and was ignored.',
    malformed:
      'The content is not in the right form and was not taken. Update the app, or export it and call your administrator.',
    'too-large': 'This is too large and was not taken. Please shorten it.',
    'text-too-long': ({ maximum }) => `The text is too long: at most ${maximum} characters.`,
    'upgrade-needed': 'The app must be updated before this can be sent. It is kept on this tablet.',
    'store-restored':
      'The office’s server was put back from a backup. What came after it is being handed in again; all of it is safe here.',
    'id-reused':
      'Its id clashes with something else and it was not taken. Export it and call your administrator.',
    'unknown-record': 'This record cannot be found; it may have left your grid. It is kept on this tablet.',
    'record-erased':
      'This record was erased at the office for good, so nothing can be added to it. You can withdraw this step.',
    'personal-blanked':
      'What this record said of people has been erased; what was written before that is not taken any more.',
    'already-exists': 'This is there already.',
    'wrong-state': 'The case has moved on, so this step cannot be done now. Look at its newest state.',
    'own-work-unchecked': 'Handling and checking must be done by two people.',
    'after-photo-required': 'This category needs a photo of the result first.',
    'reason-required': 'Please give a reason.',
    'unknown-unit': 'This unit is no longer on the list. Choose another.',
    'depends-on': 'It waits for an earlier one to arrive.',
    'no-track-purpose': 'No purpose for tracks has been stated, so the track was not taken.',
    'photo-not-declared': 'The record of this photo has not arrived yet. The photo is kept on this tablet.',
    'photo-length-differs': 'The photo’s size does not fit and it was not taken. It is kept on this tablet.',
    'photo-hash-differs': 'The photo was damaged on the way and will be sent again.',
    'not-found': 'Not found.',
    'wrong-password': 'Account or password is wrong.',
    'too-many-tries': ({ minutes }) => `Too many tries. Please try again in ${minutes} minutes.`,
    'link-used': 'This link has been used or has expired. Restart the server for a new one.',
    'slip-used': 'This slip has been used, withdrawn or has expired. Ask your administrator for a new one.',
    'password-too-short': ({ minimum }) => `A password needs at least ${minimum} characters.`,
    'not-ready': 'The server is starting. One moment.',
    'wrong-passphrase': 'The passphrase is wrong and the file stayed closed. Check what you wrote down.',
    'lifeline-foreign':
      'This is not a lifeline file and was not read. Choose the file that “Lifeline file” wrote.',
    'lifeline-newer':
      'A newer version of the app wrote this lifeline file, so it was not read. Update the app first, and keep the file.',
    'lifeline-cut':
      'The lifeline file is not complete: its end is missing or spoilt. Nothing was read in. Send it again, or write it anew on the first tablet.',
    'lifeline-damaged':
      'The lifeline file is damaged; nothing was read in. Send it again, or write it anew on the first tablet.',
    'lifeline-of-another':
      'This is somebody else’s lifeline file and was not read. Only their own account or an officer of the community can hand it in.',
    'not-saved': 'This was not saved; the tablet may be full. Make room and try again.'
  }
);

export function refusalSentence(
  sentences: Record<RefusalCode, Sentence>,
  code: RefusalCode,
  details: Details = {}
): string {
  const sentence = sentences[code];
  return typeof sentence === 'string' ? sentence : sentence(details);
}
