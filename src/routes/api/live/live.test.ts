import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { community, gridOne, hire, openOffice } from '../../../../tests/support/office';
import type { DeviceId } from '../../../lib/domain/ids';
import { openSession, type Session } from '../../../lib/server/session';
import { newId } from '../../../../tests/support/changes';
import { GET } from './+server';

const beatMs = 25_000;
let office: Awaited<ReturnType<typeof openOffice>>;
let opened: { token: string; session: Session };

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  office = await openOffice();
  const li = await hire(office.store, '李平', [{ role: 'gridWorker', area: gridOne }]);
  opened = await openSession(office.store, li.account, newId<DeviceId>(), Date.now());
});
afterEach(() => {
  vi.useRealTimers();
  return office.close();
});

/** The stream as its reader has it: each piece as text, undefined once it has ended. */
async function listen() {
  const { token, session } = opened;
  const event = { locals: { store: office.store, session, token } } as Parameters<typeof GET>[0];
  const reader = (await GET(event)).body!.getReader();
  const read = async () => {
    const { value } = await reader.read();
    return value && new TextDecoder().decode(value);
  };
  expect(await read()).toContain('retry');
  return { read, leave: () => reader.cancel() };
}

const hint = () => office.store.live.announce({ community, sequence: 1 });

test('a stream goes on while session and grants are what they were', async () => {
  const { read, leave } = await listen();
  vi.advanceTimersByTime(beatMs);
  expect(await read()).toContain('still here');
  await leave();
});

test('a stream ends with the grant that opened it', async () => {
  const { read } = await listen();
  await office.store.connection.updateTable('account_grant').set({ area: '510108011005001' }).execute();
  vi.advanceTimersByTime(beatMs);
  expect(await read()).toBeUndefined();
});

test('a session has eight streams: the ninth ends the oldest', async () => {
  const streams = [];
  for (let count = 0; count < 9; count++) streams.push(await listen());
  hint();
  const [oldest, ...others] = await Promise.all(streams.map(({ read }) => read()));
  expect(oldest).toBeUndefined();
  expect(others.every((text) => text?.includes('"sequence":1'))).toBe(true);
  // Whoever leaves makes room.
  await streams[1]!.leave();
  const next = await listen();
  hint();
  expect(await streams[2]!.read()).toContain('"sequence":1');
  for (const { leave } of [next, ...streams.slice(2)]) await leave();
});
