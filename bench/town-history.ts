import { v7 as uuidV7 } from 'uuid';
import { communityOf } from '../src/lib/domain/area';
import type { Change } from '../src/lib/domain/changes';
import type { AccountId, DeviceId } from '../src/lib/domain/ids';
import { openStore, closeStore } from '../src/lib/server/store';
import { loadAccountByLogin } from '../src/lib/server/records/accounts';
import { receive } from '../src/lib/server/receive';
import { starterCategories } from '../src/lib/server/starter/categories';
import { issueFacts, newId } from '../tests/support/changes';
import { town } from '../tests/support/town';

const words = ['楼道堆物', '路灯不亮', '井盖松动', '垃圾满溢', '飞线充电', '墙皮脱落', '健身器材松动'];
const yearMs = 365 * 86_400_000;
export const grid = `${town}001`;

/** So many issues of one worker over the last year, as the bytes a tablet sends. */
export function issueBodies(
  count: number,
  author: AccountId,
  device: DeviceId,
  gridCode: string = grid
): string[] {
  const now = Date.now();
  return Array.from({ length: count }, (_, index) => {
    const at = new Date(now - ((count - index) * yearMs) / count).toISOString();
    const facts = issueFacts(newId(), {
      number: `李平-${at.slice(5, 7)}${at.slice(8, 10)}-${index + 1}`,
      ownerGridCode: gridCode,
      categoryCode: starterCategories[index % starterCategories.length]!.code,
      text: `${words[index % words.length]!}，第 ${index} 处，居民已经说过两次，请派人来看。`,
      place: {
        source: 'gps',
        position: { longitude: 104.1248 + (index % 90) * 1e-5, latitude: 30.654 },
        accuracyMetres: 12,
        fixAgeSeconds: 3,
        gridCode
      }
    });
    const community = communityOf(gridCode);
    const head = { id: uuidV7(), kind: 'issue-recorded', shape: 1, community, author, device, at };
    return JSON.stringify({ ...head, baseVersion: 0, facts });
  });
}

function withdrawal(issue: string): string {
  const { facts, ...head } = JSON.parse(issue) as Change<'issue-recorded'>;
  const { recordId } = facts;
  return JSON.stringify({
    ...head,
    id: uuidV7(),
    kind: 'report-withdrawn',
    baseVersion: 1,
    facts: { recordId }
  });
}

/** Puts so many issues of 李平 into the town, through the one write path. */
export async function fillTown(folder: string, count: number): Promise<void> {
  const store = await openStore(folder);
  const account = (await loadAccountByLogin(store, 'liping'))!.id as AccountId;
  const device = newId<DeviceId>();
  const actor = { account, grants: [{ role: 'gridWorker' as const, area: grid }] };
  const issues = issueBodies(count, account, device);
  // Every tenth was withdrawn.
  const withdrawals = issues.filter((_, index) => index % 10 === 0).map((issue) => withdrawal(issue));
  const now = new Date().toISOString();
  const receipts = await receive(store, { actor, device }, [...issues, ...withdrawals], now);
  if (receipts.some(({ status }) => status !== 'accepted')) throw new Error('not all were accepted');
  await closeStore(store);
}
