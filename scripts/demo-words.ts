// What `npm run demo` prints, in Chinese and English: the address, the accounts, and a tour of one minute.
import type { DemoAccount } from '../demo/seed';

export function heading(address: string): string {
  return [
    '',
    `  巡格 Xunge   ${address}`,
    '  演示数据，人物和事项均为虚构。Ctrl+C 停止；接着演示：npm run demo -- --resume；重新开始会全部删除。',
    '  Demo data: all people and records are invented. Ctrl+C stops; npm run demo -- --resume goes on; a new demo deletes it all.'
  ].join('\n');
}

export const farewell = [
  '',
  '  服务器已停。平板上还能继续记录；恢复服务器：npm run demo -- --resume',
  '  The server has stopped. Tablets go on recording; to bring it back: npm run demo -- --resume'
].join('\n');

/** One account in two lines: Chinese, and English below. */
export function describeAccounts(accounts: readonly DemoAccount[]): string {
  const rows = accounts.flatMap(({ name, login, password, role, look }) => [
    `  ${wide(name, 8)}${wide(login, 10)}${wide(password, 16)}${wide(role.zh, 16)}${look.zh}`,
    `  ${' '.repeat(34)}${role.en}: ${look.en}`
  ]);
  const title = `  ${wide('姓名', 8)}${wide('账号', 10)}${wide('密码', 16)}${wide('角色', 16)}看什么`;
  const english = `  ${wide('name', 8)}${wide('account', 10)}${wide('password', 16)}role: what to look at`;
  return [
    '账号，密码为这次演示随机生成 / Accounts; the passwords were made at random for this demo',
    title,
    english,
    ...rows
  ].join('\n');
}

const tour: [zh: string, en: string][] = [
  [
    '开一个平板大小的窗口（800×1280），用李平登录，设一个解锁码。“今天”里有要补的照片、要核查的、今天要跟进的。',
    'Open a window the size of a tablet (800×1280) and sign in as 李平, and choose a PIN. “Today” shows a photo to retake, work to check, a promise due today.'
  ],
  [
    '断网（开发者工具 → 网络 → 离线）。“记一条”：拍照或选照片，点分类，保存。标记：在本机。',
    'Switch off the network (developer tools → Network → Offline). Record: take or pick a photo, tap a category, save. Its mark: on this tablet.'
  ],
  [
    '停掉服务器（Ctrl+C），关掉窗口再打开，输解锁码，刚记的还在，还能接着记。npm run demo -- --resume 恢复服务器，标记变成：已到社区。',
    'Stop the server (Ctrl+C), close the window, open it again and type the PIN: all is there, and recording goes on. npm run demo -- --resume brings the server back, and the mark becomes: at the office.'
  ],
  [
    '另开一个无痕窗口，用王丽登录，打开 /office：新的一条已在“受理”里。点开它，李平那边变成：社区已查看。',
    'In a private window sign in as 王丽 and open /office: it is in the inbox. Open it, and on 李平’s side the mark becomes: opened by the office.'
  ],
  [
    '受理，派给锦和物业。用张师傅登录：只看到派来的，看不到是谁反映的；拍处理后照片，报结果。',
    'Take it up and send it to 锦和物业. Sign in as 张师傅: only what was sent, never who reported it. Add a photo of the result and report it.'
  ],
  [
    '王丽核查、办结，李平那里看到办结。用刘燕（别的网格）或陈蓉（槐树店）登录：找不到这一条。',
    '王丽 checks and closes it, and 李平 reads so. Sign in as 刘燕 (other grids) or 陈蓉 (槐树店): it cannot be found.'
  ]
];

export function describeTour(address: string): string {
  const steps = tour.flatMap(([zh, en], index) => [`  ${index + 1}. ${zh}`, `     ${en}`]);
  return ['一分钟看懂 / The tour, in a minute', ...steps, '', `  ${address}`, ''].join('\n');
}

/** Padded to `columns` of a terminal, where a Chinese character takes two. */
function wide(text: string, columns: number): string {
  const width = [...text].reduce((sum, letter) => sum + (letter > '\u2e80' ? 2 : 1), 0);
  return text + ' '.repeat(Math.max(0, columns - width));
}
