// Configuration of the data box connector: base address, named accounts, limits.
import { z } from 'zod';

const accountSchema = z.object({
  /** 7 characters. */
  boxId: z.string().regex(/^[a-z0-9]{7}$/),
  user: z.string().min(1),
  password: z.string().min(1),
  /** Read the messages this box receives. Reading through the service delivers them (§ 17 odst. 3 zákona č. 300/2008 Sb.). */
  receives: z.boolean().default(false),
  /** Sent as a public authority (dmOVM). */
  publicAuthority: z.boolean().default(false),
});

export const isdsConfigSchema = z.object({
  /** Address up to and without `/DS`, e.g. `https://ws1.datovka-test.gov.cz`. */
  baseUrl: z.url(),
  /** Name -> account; `isds.send` says by name which box it sends from. */
  accounts: z.record(z.string(), accountSchema),
  timeoutMs: z.number().int().positive().default(20_000),
  /** Milliseconds between polls. */
  pollMs: z.number().int().positive().default(60_000),
  /** Lists are asked again from this many minutes before the last thing seen: changes come minutes late. */
  overlapMinutes: z.number().int().positive().default(60),
  /** How many days back a message sent under a key is looked for. */
  findDays: z.number().int().positive().default(31),
  /** Most messages downloaded in one poll. */
  messagesPerPoll: z.number().int().positive().default(20),
  /** PEM: authorities of the operator's seal, or the seal itself. Without them no signed message (.zfo) is believed. */
  trustedCertificates: z.array(z.string().includes('BEGIN CERTIFICATE')).default([]),
  /** What the subject of the seal's certificate contains; an authority seals for others too. */
  sealSubject: z.string().min(1).default('Informační systém datových schránek'),
  userAgent: z.string().default('Vyrizeno/0.1'),
});

/** As written by the operator; defaults are filled in. */
export type IsdsConfig = z.input<typeof isdsConfigSchema>;
export type IsdsSettings = z.output<typeof isdsConfigSchema>;
export type IsdsAccount = IsdsSettings['accounts'][string];
