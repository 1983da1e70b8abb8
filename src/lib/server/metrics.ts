import { Counter, Histogram } from 'prom-client';

/** Counts and times only: no id, no name, no text. */
export const receiptsTotal = new Counter({
  name: 'xunge_receipts_total',
  help: 'Changes receipted, by outcome',
  labelNames: ['status']
});
export const requestSeconds = new Histogram({
  name: 'xunge_request_seconds',
  help: 'Time to answer, by route and status',
  labelNames: ['route', 'status'],
  buckets: [0.005, 0.02, 0.1, 0.5, 2, 10]
});
