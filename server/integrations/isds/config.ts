// Configuration of the data box connector: where ISDS is, how each account comes to it, limits.
import { z } from 'zod';

/** How an account proves who it is; each way has its own host and path (operating rules of ISDS, chapter on access). */
export const accessModes = ['password', 'certificate', 'certificate-password', 'hosted'] as const;
export type AccessMode = (typeof accessModes)[number];

const pem = (kind: string): z.ZodString => z.string().includes(`-----BEGIN ${kind}`);

const accountSchema = z
  .object({
    /** 7 characters. */
    boxId: z
      .string()
      .regex(/^[a-z0-9]{7}$/)
      .meta({ title: 'ID schránky', description: 'sedm znaků' }),
    access: z.enum(accessModes).default('password').meta({ title: 'Způsob přístupu' }),
    /** Only where the way asks for it; a hosted box logs in by its own id and an empty password. */
    user: z.string().default('').meta({ title: 'Přihlašovací jméno' }),
    password: z.string().default('').meta({ title: 'Heslo' }),
    /** System certificate, registered in the administration of the box. */
    certificatePem: pem('CERTIFICATE').optional().meta({ title: 'Systémový certifikát (PEM)' }),
    privateKeyPem: z.string().includes('PRIVATE KEY-----').optional().meta({ title: 'Soukromý klíč certifikátu (PEM)' }),
    /** Read the messages this box receives. Reading through the service delivers them (§ 17 odst. 3 zákona č. 300/2008 Sb.). */
    receives: z.boolean().default(false).meta({ title: 'Číst přijaté zprávy', description: 'Čtením se zprávy doručují.' }),
    /** Sent as a public authority (dmOVM). */
    publicAuthority: z.boolean().default(false).meta({ title: 'Odesílá jako orgán veřejné moci' }),
  })
  .refine(({ access, user }) => !access.includes('password') || user !== '', { path: ['user'], error: 'Chybí přihlašovací jméno.' })
  .refine(({ access, certificatePem, privateKeyPem }) => access === 'password' || (certificatePem && privateKeyPem), {
    path: ['certificatePem'],
    error: 'Tento způsob přístupu potřebuje certifikát a jeho klíč.',
  });

const megabytes = (count: number): number => count * 1024 * 1024;

export const isdsConfigSchema = z
  .object({
    /** One host for everything, up to and without `/DS`: a simulator, a proxy. */
    baseUrl: z.url().optional().meta({ title: 'Adresa na jednom místě', description: 'https://ws1.datovka-test.gov.cz' }),
    /** Environment: its hosts follow from the way of access. */
    domain: z
      .string()
      .regex(/^[a-z0-9.-]+$/)
      .optional()
      .meta({ title: 'Doména prostředí', description: 'datovka.gov.cz, k vyzkoušení datovka-test.gov.cz' }),
    /** Whole addresses of single services, where they differ. */
    serviceUrls: z
      .object({ dz: z.url(), dx: z.url(), df: z.url(), DsManage: z.url(), vodz: z.url() })
      .partial()
      .default({})
      .meta({ title: 'Odlišné adresy služeb' }),
    /** PEM: authorities of the servers, where the system does not know them. */
    serverCertificates: z.array(pem('CERTIFICATE')).default([]),
    /** Name -> account; `isds.send` says by name which box it sends from. */
    accounts: z.record(z.string(), accountSchema),
    timeoutMs: z.number().int().positive().default(20_000),
    /** For messages over the limit of ordinary ones: all uploads and the sending together. */
    bigTimeoutMs: z.number().int().positive().default(300_000),
    /** Attachments in bytes up to which a message goes the ordinary way, and the most that goes as a large one (GetConstants). */
    ordinaryBytes: z.number().int().positive().default(megabytes(20)),
    largestBytes: z.number().int().positive().default(megabytes(100)),
    /** Attachments of large messages travel as bytes beside the XML (MTOM), not as base64 in it. */
    mtom: z.boolean().default(true),
    /** Milliseconds between polls. */
    pollMs: z.number().int().positive().default(60_000),
    /** Lists are asked again from this many minutes before the last thing seen: changes come minutes late. */
    overlapMinutes: z.number().int().positive().default(60),
    /** How many days back a message sent under a key is looked for. */
    findDays: z.number().int().positive().default(31),
    /** Most messages downloaded in one poll. */
    messagesPerPoll: z.number().int().positive().default(20),
    /** PEM: authorities of the operator's seal, or the seal itself. Without them no signed message (.zfo) is believed. */
    trustedCertificates: z.array(pem('CERTIFICATE')).default([]),
    /** What the subject of the seal's certificate contains; an authority seals for others too. */
    sealSubject: z.string().min(1).default('Informační systém datových schránek'),
    userAgent: z.string().default('Vyrizeno/0.1'),
  })
  .refine(({ baseUrl, domain }) => baseUrl !== undefined || domain !== undefined, { path: ['domain'], error: 'Chybí doména prostředí.' });

/** As written by the operator; defaults are filled in. */
export type IsdsConfig = z.input<typeof isdsConfigSchema>;
export type IsdsSettings = z.output<typeof isdsConfigSchema>;
export type IsdsAccount = IsdsSettings['accounts'][string];
