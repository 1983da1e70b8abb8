import { visibilityOf } from '$lib/domain/record';
import { mayDo } from '$lib/domain/rights';
import { makeChanges } from '$lib/server/desk-change';
import type { Store } from '$lib/server/store';
import type { FoundRecord } from './find-record.server';

/** Whether 社区已查看 is still to be noted for this officer: never looked, or not since the detail came. */
export function isToMark({ desk: { session, now }, report }: FoundRecord): boolean {
  const isSeen = report.openedBy.some(({ account }) => account === session.account) && !report.detailAddedAt;
  return !isSeen && mayDo(session, 'markOpened', visibilityOf(report), now);
}

/** 社区已查看: said by the page once it was shown, and by every act: whoever acted on a report has seen it. */
export async function noteOpened(store: Store, found: FoundRecord): Promise<boolean> {
  if (!isToMark(found)) return false;
  const { desk, community, report } = found;
  const facts = { recordId: report.id };
  const acts = [{ kind: 'record-opened' as const, facts }];
  return 'ok' in (await makeChanges(store, desk.session, community, acts, desk.now));
}
