import type { PhotoId } from '../domain/ids';
import type { Report } from '../domain/report';
import type { QueuedPhoto } from './database';

/** How far a picture has come: on this tablet (always), at the office, its record opened since it came there. */
export interface PhotoMarks {
  arrived: boolean;
  opened: boolean;
  /** The office said no to it. */
  troubled: boolean;
}

/** Pure. `queued` is the tablet's own row of it; where there is one, it alone knows whether the bytes have arrived. */
export function photoMarks(report: Report, id: PhotoId, queued: QueuedPhoto | undefined): PhotoMarks {
  const storedAt = [...report.photos, ...report.voices].find((medium) => medium.id === id)?.storedAt;
  const arrived = queued ? queued.state === 'stored' : storedAt !== undefined;
  return {
    arrived,
    opened: arrived && storedAt !== undefined && report.openedBy.some(({ at }) => at >= storedAt),
    troubled: queued?.state === 'refused'
  };
}
