import * as z from 'zod/mini';
import { CommunityCode } from '../domain/area';

/** Step 13. A hint to pull, nothing more: no ids, no words, only how far a community's sequence has come. */
export const LiveHint = z.object({ community: CommunityCode, sequence: z.int() });
export type LiveHint = z.infer<typeof LiveHint>;
