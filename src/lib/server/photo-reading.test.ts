import { afterEach, beforeEach, expect, test } from 'vitest';
import { changeOf, newId, photoFacts, voiceFacts } from '../../../tests/support/changes';
import { community, gridOne } from '../../../tests/support/codes';
import { by, issueBy, now, openCounter, type Counter } from '../../../tests/support/counter';
import { hire } from '../../../tests/support/office';
import type { Actor, Grant } from '../domain/grant';
import type { PhotoId, Sha256 } from '../domain/ids';
import { readPhoto } from './photo-reading';
import { storeWholePhoto } from './photo-store';
import { sha256Hex } from './seal';

let office: Counter;
let photoId: PhotoId;
let voiceId: PhotoId;

beforeEach(async () => {
  office = await openCounter();
  const { li, store } = office;
  const place = { source: 'map' as const, gridCode: `${gridOne}01` };
  const lamp = issueBy(li, { publicFacility: true, place });
  const { recordId } = lamp.facts;
  const bytes = Buffer.from('刘婆婆说');
  const own = { bytes: bytes.length, sha256: sha256Hex(bytes) as Sha256 };
  const photo = { ...photoFacts(newId()), ...own };
  const voice = { ...voiceFacts(newId()), ...own };
  await office.send(li, [
    lamp,
    changeOf('photo-attached', { recordId, photo }, by(li, 1)),
    changeOf('voice-attached', { recordId, voice }, by(li, 2))
  ]);
  for (const { id } of [photo, voice])
    expect(await storeWholePhoto(store, community, id, bytes)).toEqual({ stored: true });
  [photoId, voiceId] = [photo.id, voice.id];
});
afterEach(() => office.close());

async function statusFor(actor: Actor, id: PhotoId): Promise<number> {
  const response = await readPhoto(office.store, actor, id, null, now);
  await response.body?.cancel();
  return response.status;
}

test.each<[string, Grant['role'], string, number]>([
  ['a colleague of the grid', 'gridWorker', gridOne, 200],
  ['the community', 'communityOfficer', community, 200],
  ['the street', 'streetOfficer', '510108011', 404],
  ['a volunteer', 'microGridWorker', `${gridOne}01`, 404]
])('a voice is the reporter’s: %s', async (_, role, area, heard) => {
  const reader = await hire(office.store, '读者', [{ role, area }]);
  expect(await statusFor(reader, photoId)).toBe(200);
  expect(await statusFor(reader, voiceId)).toBe(heard);
});

test('one’s own voice is played whatever one’s role', async () => {
  expect(await statusFor(office.li, voiceId)).toBe(200);
});
