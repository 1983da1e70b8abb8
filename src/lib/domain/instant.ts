import * as z from 'zod/mini';

/** A UTC instant as `2026-11-20T08:30:00.000Z`: sorts as text, in the store and on the wire. */
export const Instant = z.string().check(
  z.regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/, 'not a UTC instant'),
  z.refine((text) => isOnCalendar(text, text), 'not a UTC instant')
);
export type Instant = z.infer<typeof Instant>;

/** A calendar day in the community's own time zone, `2026-11-20`. */
export const Day = z.string().check(
  z.regex(/^\d{4}-\d{2}-\d{2}$/, 'not a day'),
  z.refine((text) => isOnCalendar(text, `${text}T00:00:00.000Z`), 'not a day')
);
export type Day = z.infer<typeof Day>;

/** Engines differ on the 31st of February, and formatting a date that is none throws wherever it is shown. */
function isOnCalendar(text: string, instant: string): boolean {
  const ms = Date.parse(instant);
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(text);
}

/** The one time zone of mainland China. Days and deadlines are counted in it, wherever the tablet thinks it is. */
const shanghaiOffsetMs = 8 * 3_600_000;

export function instantToDay(at: Instant): Day {
  return new Date(Date.parse(at) + shanghaiOffsetMs).toISOString().slice(0, 10);
}

/** As a form's date and time field shows it, `2026-11-20T16:30`: the community's clock, whatever the tablet's zone. */
export function instantToLocalInput(at: Instant): string {
  return new Date(Date.parse(at) + shanghaiOffsetMs).toISOString().slice(0, 16);
}

export function localInputToInstant(value: string): Instant {
  return new Date(Date.parse(`${value}Z`) - shanghaiOffsetMs).toISOString();
}

export function msToInstant(ms: number): Instant {
  return new Date(ms).toISOString();
}
