import { words } from './language';

/** The browser threw the tablet's store away. */
export const storeLostWords = words(
  {
    title: '本机内容被清除过',
    what: (count: number, since: string) =>
      `浏览器或系统清除了本机存储，当时还有 ${count} 条没报上去${since ? `（最早 ${since}）` : ''}，这些内容不在了。`,
    whatNow: '已到社区的都在。请对照相册和笔记补报，并告诉社区；平时请留出空间，有信号就上报。',
    read: '知道了'
  },
  {
    title: 'This tablet’s store was cleared',
    what: (count: number, since: string) =>
      `The browser or the system cleared the store while ${count} ${count === 1 ? 'item was' : 'items were'} unsent${since ? ` (oldest: ${since})` : ''}. They are gone.`,
    whatNow:
      'Everything that had reached the office is still there. Please report the rest again from your album and notes, and tell the office. Keep some room free and send whenever there is signal.',
    read: 'I have read this'
  }
);
