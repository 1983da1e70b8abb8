import { words } from './language';

/** What the frame says above everything else, when something is wrong with the tablet itself. */
export const frameNoteWords = words(
  {
    clockWrong: (minutes: number) => `平板时间与社区相差约 ${minutes} 分钟，请校准时间`,
    storage: {
      low: '平板空间快满了：请尽快找信号上报，清理相册或其他应用',
      full: '平板空间已满：文字还能保存，照片可能存不下'
    },
    outdated: '另一个窗口已更新应用，请关闭这个窗口'
  },
  {
    clockWrong: (minutes: number) => `This tablet’s clock is about ${minutes} minutes off. Please set it`,
    storage: {
      low: 'This tablet is almost full: please send your work soon and clear photos or other apps',
      full: 'This tablet is full: text can still be saved, photos may not'
    },
    outdated: 'Another window has updated the app: please close this one'
  }
);
