// Configuration of the SMS connector: which gateway, its account, and how texts are written.
import { z } from 'zod';

const common = {
  /** Small letters without diacritics, 160 characters in a message instead of 70. */
  transliterate: z.boolean().default(true),
  /** Longer texts are refused: 3 parts are 459 characters, the most that SMSbrána takes. */
  mostParts: z.number().int().min(1).max(10).default(3),
  timeoutMs: z.number().int().positive().default(20_000),
};

export const smsConfigSchema = z.discriminatedUnion('provider', [
  z.object({
    provider: z.literal('gosms'),
    /** `https://app.gosms.cz` */
    baseUrl: z.url(),
    clientId: z.string().min(1),
    clientSecret: z.string().min(1),
    /** Number of the sending channel, from the account's settings. */
    channel: z.number().int().positive(),
    ...common,
  }),
  z.object({
    provider: z.literal('smsbrana'),
    /** `https://api.smsbrana.cz` */
    baseUrl: z.url(),
    login: z.string().min(1),
    password: z.string().min(1),
    /** Name of the salted hash: newer accounts `auth`, older clients send `hash`. */
    hashField: z.enum(['auth', 'hash']).default('auth'),
    senderId: z.string().max(11).optional(),
    ...common,
  }),
]);
export type SmsConfig = z.input<typeof smsConfigSchema>;
export type SmsSettings = z.output<typeof smsConfigSchema>;
export type GosmsSettings = Extract<SmsSettings, { provider: 'gosms' }>;
export type SmsbranaSettings = Extract<SmsSettings, { provider: 'smsbrana' }>;
