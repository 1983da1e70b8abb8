import { afterEach, beforeEach, expect, test } from 'vitest';
import { gridOne, hire, openOffice } from '../../../tests/support/office';
import { newId } from '../../../tests/support/changes';
import type { DeviceId } from '../domain/ids';
import { keepStoreSecret, listStoreSecrets } from './store-secret';

let office: Awaited<ReturnType<typeof openOffice>>;
beforeEach(async () => (office = await openOffice()));
afterEach(() => office.close());

test('the last three secrets of an account on a device are kept, newest first, apart from all others', async () => {
  const { store } = office;
  const { account } = await hire(store, '李平', [{ role: 'gridWorker', area: gridOne }]);
  const [tablet, other] = [newId<DeviceId>(), newId<DeviceId>()];
  for (const minute of [1, 2, 3, 4])
    await keepStoreSecret(
      store,
      { account, device: tablet },
      `${minute}`,
      `2026-11-27T01:0${minute}:00.000Z`
    );
  await keepStoreSecret(store, { account, device: tablet }, '4', '2026-11-27T01:05:00.000Z');
  await keepStoreSecret(store, { account, device: other }, 'x', '2026-11-27T01:05:00.000Z');
  expect(await listStoreSecrets(store, { account, device: tablet })).toEqual(['4', '3', '2']);
  expect(await listStoreSecrets(store, { account, device: other })).toEqual(['x']);
});
