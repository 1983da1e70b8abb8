// Who and where, known to both halves of the adapter: the page must open its store before it has a network.
import type { Author } from '../../src/lib/data/author';
import type { AccountId, DeviceId } from '../../src/lib/domain/ids';

export const community = '320102001001';
export const account = '01970000-0000-7000-8000-000000000001' as AccountId;
export const name = '李平';

/** The worker's two tablets, by the harness's names for them. */
export const tablets: Record<string, Pick<Author, 'device' | 'deviceMark'>> = {
  a: { device: '01970000-0000-7000-8000-00000000000a' as DeviceId, deviceMark: '' },
  b: { device: '01970000-0000-7000-8000-00000000000b' as DeviceId, deviceMark: 'B' }
};

/** Nobody's: the harness warms the code up on a store of its own. */
export const scratchAccount = '01970000-0000-7000-8000-00000000000c' as AccountId;
