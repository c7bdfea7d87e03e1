// What the town must know about NIA and NIA about the town. Read from configuration by the caller, checked here once.
import { z } from 'zod';
import { NIA_ENTITY_ID } from './names.ts';

const pem = (label: string): z.ZodString => z.string().includes(`-----BEGIN ${label}`);

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
