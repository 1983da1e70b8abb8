import { words } from './language';

export const setUpWords = words(
  {
    title: '第一次开通',
    lead: '您将成为这台服务器的第一位管理员。链接只能用一次。',
    gone: '这个链接已用过或已过期。请在服务器上重新启动，控制台会显示新的链接。',
    name: '姓名',
    login: '登录账号（小写字母和数字）',
    password: '密码（至少 10 个字符）',
    area: '管理的地区代码（如 510108 成华区）',
    create: '开通',
    field: (name: string) => `请检查这一项：${name}`
  },
  {
    title: 'First set-up',
    lead: 'You become the first administrator of this server. The link works once.',
    gone: 'This link has been used or has expired. Restart the server: its console shows a new one.',
    name: 'Name',
    login: 'Account (lower-case letters and digits)',
    password: 'Password (at least 10 characters)',
    area: 'Area code you administer (such as 510108)',
    create: 'Set up',
    field: (name: string) => `Please check: ${name}`
  }
);
