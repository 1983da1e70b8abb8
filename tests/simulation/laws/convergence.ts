// What must be so once all is calm and everybody has had time.
import { isDeepStrictEqual } from 'node:util';
import type { Draft } from '../../../src/lib/data/draft';
import type { QueuedPhoto, Setting, ShownRecord, ToHandBack, Trouble } from '../../../src/lib/data/database';
import type { Change } from '../../../src/lib/domain/changes';
import type { Grant } from '../../../src/lib/domain/grant';
import type { ChangeId, DeviceId, RecordId } from '../../../src/lib/domain/ids';
import type { Cursor } from '../../../src/lib/protocol/pull';
import { recordKinds } from '../../../src/lib/domain/record';
import { protocolVersion } from '../../../src/lib/protocol/version';
import { isSameScope, scopeOf } from '../../../src/lib/protocol/scope';
import { listGrants } from '../../../src/lib/server/records/accounts';
import { pull } from '../../../src/lib/server/serve';
import type { Store } from '../../../src/lib/server/store';
import { community } from '../../support/codes';
import { officeViewFor, viewOf } from '../../support/views';
import { machine } from '../machine/machine';
import { laterField } from '../newer-server';
import { LawBroken } from '../scene';
import type { Answered } from '../server';
import type { Tablet } from '../tablet';
import type { Person } from '../town';
import { peek, query, type OfficeWatch } from './office';
import { kindOf, standOf, type Place } from './places';

/** A change has come to an end. */
const ended: readonly Place[] = ['accepted', 'refused', 'conflict', 'withdrawn'];
/** The person decides, and what was done to its record with it. */
const undecided: readonly Place[] = ['refused', 'conflict'];

/** Which changes of this store have come to an end: also those that wait for one the office has not taken. */
function listEnded(tablet: Tablet, database: string): Set<string> {
  const stands = standOf(tablet, database);
  const placeById = new Map(stands.map(({ row, places }) => [row.id, places[0]!]));
  const troubles = tablet.store.rows<Trouble>(database, 'troubles');
  const blockerById = new Map(troubles.map(({ changeId, dependsOn }) => [changeId, dependsOn]));
  const waitsForGood = (id: ChangeId): boolean => {
    const blocker = blockerById.get(id);
    const place = blocker && placeById.get(blocker);
    // One of another tablet is nothing to see from here.
    if (!place) return true;
    return undecided.includes(place) || (place === 'depends-on' && waitsForGood(blocker));
  };
  const isEnded = (id: ChangeId, place: Place) =>
    place === 'depends-on' ? waitsForGood(id) : ended.includes(place);
  return new Set(stands.flatMap(({ row, places }) => (isEnded(row.id, places[0]!) ? row.id : [])));
}

/** Whether nothing waits any more: neither a change nor a picture the office knows of. */
export function isAllEnded(tablets: readonly Tablet[]): boolean {
  const declared = byId(peek<{ id: string }>('SELECT id FROM photo'));
  const isEnded = (tablet: Tablet, name: string) =>
    standOf(tablet, name).length === listEnded(tablet, name).size &&
    tablet.store.rows(name, 'toHandBack').length === 0 &&
    tablet.store
      .rows<QueuedPhoto>(name, 'photos')
      .every(
        (photo) => !isToCome(photo, tablet, name) && (photo.state !== 'ready' || !declared.has(photo.id))
      );
  return tablets.every((tablet) => tablet.store.names().every((name) => isEnded(tablet, name)));
}

/** A picture of a saved record that the tablet has yet to process or to declare. */
function isToCome(photo: QueuedPhoto, tablet: Tablet, database: string): boolean {
  if (photo.state === 'raw') return true;
  const isOfDraft = tablet.store.rows<Draft>(database, 'drafts').some(({ id }) => id === photo.recordId);
  return photo.state === 'ready' && !photo.declared && !isOfDraft;
}

/** Whether the office has more to tell than was read there. */
export function isBehind(tablet: Tablet, { account }: Person): boolean {
  const held = peek<Grant & { account: string }>('SELECT account, role, area FROM account_grant ORDER BY id');
  const scope = scopeOf(
    held.filter((grant) => grant.account === account),
    community
  );
  const settings = tablet.store.rows<Setting>(`xunge-${account}`, 'settings');
  const cursor = settings.find(({ key }) => key === `cursor-${community}`)?.value as Cursor | undefined;
  const [{ head }] = peek<{ head: number }>('SELECT head FROM community') as [{ head: number }];
  if (scope.length === 0) return cursor !== undefined;
  const [{ epoch }] = peek<{ epoch: string }>('SELECT epoch FROM store') as [{ epoch: string }];
  const isWhole = cursor?.epoch === epoch && cursor.sequence === head && !cursor.backfill;
  return !isWhole || !isSameScope(cursor.scope, scope);
}

