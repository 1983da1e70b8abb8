import { expect, it } from 'vitest';
import { hashPassword, isPassword, pretendToCheck } from './password';

it('a password fits its own hash and no other', async () => {
  const hash = await hashPassword('夏天的绿道');
  expect(hash).toMatch(/^argon2id\$[\w-]{22}\$[\w-]{43}$/);
  expect(await isPassword('夏天的绿道', hash)).toBe(true);
  expect(await isPassword('夏天的绿道 ', hash)).toBe(false);
  expect(await isPassword('', hash)).toBe(false);
});

it('two hashes of one password differ', async () => {
  expect(await hashPassword('夏天的绿道')).not.toBe(await hashPassword('夏天的绿道'));
});

it.each([
  '',
  '-',
  'argon2id',
  'argon2id$$',
  'argon2i$AAAA$AAAA',
  'argon2id$AAAAAAAAAAAAAAAAAAAAAA$AAAA',
  'plain'
])('nothing fits %j', async (hash) => expect(await isPassword('', hash)).toBe(false));

it('an unknown login takes as long as a known one', async () => {
  const hash = await hashPassword('夏天的绿道');
  const timed = async (work: () => Promise<unknown>) => {
    const times = [];
    for (let round = 0; round < 5; round++) {
      const start = process.cpuUsage().user;
      await work();
      times.push(process.cpuUsage().user - start);
    }
    return times.sort((a, b) => a - b)[2]!;
  };
  const known = await timed(() => isPassword('falsch', hash));
  const unknown = await timed(() => pretendToCheck('falsch'));
  expect(unknown / known).toBeGreaterThan(0.3);
  expect(unknown / known).toBeLessThan(3);
});

it('many at once all get their turn', async () => {
  const hash = await hashPassword('夏天的绿道');
  const checks = Array.from({ length: 12 }, (_, index) =>
    isPassword(index % 3 ? 'falsch' : '夏天的绿道', hash)
  );
  expect((await Promise.all(checks)).filter(Boolean)).toHaveLength(4);
});
