// What the office and a unit do at the desk, through the one write path.
import { makeChanges, type DeskAct } from '../../src/lib/server/desk-change';
import { visibilityOf, type AnyRecord } from '../../src/lib/domain/record';
import { mayDo } from '../../src/lib/domain/rights';
import { community } from '../support/codes';
import { deeds, nameOf } from './acts/working';
import { peek } from './laws/office';
import type { Random } from './machine/random';
import { idle, type Idle } from './story';
import type { Town } from './town';

/** One act of whoever sits there, on a record that they may see. Returns what came of it. */
export async function actAtDesk(
  { store, session }: App.Locals,
  scene: { town: Town; random: Random; number: number }
): Promise<string | Idle> {
  if (!session) return idle('nobody is signed in at the desk');
  const now = new Date().toISOString();
  const rows = peek<{ body: string }>('SELECT body FROM record ORDER BY id');
  const records = rows
    .map(({ body }) => JSON.parse(body) as AnyRecord)
    .filter((record) => mayDo(session, 'read', visibilityOf(record), now));
  if (records.length === 0) return idle('the desk is empty');
  const { random } = scene;
  const target = random.pick(records);
  const first = random.below(deeds.length);
  for (let offset = 0; offset < deeds.length; offset++) {
    const [kind, facts] = deeds[(first + offset) % deeds.length]!(target, { ...scene, records });
    const outcome = await makeChanges(store, session, community, [{ kind, facts } as DeskAct], now);
    if ('ok' in outcome) return `${session.name} at the desk: ${kind} on ${nameOf(target)}`;
  }
  return idle(`${session.name} at the desk can do nothing with ${nameOf(target)}`);
}
