// Configuration of the e-podatelna's mailbox: where it is, how it is proved, and what is taken of it.
import { z } from 'zod';
import { readCertificates } from '../../platform/cms/certificate-chain.ts';

/** At least one, and each can be read: found out now, not at the first signed message. */
function isCertificate(pem: string): boolean {
  try {
    return readCertificates([pem]).length > 0;
  } catch {
    return false;
  }
}

export const imapConfigSchema = z
  .object({
    host: z.string().min(1).meta({ title: 'Adresa serveru IMAP' }),
    port: z.number().int().min(1).max(65535).default(993).meta({ title: 'Port', description: '993 = TLS od začátku, 143 = STARTTLS' }),
    /** TLS from the first byte; otherwise STARTTLS is demanded. Without encryption nothing is ever sent. */
    secure: z.boolean().default(true).meta({ title: 'TLS od začátku spojení', description: 'Jinak se vyžaduje STARTTLS.' }),
    /** PEM of the authority that signed the server's certificate, when it is not a public one. */
    caPem: z.string().optional().meta({ title: 'Certifikát vlastní autority (PEM)' }),
    /** Name in the certificate, when it differs from `host`. */
    servername: z.string().optional().meta({ title: 'Jméno v certifikátu' }),
    user: z.string().min(1).meta({ title: 'Uživatel' }),
    password: z.string().min(1).meta({ title: 'Heslo' }),
    folder: z.string().min(1).default('INBOX').meta({ title: 'Složka s došlou poštou' }),
    /** What was taken is moved there; absent = it stays and is flagged `\Seen`. Nothing is ever deleted. */
    doneFolder: z
      .string()
      .min(1)
      .optional()
      .meta({ title: 'Složka pro převzaté', description: 'Bez ní zůstanou v došlé poště označené jako přečtené.' }),
    /** Right side of the Message-IDs that we send: `domain` of the sending connector. */
    domain: z.string().min(1).meta({ title: 'Doména našich Message-ID', description: 'Stejná jako u odesílání e-mailů.' }),
    /** `vraceno@lipova.example`: the envelope sender of what we send; a bounce comes to `vraceno+<key>@…`. */
    bounceAddress: z.email().optional().meta({ title: 'Adresa pro vrácené zprávy' }),
    /** Bytes of a message that is read; of a larger one only the head is kept and the message waits in the mailbox for a person. */
    maxBytes: z.number().int().min(10_000).max(100_000_000).default(30_000_000).meta({ title: 'Největší zpráva v bajtech' }),
    /** PEM, each may hold several: qualified authorities whose certificates make a signature recognised, and others that are believed. */
    trustedAuthorities: z
      .array(z.string().refine(isCertificate, { error: 'Není to certifikát ve formátu PEM.' }))
      .default([])
      .meta({ title: 'Důvěryhodné autority podpisů', description: 'PEM; bez nich se žádný podepsaný e-mail neověří.' }),
    /** § 4 vyhlášky č. 259/2012 Sb.; no where the mail server itself confirms. */
    confirmReceipt: z
      .boolean()
      .default(true)
      .meta({ title: 'Potvrzovat odesílateli doručení', description: 'Vypněte, když to dělá poštovní server sám.' }),
    pollMs: z.number().int().min(1_000).default(30_000).meta({ title: 'Jak často se ptát (ms)' }),
    timeoutMs: z.number().int().positive().default(20_000).meta({ title: 'Nejdelší čekání (ms)' }),
  })
  .strict();
export type ImapConfig = z.input<typeof imapConfigSchema>;
export type ImapSettings = z.output<typeof imapConfigSchema>;
