import type { Transaction } from 'kysely';
import { v7 as uuidV7 } from 'uuid';
import type { AreaCode } from '../../domain/area';
import type { AccountId } from '../../domain/ids';
import type { Instant } from '../../domain/instant';
import type { Database } from '../database/schema';

export interface Administered {
  author: AccountId;
  at: Instant;
  area: AreaCode;
  /** A past-tense fact, such as `grant-given`. */
  act: string;
  /** Whom or what it is about: an account, a list with a code. */
  subject: string;
  before?: unknown;
  after?: unknown;
}

/** Inside the transaction that does it: no list changes without a line of who, when and what. Nothing takes a line away. */
export async function noteAdministered(
  transaction: Transaction<Database>,
  { at, author, area, act, subject, before, after }: Administered
): Promise<void> {
  const text = (value: unknown) => (value === undefined ? null : JSON.stringify(value));
  await transaction
    .insertInto('administration')
    .values({ id: uuidV7(), at, author, area, act, subject, before: text(before), after: text(after) })
    .execute();
}
