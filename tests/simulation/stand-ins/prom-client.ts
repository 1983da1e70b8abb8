// In place of prom-client: nobody measures a simulated server.
export function collectDefaultMetrics(): void {}

export class Counter {
  inc(): void {}
}

export class Histogram {
  observe(): void {}
}

export const register = { metrics: () => Promise.resolve('') };