/** Whether whose store it is holds any grant. */
function takesPart(database: string): boolean {
  const holders = peek<{ account: string }>('SELECT DISTINCT account FROM account_grant');
  return holders.some(({ account }) => database === `xunge-${account}`);
}

/** Each change has come to an end, and the office holds just those it accepted, byte for byte. */
export function checkEnds(tablet: Tablet, { wasRestored, wasErased, wasOutcomeLost }: OfficeWatch): void {
  const log = byId(
    query<LogRow>('SELECT id, body, sequence, earlier_sequence AS earlier, is_retold FROM change')!
  );
  const present = byId(query<{ id: string }>('SELECT id FROM record')!);
  const erased = byId(query<{ id: string }>('SELECT record_id AS id FROM erased')!);
  const outcomes = byId(query<{ id: string }>('SELECT change_id AS id FROM outcome')!);
  for (const database of tablet.store.names()) {
    const lastByRecord = new Map<string, number>();
    const toHandBack = tablet.store.rows<ToHandBack>(database, 'toHandBack');
    const endedIds = listEnded(tablet, database);
    for (const { row, places } of standOf(tablet, database)) {
      const [place] = places;
      const said = `${tablet.name}: ${row.order} (${kindOf(row)}) is ${place}`;
      if (!endedIds.has(row.id)) throw new LawBroken('every change comes to an end', said);
      const logged = log.get(row.id);
      // Of a change that said something of an erased record nothing but its hash is left.
      const isErased = row.recordIds.some((id) => erased.has(id));
      // It waits for a record that only another tablet, or nobody any more, could hand back.
      const waits =
        wasRestored && place === 'accepted' && toHandBack.some(({ line }) => line.includes(row.id));
      if (waits && row.recordIds.some((id) => !present.has(id))) continue;
      // Who takes part no more is not asked for anything, and what a backup lost of an erased record stays lost.
      if (wasRestored && place === 'accepted' && !logged && (isErased || !takesPart(database))) continue;
      // Also of what had only been told, and whose own bytes came after the erasure: refused, and in the log.
      const isEmptied = logged?.body === '' && isErased && (place === 'accepted' || logged.is_retold);
      // Its maker's tablet learns of no restore where the log has come as far again in another's words.
      if (place === 'accepted' && logged?.is_retold && isToldAs(logged.body, row.body)) continue;
      if (!isEmptied && logged?.body !== (place === 'accepted' ? row.body : undefined))
        throw new LawBroken('the office holds just what it accepted', said);
      // Of what is erased the tombstone speaks, unless a backup has lost it.
      const isForgotten = wasOutcomeLost(row.id) || row.recordIds.some(wasErased);
      if ((place === 'refused' || place === 'conflict') && !outcomes.has(row.id) && !isForgotten)
        throw new LawBroken('what was refused stays refused', `${said}, and the office does not know`);
      if (!logged) continue;
      const [recordId] = row.recordIds;
      // What was handed back is entered when it comes, and what a restored office forgot to have refused when it is asked again.
      if (logged.earlier !== null || wasOutcomeLost(row.id)) continue;
      if (logged.sequence < (lastByRecord.get(recordId!) ?? 0))
        throw new LawBroken('the changes of a record go in their order', said);
      lastByRecord.set(recordId!, logged.sequence);
    }
  }
}

interface LogRow {
  id: string;
  body: string;
  sequence: number;
  earlier: number | null;
  is_retold: number;
}

/** Whether both say the same; only one of them was made by its own device. */
function isToldAs(told: string, made: string): boolean {
  const said = (body: string) => {
    const { id, kind, author, at, facts } = JSON.parse(body) as Change;
    return { id, kind, author, at, facts };
  };
  return isDeepStrictEqual(said(told), said(made));
}

const byId = <Row extends { id: string }>(rows: readonly Row[]) => new Map(rows.map((row) => [row.id, row]));

