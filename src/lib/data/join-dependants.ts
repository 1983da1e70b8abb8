import type { ChangeId } from '../domain/ids';
import type { UnsentItem } from './outbox';

const isRefused = ({ trouble }: UnsentItem['changes'][number]) =>
  trouble?.status === 'refused' || trouble?.status === 'conflict';

/** Whether the office refused something of it, or something of it is in conflict. */
export function isTroubled(item: UnsentItem): boolean {
  return item.changes.some(isRefused);
}

/** What waits for a refused change of another record stands with it: one matter, one decision. Pure; keeps the order. */
export function joinDependants(items: readonly UnsentItem[]): UnsentItem[] {
  const itemByChange = new Map<ChangeId, UnsentItem>();
  for (const item of items) for (const { id } of item.changes) itemByChange.set(id, item);
  const hostOf = (item: UnsentItem, seen: readonly UnsentItem[] = []): UnsentItem => {
    if (isTroubled(item) || seen.includes(item)) return item;
    const hosts = item.changes.flatMap(({ trouble }) => {
      const host = trouble?.dependsOn && itemByChange.get(trouble.dependsOn);
      return host && host !== item ? [hostOf(host, [...seen, item])] : [];
    });
    return hosts.find(isTroubled) ?? item;
  };
  const joined = new Map<UnsentItem, UnsentItem>();
  for (const item of items) {
    const host = hostOf(item);
    const known = joined.get(host) ?? { ...host, changes: [] };
    joined.set(host, { ...known, changes: [...known.changes, ...item.changes] });
  }
  return items.flatMap((item) => joined.get(item) ?? []);
}
