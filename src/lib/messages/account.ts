import { words } from './language';

export const accountWords = words(
  {
    title: '我的账号',
    login: '登录账号',
    why: '设了密码，换电脑或退出后可以自己登录；没有密码时要向管理员要开通单。',
    current: '现在的密码',
    password: '新密码（至少 10 个字符）',
    set: '设密码',
    change: '改密码',
    hint: '改好后，其他设备都要重新登录；没报上去的内容还在那些设备里。',
    done: '密码已设好。'
  },
  {
    title: 'My account',
    login: 'Account',
    why: 'With a password you can sign in by yourself on another computer or after signing out; without one you need a slip from your administrator.',
    current: 'Present password',
    password: 'New password (at least 10 characters)',
    set: 'Set password',
    change: 'Change password',
    hint: 'All other devices must sign in again then; what was not sent stays on them.',
    done: 'The password is set.'
  }
);
