import { brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, it, test } from 'vitest';
import * as z from 'zod/mini';
import { jsonReply, readJson, readText } from './read-body';

const limit = { bytes: 1000, inflated: 5000 };
const tooLarge = { refusal: { code: 'too-large', details: { maximum: limit.bytes } } };
const malformed = (field?: string) => ({
  refusal: field === undefined ? { code: 'malformed' } : { code: 'malformed', details: { field } }
});

type Init = { body?: BodyInit; headers?: Record<string, string> };
const request = ({ body, headers }: Init) =>
  new Request('http://office/api', { method: 'POST', body, headers, duplex: 'half' } as RequestInit);
const read = (init: Init) => readText(request(init), limit);
const gzip = { 'content-encoding': 'gzip' };

/** A body without a length, piece by piece; counts the pieces that were asked for. */
function trickle(piece: Uint8Array, pieces: number) {
  let asked = 0;
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (asked++ < pieces) controller.enqueue(piece);
      else controller.close();
    }
  });
  return { body, asked: () => asked };
}

describe('a body', () => {
  test.each([
    ['as it is', { body: '长天路\r\n\t社区' }, '长天路\r\n\t社区'],
    ['none at all', {}, ''],
    ['gzipped', { body: gzipSync('长天路'), headers: gzip }, '长天路'],
    ['of just the limit', { body: 'x'.repeat(1000) }, 'x'.repeat(1000)],
    ['inflated to just the limit', { body: gzipSync('x'.repeat(5000)), headers: gzip }, 'x'.repeat(5000)]
  ])('is read: %s', async (_, init, text) => expect(await read(init)).toEqual({ text }));

  test.each([
    ['a byte over the limit', { body: 'x'.repeat(1001) }, tooLarge],
    [
      'a length over the limit, whatever follows',
      { body: 'x', headers: { 'content-length': '50000000' } },
      tooLarge
    ],
    ['gzipped over the limit when inflated', { body: gzipSync('x'.repeat(5001)), headers: gzip }, tooLarge],
    ['a gzip bomb of 50 MB in 50 kB', { body: gzipSync(Buffer.alloc(50_000_000)), headers: gzip }, tooLarge],
    ['gzip that is none', { body: 'not gzip', headers: gzip }, malformed('content-encoding')],
    [
      'gzip cut in the middle',
      { body: gzipSync('x'.repeat(900)).subarray(0, 15), headers: gzip },
      malformed('content-encoding')
    ]
  ])('is refused: %s', async (_, init, refusal) => expect(await read(init)).toEqual(refusal));

  it('within the limit, but a bomb, is never inflated further than allowed', async () => {
    const bomb = gzipSync(Buffer.alloc(900_000), { level: 9 });
    expect(bomb.length).toBeLessThan(limit.bytes);
    const before = process.memoryUsage().arrayBuffers;
    expect(await read({ body: bomb, headers: gzip })).toEqual(tooLarge);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(500_000);
  });

  it('over the limit is read to its end, so that its sender learns why', async () => {
    const { body, asked } = trickle(new Uint8Array(100_000), 150);
    expect(await read({ body })).toEqual(tooLarge);
    expect(asked()).toBe(151);
    const declared = trickle(new Uint8Array(100_000), 150);
    expect(await read({ body: declared.body, headers: { 'content-length': '15000000' } })).toEqual(tooLarge);
    expect(declared.asked()).toBe(151);
  });

  it('over the limit that breaks off is over the limit; one within it that breaks off is no text', async () => {
    const broken = (bytes: number) => {
      let asked = 0;
      return new ReadableStream<Uint8Array>({
        pull(controller) {
          if (asked++) controller.error(new Error('gone'));
          else controller.enqueue(new Uint8Array(bytes));
        }
      });
    };
    expect(await read({ body: broken(2000) })).toEqual(tooLarge);
    await expect(read({ body: broken(500) })).rejects.toThrow('gone');
  });

  it('without an end is not read for ever', async () => {
    const { body, asked } = trickle(new Uint8Array(1_000_000), Infinity);
    expect(await read({ body })).toEqual(tooLarge);
    expect(asked()).toBeLessThan(30);
  });

  it('that lies about its length is measured all the same', async () => {
    const { body } = trickle(new Uint8Array(100), 20);
    expect(await read({ body, headers: { 'content-length': '5' } })).toEqual(tooLarge);
    expect(await read({ body: 'x', headers: { 'content-length': 'many' } })).toEqual({ text: 'x' });
  });
});

describe('a JSON body', () => {
  const schema = z.object({ place: z.object({ floor: z.int() }) });
  test.each([
    ['{"place":{"floor":3},"more":1}', { value: { place: { floor: 3 } } }],
    ['{"place":{"floor":"3"}}', malformed('place.floor')],
    ['{"place":', malformed()],
    ['', malformed()],
    ['null', malformed('')],
    ['{"__proto__":{"place":{"floor":3}}}', malformed('place')]
  ])('%s', async (body, expected) => expect(await readJson(request({ body }), schema)).toEqual(expected));

  it('is small', async () => {
    expect(await readJson(request({ body: `"${'x'.repeat(64 * 1024)}"` }), z.string())).toMatchObject({
      refusal: { code: 'too-large' }
    });
  });
});

describe('a reply', () => {
  const asking = (encoding?: string) =>
    new Request('http://office/api', { headers: encoding ? { 'accept-encoding': encoding } : {} });
  const value = { text: '长'.repeat(2000) };

  test.each([
    ['br', 'gzip, deflate, br, zstd', brotliDecompressSync, value],
    ['gzip', 'gzip, deflate', gunzipSync, value],
    ['gzip', 'gzip, deflate', gunzipSync, { text: '长' }]
  ])('is compressed with %s where %s are understood', async (encoding, accepted, inflate, said) => {
    const reply = await jsonReply(asking(accepted), said);
    expect(reply.headers.get('content-encoding')).toBe(encoding);
    expect(reply.headers.get('vary')).toBe('accept-encoding');
    const bytes = new Uint8Array(await reply.arrayBuffer());
    expect(bytes.length).toBeLessThan(500);
    expect(JSON.parse(inflate(bytes).toString())).toEqual(said);
  });

  it('is plain where no compression is understood', async () => {
    const reply = await jsonReply(asking(), value);
    expect(reply.headers.get('content-encoding')).toBeNull();
    expect(await reply.json()).toEqual(value);
  });

  it('is kept by no cache', async () => {
    expect((await jsonReply(asking(), value)).headers.get('cache-control')).toBe('private, no-store');
  });
});
