import { pino } from 'pino';
import { environment } from './environment';

/**
 * To stdout as JSON lines. Never a name, a text, a position, a token or a request body: ids and codes only. What was
 * thrown goes under `fault`.
 */
export const log = pino({ level: environment.logLevel, base: null, serializers: { fault: describeFault } });

/** Where it was thrown. Its message only where the system or SQLite wrote it: others quote what somebody typed, as `JSON.parse` does. */
export function describeFault(fault: unknown) {
  if (!(fault instanceof Error)) return { name: 'unknown' };
  const { name, message, stack = '', code, errno } = fault as NodeJS.ErrnoException;
  const frames = stack.split('\n').filter((line) => line.startsWith('    at '));
  const isOfSystem = errno !== undefined || code === 'ERR_SQLITE_ERROR';
  return { name, code, message: isOfSystem ? message : undefined, stack: frames.join('\n') };
}
