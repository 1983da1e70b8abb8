import * as z from 'zod/mini';
import { refusalCodes } from '../domain/refusal';

/** A newer server may say no for a reason this build has no words for: its person is told to update. */
export const RefusalCodeOnWire = z.catch(z.enum(refusalCodes), 'upgrade-needed');

/** An error as RFC 9457 `application/problem+json`: a stable code for programs; people's sentences are made on screen. */
export const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: RefusalCodeOnWire,
  details: z.optional(z.record(z.string(), z.union([z.string(), z.number()])))
});
export type Problem = z.infer<typeof Problem>;