/** Of what an account may see its tablet shows all, as the office has it, and nothing else. */
export async function checkViews(tablet: Tablet, { account, name }: Person, store: Store): Promise<void> {
  const person = { account, name, grants: await listGrants(store, account) };
  const now = new Date().toISOString();
  const office = await officeViewFor(store, person, now);
  const records = tablet.store
    .rows<ShownRecord>(`xunge-${account}`, 'records')
    .map(({ record }) => withoutLater(record));
  const shown = viewOf(records);
  // Step 11: what waits to be handed back is kept meanwhile.
  const kept = tablet.store
    .rows<ToHandBack>(`xunge-${account}`, 'toHandBack')
    .flatMap(({ recordIds }) => recordIds as string[]);
  for (const id of kept) if (!office[id]) delete shown[id];
  for (const id of new Set([...Object.keys(office), ...Object.keys(shown)]))
    if (!isDeepStrictEqual(office[id], shown[id]))
      throw new LawBroken(
        'all converge',
        `${person.name} on ${tablet.name} sees\n${JSON.stringify(shown[id])}\nand the office has\n${JSON.stringify(office[id])}`
      );
  const bases = tablet.store.rows(`xunge-${account}`, 'bases');
  if (bases.length > 0) throw new LawBroken('all converge', `${tablet.name} still holds a base`);
  await checkPaging(person, store, Object.keys(office).sort(), now);
}

function withoutLater(record: ShownRecord['record']): ShownRecord['record'] {
  const { [laterField]: _, ...known } = record as ShownRecord['record'] & Record<string, unknown>;
  return known;
}

/** A reader that pages by cursor sees every record it may see and none it may not. */
async function checkPaging(person: Person, store: Store, seen: string[], now: string): Promise<void> {
  const ids = new Set<RecordId>();
  const device = '00000000-0000-7000-8000-00000000dead' as DeviceId;
  let cursor: Cursor | undefined;
  for (let more = true; more;) {
    const request = { protocol: protocolVersion, device, community, cursor, kinds: [...recordKinds] };
    const page = await pull(store, person, request, now, 3);
    if (!page) break;
    page.rows.forEach(({ record }) => ids.add(record.id));
    page.leftScope.forEach((id) => ids.delete(id));
    ({ cursor, more } = page);
  }
  if (!isDeepStrictEqual([...ids].sort(), seen))
    throw new LawBroken('paging shows what may be seen', `${person.name}: ${ids.size}, not ${seen.length}`);
}

/** Every picture of an accepted record is at the office, and the tablet that took it says so. */
export function checkPictures(tablets: readonly Tablet[], { wasRestored }: OfficeWatch): void {
  const rows = query<{ id: string; stored_at: string | null }>('SELECT id, stored_at FROM photo')!;
  const missing = new Set(rows.filter(({ stored_at }) => stored_at === null).map(({ id }) => id));
  const states = tablets.flatMap((tablet) =>
    tablet.store.names().flatMap((name) => {
      const photos = tablet.store.rows<QueuedPhoto>(name, 'photos');
      const late = photos.find((photo) => isToCome(photo, tablet, name));
      if (late)
        throw new LawBroken(
          'every picture is processed and declared',
          `${tablet.name}: …${late.id.slice(-4)} is ${late.state} still`
        );
      return photos;
    })
  );
  // A restored office gets again those whose bytes are still there.
  const bytes = new Set(
    tablets.flatMap((tablet) =>
      tablet.store
        .names()
        // Who takes part no more is not asked for them.
        .filter(takesPart)
        .flatMap((name) =>
          tablet.store.rows<{ photoId: string }>(name, 'pictures').map(({ photoId }) => photoId)
        )
    )
  );
  for (const id of missing) {
    if (wasRestored && !bytes.has(id)) continue;
    throw new LawBroken(
      'every declared picture arrives',
      standing(
        id,
        states.find((photo) => photo.id === id)
      )
    );
  }
  const declared = new Set(rows.map(({ id }) => id));
  for (const photo of states)
    if (declared.has(photo.id) && photo.state !== 'stored')
      throw new LawBroken('every declared picture arrives', standing(photo.id, photo));
}

function standing(id: string, photo: QueuedPhoto | undefined): string {
  return `…${id.slice(-4)} is ${photo?.state}${photo?.refusal ? `, ${photo.refusal.code},` : ''} on its tablet`;
}

/** Every batch that ever reached the office, once more, and then with other bytes under the same ids: nothing moves. */
export async function checkReplay(replay: () => Promise<void>): Promise<void> {
  const before = officeState();
  await replay();
  if (officeState() !== before) throw new LawBroken('a replay changes nothing', 'the store is another');
}

/** Nothing that comes under a known id with other bytes is accepted, nor what would bring back an erased record. */
export function checkForged({ status, body }: Answered): void {
  const text = new TextDecoder().decode(body);
  if (status === 200 && text.includes('"status":"accepted"'))
    throw new LawBroken('what is no copy brings nothing in', text.slice(0, 200));
}

function officeState(): string {
  const tables = ['record', 'change', 'touch', 'outcome', 'photo', 'case_counter', 'community'];
  return JSON.stringify([
    tables.map((table) => query(`SELECT * FROM "${table}" ORDER BY 1, 2`)),
    machine().serverDisk.list('data/photos')
  ]);
}
