import { pino } from 'pino';
import { environment } from './environment';

/** To stdout as JSON lines. Never a name, a text, a position, a token or a request body: ids and codes only. */
export const log = pino({ level: environment.logLevel, base: null });
