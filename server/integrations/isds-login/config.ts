// What the town must know about the authentication service of ISDS ("Autentizační služba") and be registered with there.
import { z } from 'zod';

const pem = (label: string): z.ZodString => z.string().includes(`-----BEGIN ${label}`);

/** Names of attributes in the answer. The first six are known; the rest was not found in the manual and may differ. */
const attributeNames = z.object({
  boxId: z.string().default('dbID'),
  boxType: z.string().default('dbType'),
  ico: z.string().default('ic'),
  firmName: z.string().default('firmName'),
  appToken: z.string().default('appToken'),
  timeLimitedId: z.string().default('timeLimitedId'),
  givenNames: z.string().default('pnGivenNames'),
  lastName: z.string().default('pnLastName'),
  userType: z.string().default('userType'),
  boxState: z.string().default('dbState'),
});

export const isdsLoginConfigSchema = z.object({
  /** Given at the registration in the portal of ISDS. */
  atsId: z.string().regex(/^[\w.-]{1,100}$/),
  /** Address of the portal of ISDS: `https://www.mojedatovaschranka.cz`; the login is below it at `/as/login`. */
  portalUrl: z.url(),
  /** Full address of the back channel: `https://cert.mojedatovaschranka.cz/asws/extIs2Endpoint`. */
  confirmUrl: z.url({ protocol: /^https$/ }),
  /** Commercial server certificate of the registration, and its key: the client certificate of the back channel. */
  certificatePem: pem('CERTIFICATE'),
  privateKeyPem: z.string().regex(/-----BEGIN (RSA |EC )?PRIVATE KEY-----/),
  /** Authority of the back channel's own certificate where it is not one that this machine knows. */
  authorityPem: pem('CERTIFICATE').optional(),
  /** Where the portal of ISDS sends the browser after logout; absent = the person stays logged in there. */
  afterLogoutUrl: z.url().optional(),
  /** Level of assurance that a login through a data box has here. */
  level: z.enum(['low', 'substantial', 'high']).default('low'),
  attributes: attributeNames.prefault({}),
  timeoutMs: z.number().int().min(100).max(60_000).default(10_000),
});

export type IsdsLoginConfig = z.input<typeof isdsLoginConfigSchema>;
export type IsdsLoginSettings = Readonly<z.output<typeof isdsLoginConfigSchema>>;
