import * as z from 'zod/mini';
import { Grant } from '../domain/grant';
import { AccountId, DeviceId } from '../domain/ids';

const PasswordSignIn = z.object({
  login: z.string().check(z.minLength(1), z.maxLength(60)),
  password: z.string().check(z.minLength(1), z.maxLength(200)),
  /** The tablet's own id; a browser of the office has none and is given one. */
  device: z.optional(DeviceId)
});

const slip = z.string().check(z.minLength(20), z.maxLength(100));

/** With the one-time token of a printed slip (开通单) instead of a password. */
const SlipSignIn = z.object({ slip, device: DeviceId });

export const SignInRequest = z.union([SlipSignIn, PasswordSignIn]);
export type SignInRequest = z.infer<typeof SignInRequest>;

/** Whose slip it is, before it is used up. */
export const SlipQuestion = z.object({ slip });
export const SlipReply = z.object({ name: z.string() });
export type SlipReply = z.infer<typeof SlipReply>;

/** Who is signed in here, and what the tablet needs to work without asking again. */
export const SessionReply = z.object({
  account: AccountId,
  name: z.string(),
  grants: z.array(Grant),
  /** Communities in which this account takes part in sync. */
  communities: z.array(z.object({ code: z.string(), name: z.string() })),
  /** Distinguishes the numbers of a second tablet of one person: `B`, `C`, …; empty for the first. */
  deviceMark: z.string(),
  serverTime: z.string(),
  /** So many days without the office a PIN opens the store on the tablet. */
  offlineDays: z.optional(z.int().check(z.positive())),
  /** At a sign-in alone: what opens this account's store on this device where its PIN is forgotten, newest first. */
  storeSecrets: z.optional(z.array(z.string()))
});
export type SessionReply = z.infer<typeof SessionReply>;

/** A secret that a tablet made, for the office to keep: 256 bits in hexadecimal. */
export const StoreSecret = z.object({ secret: z.string().check(z.regex(/^[0-9a-f]{64}$/)) });
export const StoreSecretReply = z.object({});
export type StoreSecretReply = z.infer<typeof StoreSecretReply>;
