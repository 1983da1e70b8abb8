import type { ReportStatus } from '../domain/status';
import { words } from './language';

/** `unsent`: a tablet's own, before the office has it. `practised`: no office ever will. */
type Statuses = Record<ReportStatus | 'unsent' | 'practised', string>;

/** States as people say them. A need speaks its own words. */
export const stateWords = words<{ issue: Statuses; need: Statuses; overdue: string }>(
  {
    issue: {
      unsent: '待上报',
      practised: '练习',
      reported: '已上报',
      needsDetail: '待补充',
      rejected: '不予受理',
      withdrawn: '已撤回',
      accepted: '已受理',
      dispatched: '已派单',
      returned: '已退回',
      handled: '已处理，待核查',
      checked: '核查通过，待办结',
      rework: '核查未过，重办',
      closed: '已办结',
      solvedOnSpot: '现场已处理',
      told: '已告知居民'
    },
    need: {
      unsent: '待上报',
      practised: '练习',
      reported: '已登记',
      needsDetail: '待补充',
      rejected: '不予受理',
      withdrawn: '已撤回',
      accepted: '已受理',
      dispatched: '办理中',
      returned: '办理中',
      handled: '办理中',
      checked: '办理中',
      rework: '办理中',
      closed: '已办好',
      solvedOnSpot: '已办好',
      told: '已告知居民'
    },
    overdue: '超期'
  },
  {
    issue: {
      unsent: 'Not sent yet',
      practised: 'Practice',
      reported: 'Reported',
      needsDetail: 'More detail wanted',
      rejected: 'Not taken up',
      withdrawn: 'Withdrawn',
      accepted: 'Accepted',
      dispatched: 'Dispatched',
      returned: 'Returned',
      handled: 'Handled, to check',
      checked: 'Checked, to close',
      rework: 'Check failed, redo',
      closed: 'Closed',
      solvedOnSpot: 'Solved on the spot',
      told: 'Resident told'
    },
    need: {
      unsent: 'Not sent yet',
      practised: 'Practice',
      reported: 'Noted',
      needsDetail: 'More detail wanted',
      rejected: 'Not taken up',
      withdrawn: 'Withdrawn',
      accepted: 'Accepted',
      dispatched: 'Under way',
      returned: 'Under way',
      handled: 'Under way',
      checked: 'Under way',
      rework: 'Under way',
      closed: 'Done',
      solvedOnSpot: 'Done',
      told: 'Resident told'
    },
    overdue: 'Overdue'
  }
);
