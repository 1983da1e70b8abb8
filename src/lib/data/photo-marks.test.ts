import { expect, test } from 'vitest';
import type { PhotoId } from '../domain/ids';
import type { Report } from '../domain/report';
import type { QueuedPhoto } from './database';
import { photoMarks } from './photo-marks';

const id = 'photo' as PhotoId;
const report = (storedAt?: string, ...openedAt: string[]) =>
  ({
    photos: [{ id, storedAt }],
    voices: [],
    openedBy: openedAt.map((at) => ({ account: 'officer', at }))
  }) as unknown as Report;
const queued = (state: QueuedPhoto['state']) => ({ id, state }) as QueuedPhoto;

test.each([
  ['on its way', report(), queued('ready'), [false, false, false]],
  [
    'the office tells of bytes that this tablet never saw confirmed',
    report('02'),
    queued('ready'),
    [false, false, false]
  ],
  ['confirmed here, not told yet', report(undefined, '03'), queued('stored'), [true, false, false]],
  ['opened before it came', report('02', '01'), queued('stored'), [true, false, false]],
  ['opened since it came', report('02', '01', '03'), queued('stored'), [true, true, false]],
  ['refused', report(), queued('refused'), [false, false, true]],
  ['of another tablet, still there', report(), undefined, [false, false, false]],
  ['of another tablet, at the office', report('02', '03'), undefined, [true, true, false]]
])('%s', (_, record, row, [arrived, opened, troubled]) => {
  expect(photoMarks(record, id, row)).toEqual({ arrived, opened, troubled });
});
