import * as z from 'zod/mini';

const uuidV7 = z
  .string()
  .check(
    z.regex(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/, 'not a UUID version 7')
  );

/** When a thing was made, by the clock of its device: a UUID of version 7 begins with it. Milliseconds since the epoch. */
export function madeAtMs(id: string): number {
  return Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16);
}

/** Ids are made on the device that makes the thing (UUID version 7) and are never renumbered. */
export const ChangeId = uuidV7.brand<'ChangeId'>();
export type ChangeId = z.infer<typeof ChangeId>;

/** Names an issue, a need, a case, a patrol, a handover or an opinion. */
export const RecordId = uuidV7.brand<'RecordId'>();
export type RecordId = z.infer<typeof RecordId>;

/** Names a picture or a voice note. */
export const PhotoId = uuidV7.brand<'PhotoId'>();
export type PhotoId = z.infer<typeof PhotoId>;

export const AccountId = uuidV7.brand<'AccountId'>();
export type AccountId = z.infer<typeof AccountId>;

export const DeviceId = uuidV7.brand<'DeviceId'>();
export type DeviceId = z.infer<typeof DeviceId>;

/** A responsible unit: a property firm, a department, a police station. */
export const UnitId = uuidV7.brand<'UnitId'>();
export type UnitId = z.infer<typeof UnitId>;

/** SHA-256 in lower-case hexadecimal. */
export const Sha256 = z
  .string()
  .check(z.regex(/^[0-9a-f]{64}$/))
  .brand<'Sha256'>();
export type Sha256 = z.infer<typeof Sha256>;
