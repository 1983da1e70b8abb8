import { words } from './language';

const media = (count: number) => `${count} ${count === 1 ? 'photo or voice note' : 'photos and voice notes'}`;

/** 救急文件 on the tablet: writing one, and reading one in. */
export const lifelineWords = words(
  {
    title: '救急文件',
    what: '几天都报不上去，或者平板快坏了：把没报上去的内容存成一个加密文件，交给社区，或者在另一台平板上读入。',
    write: '写救急文件',
    holds: (records: number, photos: number, drafts: number) =>
      `这台平板上没报上去的：${records} 条记录，${photos} 张照片和录音，${drafts} 份草稿`,
    onlyOne: '只写这一条',
    nothing: '没有未上报的内容，不用写救急文件。',
    passphrase: '口令',
    another: '换一个',
    passphraseHint:
      '把口令抄在纸上，不要和文件放在一起。没有口令谁也打不开，社区和管理员也不行。也可以自己定一个。',
    weak: '这个口令太容易猜：至少 16 位数字，或者 10 个字（字母、汉字、数字混着用）。',
    copied: '口令已经抄好',
    writeNow: '生成文件',
    writing: (done: number, all: number) => (all ? `正在写：第 ${done} 张，共 ${all} 张` : '正在写…'),
    notWritten: '没有写成，平板可能满了。内容都还在本机，请腾出空间再试。',
    written: (size: string) => `已写好（${size}）。请发给社区，或者存好带走。`,
    unreadable: (count: number) => `有 ${count} 张照片平板已经读不出来，文件里没有。`,
    stays: '本机的内容原样保留，有信号后仍会自动上报，不会重复。',
    share: '分享',
    save: '存到本机',
    saved: '已存到“下载”。请用微信或数据线交给社区，并另外告诉口令。',
    read: '读入救急文件',
    readHint: '把自己在另一台平板上写的救急文件读到这台平板，内容和照片会从这里上报。',
    file: '文件',
    open: '打开',
    opening: '正在打开…',
    by: (name: string, when: string) => `${name}，${when}写`,
    contents: (records: number, photos: number, drafts: number) =>
      `${records} 条记录，${photos} 张照片和录音，${drafts} 份草稿`,
    readNow: '读入这台平板',
    reading: (done: number, all: number) => (all ? `正在读入：第 ${done} 张，共 ${all} 张` : '正在读入…'),
    taken: (records: number, photos: number, drafts: number) =>
      `已读入：${records} 条记录，${photos} 张照片和录音，${drafts} 份草稿。有信号后自动上报。`,
    takenBefore: '这些内容这台平板上早就有了，没有变化。',
    notRead: '没有读完，平板可能满了。已经读入的都在，腾出空间后再读一次会接着读。',
    toWaiting: '看待上报',
    toDesk: '到社区工作台代交',
    chooseFile: '选文件',
    others: (name: string) => `这是${name}的救急文件，没有读入。只有${name}的账号或社区值班员能交上来。`
  },
  {
    title: 'Lifeline file',
    what: 'Nothing gets through for days, or the tablet is failing: put all unsent work into one encrypted file, and hand it to the office or read it in on another tablet.',
    write: 'Write a lifeline file',
    holds: (records: number, photos: number, drafts: number) =>
      `Unsent on this tablet: ${records} ${records === 1 ? 'record' : 'records'}, ${media(photos)}, ${drafts} ${drafts === 1 ? 'draft' : 'drafts'}`,
    onlyOne: 'This record only',
    nothing: 'Nothing is unsent: there is no need for a lifeline file.',
    passphrase: 'Passphrase',
    another: 'Another one',
    passphraseHint:
      'Write it down on paper, and keep it apart from the file. Without it nobody can open the file, not the office and not the administrator. You may also choose your own.',
    weak: 'Too easy to guess: use at least 16 digits, or 10 characters (letters and digits mixed).',
    copied: 'I have written it down',
    writeNow: 'Make the file',
    writing: (done: number, all: number) => (all ? `Writing: ${done} of ${all}` : 'Writing…'),
    notWritten:
      'The file was not written; the tablet may be full. Everything is still here: make room and try again.',
    written: (size: string) =>
      `The file is ready (${size}). Send it to the office, or save it and take it along.`,
    unreadable: (count: number) =>
      `${count} ${count === 1 ? 'photo' : 'photos'} can no longer be read from this tablet and are not in the file.`,
    stays: 'Everything stays on this tablet too and is sent once there is signal. Nothing will be doubled.',
    share: 'Share',
    save: 'Save here',
    saved: 'Saved among the downloads. Take it to the office, and tell them the passphrase separately.',
    read: 'Read a lifeline file',
    readHint: 'Brings what you wrote on another tablet onto this one, with its photos. It is sent from here.',
    file: 'File',
    open: 'Open',
    opening: 'Opening…',
    by: (name: string, when: string) => `${name}, written ${when}`,
    contents: (records: number, photos: number, drafts: number) =>
      `${records} ${records === 1 ? 'record' : 'records'}, ${media(photos)}, ${drafts} ${drafts === 1 ? 'draft' : 'drafts'}`,
    readNow: 'Read into this tablet',
    reading: (done: number, all: number) => (all ? `Reading: ${done} of ${all}` : 'Reading…'),
    taken: (records: number, photos: number, drafts: number) =>
      `Read in: ${records} ${records === 1 ? 'record' : 'records'}, ${media(photos)}, ${drafts} ${drafts === 1 ? 'draft' : 'drafts'}. They are sent once there is signal.`,
    takenBefore: 'All of this was on this tablet already. Nothing has changed.',
    notRead:
      'It was not read to the end; the tablet may be full. What was read is here: make room and read it again to go on.',
    toWaiting: 'What waits to be sent',
    toDesk: 'Hand it in at the desk',
    chooseFile: 'Choose a file',
    others: (name: string) =>
      `This is ${name}’s lifeline file, and it was not read in. Only ${name}’s own account or an officer of the community can hand it in.`
  }
);
