// Configuration of the connector to an electronic records service (eSSL) that speaks the National standard's interface.
import { z } from 'zod';

/** sIdInformacnihoSystemu: at most 10 characters. */
const system = z.string().regex(/^[A-Za-z0-9_-]{1,10}$/);

export const esslConfigSchema = z.object({
  /** Address of the service: `https://essl.mesto.example/ermsAPI`. */
  baseUrl: z.url(),
  user: z.string().min(1),
  password: z.string().min(1),
  /** Code under which the eSSL knows us, and its own. */
  source: system.default('PORTAL'),
  target: system.default('ESSL'),
  /** Who did it, for changes that no officer made by hand (provedlKdo, at most 50 characters). */
  actor: z.string().min(1).max(50).default('portal'),
  timeoutMs: z.number().int().positive().default(20_000),
  pollMs: z.number().int().positive().default(60_000),
});
export type EsslConfig = z.input<typeof esslConfigSchema>;
export type EsslSettings = z.output<typeof esslConfigSchema>;
