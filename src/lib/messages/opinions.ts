import { words } from './language';

/** 意见建议: what people think of the app itself, on the tablet and at the desk. */
export const opinionWords = words(
  {
    title: '意见建议',
    why: '哪里不好用、想要什么，直接写。没有信号也能写，有信号后自动送到管理员。',
    write: '写意见',
    what: '说说巡格哪里不好用、想要什么',
    hint: '只说应用本身。不写居民的姓名、电话和地址，也不写案情。',
    carries: (version: string, page: string) =>
      `管理员会看到是您写的、应用版本 ${version}、从哪个页面（${page}）来；不带任何记录的内容。`,
    send: '交上去',
    sent: '已保存，有信号后自动送到管理员。',
    noGrid: '您还没有负责的网格，请联系社区。',
    mine: '我提过的',
    none: '还没有提过。',
    given: '等管理员看',
    read: '管理员已看',
    answered: (text: string) => `管理员答复：${text}`,
    deskWhy: '网格员和值班员对应用本身的意见，只有本人和管理员能看到。答复会回到他们的平板上。',
    deskNone: '还没有人提意见。',
    from: (version: string, page: string) => `版本 ${version} · 页面 ${page}`,
    answer: '答复（可不写）',
    save: '已看，答复',
    again: '再答复',
    saved: '已记下，会回到平板上。'
  },
  {
    title: 'Opinions',
    why: 'What works badly, what you would like: just write it. It needs no signal and goes to the administrators by itself.',
    write: 'Write one',
    what: 'What works badly in Xunge, or what would you like?',
    hint: 'About the app alone: no names, phones or addresses of residents, and nothing of a case.',
    carries: (version: string, page: string) =>
      `The administrators see that it is yours, version ${version} of the app and the page you came from (${page}); nothing of any record.`,
    send: 'Hand in',
    sent: 'Saved. It goes to the administrators when there is signal.',
    noGrid: 'You have no grid yet. Please ask the community office.',
    mine: 'What you have said',
    none: 'Nothing yet.',
    given: 'Not read yet',
    read: 'Read by an administrator',
    answered: (text: string) => `Answer: ${text}`,
    deskWhy:
      'What workers and officers think of the app itself. Only they and the administrators see it. An answer comes back to their tablet.',
    deskNone: 'Nobody has said anything yet.',
    from: (version: string, page: string) => `Version ${version} · page ${page}`,
    answer: 'Answer (optional)',
    save: 'Read, answer',
    again: 'Answer again',
    saved: 'Noted. It comes back to the tablet.'
  }
);
