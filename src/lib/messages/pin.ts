import { words } from './language';

/** Choosing a PIN, the locked tablet, and changing the PIN. */
export const pinWords = words(
  {
    title: '解锁码',
    digits: '解锁码，6 位数字',
    erase: '删除一位',
    choose: (name: string) => `${name}，设一个 6 位解锁码`,
    chooseWhy: '以后打开巡格、几个人换着用这台平板，都靠它。没有它，谁也看不到您的记录。不要用生日或手机号。',
    again: '再输一遍',
    notSame: '两遍不一样，请重新设。',
    tooSimple: '太简单，容易被猜到，请换一个。',
    who: '您是哪位？',
    hello: (name: string) => `${name}，请输入解锁码`,
    unsent: (count: number) => `${count} 条等信号`,
    wrong: '不对，请再试。',
    wait: (minutes: number) => `输错太多次，请 ${minutes} 分钟后再试。`,
    askOffice: '这个解锁码已不能用。请登录，或找社区要一张开通单；本机的记录都还在。',
    opening: '正在打开…',
    forgotten: '忘了解锁码',
    others: '换人',
    someoneElse: '其他人登录',
    signIn: '登录'
  },
  {
    title: 'PIN',
    digits: 'PIN, 6 digits',
    erase: 'Delete a digit',
    choose: (name: string) => `${name}, choose a PIN of 6 digits`,
    chooseWhy:
      'It opens Xunge from now on, also where several people share this tablet. Without it nobody can see your records. Use no birthday or telephone number.',
    again: 'Once more',
    notSame: 'The two are different. Please choose again.',
    tooSimple: 'That is easy to guess. Please choose another.',
    who: 'Who are you?',
    hello: (name: string) => `${name}, your PIN please`,
    unsent: (count: number) => `${count} waiting for signal`,
    wrong: 'That is not it. Please try again.',
    wait: (minutes: number) =>
      `Too many wrong tries. Please try again in ${minutes} ${minutes === 1 ? 'minute' : 'minutes'}.`,
    askOffice:
      'This PIN opens nothing any more. Please sign in, or ask your community for a slip; your records are still here.',
    opening: 'Opening…',
    forgotten: 'Forgot your PIN?',
    others: 'Someone else',
    someoneElse: 'Sign in as someone else',
    signIn: 'Sign in'
  }
);
