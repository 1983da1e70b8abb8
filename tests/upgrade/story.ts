// What happens in a recording: every kind of change is made once and handed in, and much of it once more and not yet.
import { v7 as uuidV7 } from 'uuid';
import { makeChange } from '../../src/lib/data/author';
import { withdrawTrouble } from '../../src/lib/data/give-up';
import { keepVoicePiece } from '../../src/lib/data/photos';
import type { DeviceId, PhotoId, RecordId, UnitId } from '../../src/lib/domain/ids';
import { makeChanges, type DeskAct } from '../../src/lib/server/desk-change';
import type { Store } from '../../src/lib/server/store';
import { pushBody, PushReply } from '../../src/lib/protocol/push';
import { protocolVersion } from '../../src/lib/protocol/version';
import { rebase } from '../../src/lib/sync/rebase';
import { community, gridOne, gridTwo } from '../support/codes';
import { sessionOf } from '../support/desk';
import { at, wait, type Person, type Tablet } from './staff';
import type { Weather } from './weather';

export interface Cast {
  store: Store;
  unit: UnitId;
  zhang: Person;
  li: Tablet;
  chen: Tablet;
  wang: Tablet;
  zhou: Tablet;
  weather: Weather;
}

const microGrid = `${gridOne}01`;
const id = () => uuidV7() as RecordId;

async function atDesk({ store, zhang }: Cast, ...acts: DeskAct[]): Promise<void> {
  for (const one of acts) {
    wait();
    const result = await makeChanges(store, sessionOf(zhang as never), community, [one], at());
    if ('refusal' in result) throw new Error(`${one.kind}: ${result.refusal.code}`);
  }
}

async function sync(...tablets: Tablet[]): Promise<void> {
  for (const tablet of tablets) {
    const outcome = await tablet.sync();
    if (outcome !== 'done') throw new Error(`a run ended: ${outcome}`);
  }
}

/** Everything gets through. */
export async function goodDay(cast: Cast) {
  const { li, chen, wang, zhou, unit } = cast;
  const lamp = await chen.save(
    { text: '路灯不亮', categoryCode: 'C14', place: { source: 'map', gridCode: microGrid } },
    gridOne,
    { photo: 7 }
  );
  const stairs = await chen.save({ text: '楼道堆物' }, gridOne);
  const noise = await chen.save({ text: '太吵' }, gridOne);
  await chen.act('comment-added', { recordId: lamp, text: '今晚也没亮' });
  const given = id();
  await chen.act('shift-handed-over', {
    recordId: given,
    ownerGridCode: gridOne,
    note: '路灯再看',
    itemIds: [lamp]
  });
  await sync(chen, li, wang, zhou);
  const screws = await li.save({ text: '健身器材螺丝松动', categoryCode: 'C01' }, gridOne, {
    photo: 3,
    voice: true
  });
  const errand = await li.save({ kind: 'need', text: '代取药', needTypeCode: 'N01' }, gridOne);
  const mistake = await li.save({ text: '看错了' }, gridOne);
  const done = await li.save({ kind: 'need', text: '灯泡已换', solvedOnSpot: true }, gridOne);
  await li.act('report-amended', {
    recordId: errand,
    edits: { text: { from: '代取药', to: '代取药，周五前' } }
  });
  await li.act('report-withdrawn', { recordId: mistake });
  await li.act('reports-linked', { recordId: screws, otherId: errand });
  await li.act('follow-up-noted', { recordId: screws, whom: '物业', channel: 'call', promise: '明天来' });
  await li.act('resident-told', { recordId: done, words: '修好了' });
  await walk(li);
  await li.act('handover-read', { recordId: given });
  const opinion = id();
  await li.act('opinion-given', {
    recordId: opinion,
    ownerGridCode: gridOne,
    text: '字太小',
    appVersion: '0.1.0',
    page: '/mine'
  });
  await sync(li, wang);
  const [work, lampWork] = [id(), id()];
  await wang.act('record-opened', { recordId: screws });
  await wang.act('case-opened', { recordId: work, subjectId: screws, afterPhoto: 'no' });
  await wang.act('case-dispatched', { recordId: work, unit, instruction: '请紧固' });
  await wang.act('case-returned', { recordId: work, reason: '不归他们管' });
  await wang.act('case-dispatched', { recordId: work, unit, instruction: '是他们的' });
  await wang.act('case-opened', { recordId: lampWork, subjectId: lamp, afterPhoto: 'no' });
  await wang.act('case-dispatched', { recordId: lampWork, unit, instruction: '请更换' });
  await wang.act('detail-requested', { recordId: stairs, reason: '哪一栋？' });
  await wang.act('report-rejected', { recordId: noise, reason: '不归社区' });
  await sync(wang);
  await atDesk(
    cast,
    { kind: 'case-handled', facts: { recordId: work, text: '已紧固' } },
    { kind: 'case-handled', facts: { recordId: lampWork, text: '已更换' } }
  );
  await sync(li);
  await li.act('case-checked', { recordId: work, passed: true, words: '' });
  await sync(li, wang);
  await wang.act('case-closed', { recordId: work, subjectId: screws, how: 'done', words: '' });
  await sync(wang, zhou, li);
  return { screws, errand, lamp, stairs, lampWork };
}

async function walk(li: Tablet): Promise<void> {
  const recordId = id();
  await li.act('patrol-started', { recordId, ownerGridCode: gridOne });
  await li.act('track-recorded', { recordId, points: [[at(), 104.08, 30.66, 8]], gaps: [], metres: 12 });
  await li.act('patrol-paused', { recordId });
  await li.act('patrol-resumed', { recordId });
  await li.act('patrol-ended', { recordId, note: '' });
}

