import { words } from './language';

export const joinWords = words(
  {
    title: '开通',
    looking: '正在看开通单…',
    question: (name: string) => `您是${name}吗？`,
    hint: '点“是我”后，这台设备就用您的账号。开通单随后作废。',
    yes: '是我，开始使用',
    entering: '正在开通…',
    no: '不是我',
    notMe: '没有开通。请把开通单交还管理员，换成自己的那张。',
    noSlip: '这里没有开通单。请用相机扫开通单上的码。',
    away: '连不上服务器。开通这一次需要网络，请到有信号的地方再点一次；开通单还能用。',
    again: '再试一次',
    toSignIn: '用账号密码登录'
  },
  {
    title: 'Set up',
    looking: 'Looking at the slip…',
    question: (name: string) => `Are you ${name}?`,
    hint: 'After “Yes” this device works with your account. The slip opens nothing any more then.',
    yes: 'Yes, start',
    entering: 'Setting up…',
    no: 'No',
    notMe: 'Nothing was set up. Give the slip back to your administrator and take your own.',
    noSlip: 'There is no slip here. Scan the code on your slip with the camera.',
    away: 'The server cannot be reached. Setting up needs a network this once: go where there is signal and tap again; the slip still works.',
    again: 'Try again',
    toSignIn: 'Sign in with a password'
  }
);
