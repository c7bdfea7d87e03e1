// Configuration of the connector to an electronic records service (eSSL) that speaks the National standard's interface.
import { z } from 'zod';

/** sIdInformacnihoSystemu: at most 10 characters. */
const system = z.string().regex(/^[A-Za-z0-9_-]{1,10}$/);

export const esslConfigSchema = z.object({
  /** Address of the service: `https://essl.mesto.example/ermsAPI`. */
  baseUrl: z.url().meta({ title: 'Adresa spisové služby', description: 'https://essl.mesto.cz/ermsAPI' }),
  user: z.string().min(1).meta({ title: 'Přihlašovací jméno' }),
  password: z.string().min(1).meta({ title: 'Heslo' }),
  /** Code under which the eSSL knows us, and its own. */
  source: system.default('PORTAL'),
  target: system.default('ESSL'),
  /** Who did it, for changes that no officer made by hand (provedlKdo, at most 50 characters). */
  actor: z.string().min(1).max(50).default('portal'),
  timeoutMs: z.number().int().positive().default(20_000),
  /** How the eSSL calls us (`ermsAsyn` and requests for documents at /api/hooks/essl); absent = it does not, its batches are polled. */
  incoming: z
    .object({
      user: z.string().min(1).optional().meta({ title: 'Jméno, pod kterým volá spisová služba nás' }),
      password: z.string().min(8).optional().meta({ title: 'Heslo, pod kterým volá spisová služba nás' }),
      /** Mutual TLS ends at the proxy before us: it puts the SHA-256 of the client's certificate (hex) into this header, and nobody else can. */
      certificate: z
        .object({ header: z.string().regex(/^[A-Za-z0-9-]+$/), sha256: z.array(z.string().regex(/^[0-9a-f]{64}$/)).min(1) })
        .optional(),
    })
    .refine(({ user, password, certificate }) => (user !== undefined && password !== undefined) || certificate !== undefined, {
      error: 'musí mít jméno s heslem, nebo otisk certifikátu',
    })
    .optional(),
  pollMs: z.number().int().positive().default(60_000),
});
export type EsslConfig = z.input<typeof esslConfigSchema>;
export type EsslSettings = z.output<typeof esslConfigSchema>;
