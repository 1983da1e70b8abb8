import { words } from './language';

export const patrolWords = words(
  {
    title: '巡查',
    none: '现在没有巡查。不巡查也可以随时记录。',
    start: '开始巡查',
    pause: '暂停',
    resume: '继续',
    end: '结束巡查',
    endHold: '结束这次巡查？',
    note: '备注（可不填）',
    walked: '已巡查',
    recorded: (count: number) => `这次记了 ${count} 条`,
    startedAt: (when: string) => `开始于 ${when}`,
    past: '以前的巡查',
    trackOff: '不记录轨迹。',
    trackPurpose: '轨迹用途：',
    trackAccept: '我已阅读，同意记录轨迹',
    trackStop: '不再记录轨迹',
    trackOn: '正在记录轨迹，只统计走到的地方，最多保存 30 天。',
    awake: '屏幕保持常亮',
    minutes: (count: number) => `${count} 分钟`,
    metres: (count: number) => `${count} 米`
  },
  {
    title: 'Patrol',
    none: 'No patrol under way. You can record at any time without one.',
    start: 'Start patrol',
    pause: 'Pause',
    resume: 'Resume',
    end: 'End patrol',
    endHold: 'End this patrol?',
    note: 'Note (optional)',
    walked: 'Walked',
    recorded: (count: number) => `${count} recorded on this patrol`,
    startedAt: (when: string) => `started ${when}`,
    past: 'Earlier patrols',
    trackOff: 'No track is recorded.',
    trackPurpose: 'Purpose of tracks:',
    trackAccept: 'I have read this and agree to a track',
    trackStop: 'Stop recording tracks',
    trackOn: 'A track is recorded, only to know which places were seen; it is kept for 30 days at most.',
    awake: 'Screen stays on',
    minutes: (count: number) => `${count} min`,
    metres: (count: number) => `${count} m`
  }
);