/** What the office does not take, or not yet. */
export async function badDay(cast: Cast): Promise<void> {
  const { li, weather } = cast;
  await li.save({ text: '别人的网格' }, gridTwo);
  const unwanted = await li.save({ text: '也是别人的' }, gridTwo);
  const twice = await li.save({ text: '原文' }, gridOne);
  await sync(li);
  const refused = await li.database.troubles.toArray();
  const given = refused.find(({ recordIds }) => recordIds[0] === unwanted)!;
  const { rulesOf } = li.author;
  await withdrawTrouble(li.database, given.changeId, (bases, unsent) => rebase(bases, unsent, rulesOf));
  await amendElsewhere(li, twice);
  const edits = { text: { from: '原文', to: '平板甲' } };
  await li.act('report-amended', { recordId: twice, edits });
  await sync(li);
  // Another kind of change than this office knows, and what hangs on it.
  weather.rewrite = (text) =>
    text.replace(/"kind":"issue-recorded"(?=[^\n]*新式的一条)/, '"kind":"hazard-recorded"');
  const novel = await li.save({ text: '新式的一条' }, gridOne);
  await li.act('comment-added', { recordId: novel, text: '再补一句' });
  await sync(li);
  weather.rewrite = (text) => text;
  // The office fails on one.
  weather.failsOn = '打不开';
  await li.save({ text: '打不开的一条' }, gridOne);
  await li.save({ text: '这条没事' }, gridOne);
  await sync(li);
  // Half a picture arrives.
  weather.cutsUploads = true;
  await li.save({ text: '照片传了一半' }, gridOne, { photo: 11 });
  await li.sync();
  weather.cutsUploads = false;
  weather.failsOn = null;
}

/** The same person on another tablet was quicker. */
async function amendElsewhere({ author, context }: Tablet, recordId: RecordId): Promise<void> {
  wait();
  const device = uuidV7() as DeviceId;
  const edits = { text: { from: '原文', to: '平板乙' } };
  const { body } = await makeChange({ ...author, device }, 'report-amended', { recordId, edits }, at(), 1);
  const head = { protocol: protocolVersion, account: author.account, device };
  await context.transport.postLines('/api/sync/push', pushBody(head, [body]), PushReply);
}

/** No network any more: all of this waits on the two tablets. */
export async function offline(cast: Cast, known: Awaited<ReturnType<typeof goodDay>>): Promise<void> {
  const { li, wang, unit } = cast;
  const { screws, errand, stairs, lampWork } = known;
  const fresh = await li.save({ text: '井盖响', categoryCode: 'C13' }, gridOne, { photo: 5, voice: true });
  await li.save({ kind: 'need', text: '代购米', needTypeCode: 'N02' }, gridOne);
  const done = await li.save({ kind: 'need', text: '已陪诊', solvedOnSpot: true }, gridOne);
  await li.act('resident-told', { recordId: done, words: '' });
  await li.act('report-amended', {
    recordId: fresh,
    edits: { text: { from: '井盖响', to: '井盖松动' } }
  });
  await li.act('comment-added', { recordId: screws, text: '又松了' });
  await li.act('case-checked', { recordId: lampWork, passed: false, words: '还是不亮' });
  await li.act('report-withdrawn', { recordId: errand });
  await li.act('reports-linked', { recordId: screws, otherId: fresh });
  await li.act('follow-up-noted', { recordId: fresh, whom: '张师傅', channel: 'inPerson', promise: '' });
  const walked = id();
  await li.act('patrol-started', { recordId: walked, ownerGridCode: gridOne });
  await li.act('patrol-ended', { recordId: walked, note: '下雨' });
  await li.act('shift-handed-over', { recordId: id(), ownerGridCode: gridOne, note: '', itemIds: [fresh] });
  await li.begin({ text: '还没写完', categoryCode: 'C12' }, { photo: 9 });
  const spoken = await li.begin({ text: '说到一半' });
  wait();
  const voice = { id: uuidV7() as PhotoId, recordId: spoken.id, mime: 'audio/webm', takenAt: at() };
  await keepVoicePiece(li.database, voice, 0, new TextEncoder().encode('half a').buffer);

  const [own, work, other] = [await wang.save({ text: '门口积水' }, gridOne), id(), id()];
  await wang.act('record-opened', { recordId: stairs });
  await wang.act('case-opened', { recordId: work, subjectId: stairs, afterPhoto: 'no' });
  await wang.act('case-dispatched', { recordId: work, unit, instruction: '请清理' });
  await wang.act('case-handled', { recordId: work, text: '清了' });
  await wang.act('case-opened', { recordId: other, subjectId: own, afterPhoto: 'no' });
  await wang.act('case-closed', { recordId: other, subjectId: own, how: 'noLongerNeeded', words: '干了' });
  const [vague, wrong] = [
    await wang.save({ text: '不清楚' }, gridOne),
    await wang.save({ text: '错' }, gridOne)
  ];
  await wang.act('detail-requested', { recordId: vague, reason: '在哪里？' });
  await wang.act('report-rejected', { recordId: wrong, reason: '不是事' });
}

/** A tablet that is newer than this office says so, and hears that it is. */
export async function newerTablet({ zhou, weather }: Cast): Promise<void> {
  weather.rewrite = (text) => text.replace(/"protocol":\d+/, '"protocol":999');
  const { account, device } = zhou.author;
  const head = { protocol: protocolVersion, account, device };
  await zhou.context.transport.postLines('/api/sync/push', pushBody(head, []), PushReply);
  const outcome = await zhou.sync();
  if (outcome !== 'upgrade-needed') throw new Error(`the office took it for its own: ${outcome}`);
  weather.rewrite = (text) => text;
}
