// What the town must know about NIA and NIA about the town. Read from configuration by the caller, checked here once.
import { z } from 'zod';
import { NIA_ENTITY_ID } from './names.ts';

const pem = (label: string): z.ZodString => z.string().includes(`-----BEGIN ${label}`);

const LOOPBACK: readonly string[] = ['localhost', '127.0.0.1', '[::1]'];
const isSafeAddress = (address: string): boolean => {
  const url = URL.parse(address);
  return url?.protocol === 'https:' || (url?.protocol === 'http:' && LOOPBACK.includes(url.hostname));
};

export const niaConfigSchema = z.object({
  /** Our Issuer: "Unikátní URL adresa zabezpečené části webu" of the registration. */
  entityId: z.url(),
  /** Where NIA posts its response. */
  acsUrl: z.url(),
  /** Where NIA sends the browser after logout. */
  logoutUrl: z.url(),
  /** Where NIA sends a logout that it began; absent = such logouts are not taken. */
  sloUrl: z.url().optional(),
  /** `https://tnia.identita.gov.cz/FPSTS/saml2/basic` in the test environment. Both login and logout. */
  ssoUrl: z.url(),
  idpEntityId: z.string().min(1).default(NIA_ENTITY_ID),
  /** Signing certificates from NIA's metadata. Several, because NIA changes its certificate about once a year. */
  idpCertificatesPem: z.array(pem('CERTIFICATE')).min(1),
  /** Where NIA publishes its signed metadata; absent = only the certificates above hold. */
  metadataUrl: z.url().refine(isSafeAddress, 'adresa metadat musí začínat https://').optional().meta({
    title: 'Adresa metadat NIA',
    description: 'https://nia.identita.gov.cz/FPSTS/FederationMetadata/2007-06/FederationMetadata.xml; bez ní platí jen certifikáty výše.',
  }),
  /** Who signs the metadata. Absent = the certificates above, for NIA signs both with one key. */
  metadataCertificatesPem: z
    .array(pem('CERTIFICATE'))
    .min(1)
    .optional()
    .meta({ title: 'Certifikáty, kterými NIA podepisuje metadata', description: 'Prázdné = certifikáty poskytovatele.' }),
  /** Only the keys of the metadata hold as long as they are valid. Default: the certificates above hold beside them. */
  metadataReplaceCertificates: z
    .boolean()
    .default(false)
    .meta({ title: 'Dokud platí metadata, certifikáty poskytovatele odsud nepoužívat' }),
  /** Our key pair from the registration: signs requests, opens assertions. */
  privateKeyPem: z.string().regex(/-----BEGIN (RSA )?PRIVATE KEY-----/),
  certificatePem: pem('CERTIFICATE'),
  /** Prefix under which NIA's own attributes (telephone, RÚIAN codes) are asked for. */
  morisPrefix: z.url().optional(),
  /** Asks whether the person is at least so many years old (isAgeOver of STORK); absent = not asked. */
  ageOver: z.number().int().min(1).max(120).optional(),
  /** Attributes beyond those that every submission needs. Ask for no more than a service has a reason for. */
  moreAttributes: z.array(z.enum(['countryOfBirth', 'age', 'idType', 'idNumber'])).default([]),
  binding: z.enum(['redirect', 'post']).default('redirect'),
});

export type NiaConfig = z.input<typeof niaConfigSchema>;
export type NiaSettings = Readonly<z.output<typeof niaConfigSchema>>;
