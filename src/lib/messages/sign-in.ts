import { words } from './language';

export const signInWords = words(
  {
    title: '登录',
    login: '账号',
    password: '密码',
    enter: '登录',
    entering: '正在登录…',
    again: '请重新登录，本机内容都还在。',
    lost: '社区已把这台平板挂失，本机内容已清空。捡到的话，请交还社区。',
    away: '连不上服务器。登录需要网络；登录后断网也能用，直到退出登录。',
    missing: '请填写账号和密码。',
    embedded: '请用浏览器打开',
    embeddedHow:
      '这里是聊天软件里的窗口，记录可能丢失。请点右上角“…”，选“在浏览器打开”，或复制链接到浏览器。',
    insecure: '请用 https 地址打开',
    insecureHow: '现在的地址是 http，浏览器不允许拍照、定位和离线使用。请向管理员要 https 地址。',
    old: '浏览器版本太旧',
    oldHow: '请更新浏览器后再用：Chrome 109、Safari 16.4 或更新的版本。',
    copyLink: '复制链接',
    copied: '已复制'
  },
  {
    title: 'Sign in',
    login: 'Account',
    password: 'Password',
    enter: 'Sign in',
    entering: 'Signing in…',
    lost: 'The community has reported this tablet as lost; what was on it is cleared. If you found it, please hand it in.',
    again: 'Please sign in again. Everything on this tablet is still here.',
    away: 'The server cannot be reached. Signing in needs a network; after that the app works without, until you sign out.',
    missing: 'Please enter account and password.',
    embedded: 'Please open in a browser',
    embeddedHow:
      'This is a window inside a chat app, where records could be lost. Tap “…” at the top right and choose “Open in browser”, or copy the link.',
    insecure: 'Please open the https address',
    insecureHow:
      'This address is http: the browser allows no camera, position or offline use. Ask your administrator for the https address.',
    old: 'This browser is too old',
    oldHow: 'Please update it: Chrome 109, Safari 16.4 or newer.',
    copyLink: 'Copy link',
    copied: 'Copied'
  }
);
