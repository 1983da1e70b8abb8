import * as z from 'zod/mini';
import { Day } from './instant';

/** A day on which a community works or rests, whatever the State Council's lists say of it. */
export const CalendarDay = z.object({ day: Day, isWorked: z.boolean() });
export type CalendarDay = z.infer<typeof CalendarDay>;
