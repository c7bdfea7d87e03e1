// How the directory of the office is reached and read: Active Directory, Samba or OpenLDAP.
import { z } from 'zod';
import { groupMapSchema } from '../group-map.ts';

const attributesSchema = z.object({
  /** Key that never changes: objectGUID (binary) or entryUUID. */
  key: z.string().min(1),
  login: z.string().min(1),
  name: z.string().min(1),
  email: z.string().min(1),
});
export type DirectoryAttributes = Readonly<z.output<typeof attributesSchema>>;

const dn = z.string().min(3);

export const directoryConfigSchema = z
  .object({
    /** `ldaps://host[:636]`, or `ldap://host[:389]` with `startTls`. */
    url: z
      .string()
      .regex(/^ldaps?:\/\/[^/\s]+\/?$/, 'adresa má být ldaps://server nebo ldap://server')
      .meta({ title: 'Adresa adresáře', description: 'ldaps://dc1.obec.cz, nebo ldap://dc1.obec.cz se zapnutým StartTLS' }),
    startTls: z.boolean().default(false).meta({ title: 'Šifrovat spojení příkazem StartTLS' }),
    /** PEM of the authority that issued the server's certificate; without it those known to the system. */
    caPem: z
      .string()
      .includes('-----BEGIN CERTIFICATE-----')
      .optional()
      .meta({ title: 'Certifikát autority (PEM)', description: 'Autorita, která vydala certifikát adresáře' }),
    /** Neither LDAPS nor StartTLS; accepted for this machine only. */
    allowInsecure: z.boolean().default(false),
    kind: z.enum(['active-directory', 'openldap']).meta({ title: 'Druh adresáře' }),
    /** Service account that may read people and groups. */
    bindDn: z.string().min(1).meta({ title: 'Služební účet (DN)', description: 'Účet, který smí číst osoby a skupiny' }),
    bindPassword: z.string().min(1).meta({ title: 'Heslo služebního účtu' }),
    baseDn: dn.meta({ title: 'Základní DN', description: 'DC=obec,DC=cz' }),
    /** Default `baseDn`. */
    peopleDn: dn.optional().meta({ title: 'Místo osob (DN)' }),
    groupsDn: dn.optional().meta({ title: 'Místo skupin (DN)' }),
    /** Who is a person; added to what the program asks. */
    peopleFilter: z.string().startsWith('(').endsWith(')').optional(),
    groupFilter: z.string().startsWith('(').endsWith(')').optional(),
    attributes: attributesSchema.partial().prefault({}),
    /** `rule` = the server knows 1.2.840.113556.1.4.1941 (Active Directory, Samba); `walk` = from group to group. */
    nestedGroups: z.enum(['rule', 'walk']).optional(),
    /** DN, GUID or name of a group → ours. */
    groupMap: groupMapSchema.meta({
      title: 'Skupiny adresáře a naše',
      description: 'DN, GUID nebo název skupiny → evidence, vedouci, spravci …',
    }),
    /** Milliseconds for one login or one reading of everything. */
    timeoutMs: z.number().int().min(100).max(120_000).default(10_000),
    /** More leavers at once than this share are not believed (0 to 1); two always are. */
    maxLeaversShare: z
      .number()
      .min(0)
      .max(1)
      .default(0.25)
      .meta({ title: 'Nejvyšší podíl odchodů najednou', description: '0,25 = čtvrtina; víc odchodů najednou musí potvrdit správce' }),
  })
  .refine(({ url, startTls, allowInsecure }) => url.startsWith('ldaps:') || startTls || (allowInsecure && isLoopback(url)), {
    path: ['url'],
    message: 'spojení s adresářem musí být šifrované: ldaps://, nebo ldap:// a "startTls": true',
  })
  .refine(({ url, startTls }) => !(url.startsWith('ldaps:') && startTls), {
    path: ['startTls'],
    message: 'ldaps:// už šifruje, startTls vynechte',
  });

export type DirectoryConfig = z.input<typeof directoryConfigSchema>;

export type DirectorySettings = Readonly<Omit<z.output<typeof directoryConfigSchema>, 'attributes'>> & {
  readonly attributes: DirectoryAttributes;
  readonly nestedGroups: 'rule' | 'walk';
  readonly peopleDn: string;
  readonly groupsDn: string;
  readonly peopleFilter: string;
  readonly groupFilter: string;
};

const PRESETS = {
  'active-directory': {
    attributes: { key: 'objectGUID', login: 'sAMAccountName', name: 'displayName', email: 'mail' },
    nestedGroups: 'rule',
    peopleFilter: '(&(objectClass=user)(!(objectClass=computer)))',
    groupFilter: '(objectClass=group)',
  },
  openldap: {
    attributes: { key: 'entryUUID', login: 'uid', name: 'cn', email: 'mail' },
    nestedGroups: 'walk',
    peopleFilter: '(objectClass=inetOrgPerson)',
    groupFilter: '(|(objectClass=groupOfNames)(objectClass=groupOfUniqueNames))',
  },
} as const;

/** Throws what zod throws. */
export function readDirectoryConfig(config: DirectoryConfig): DirectorySettings {
  const parsed = directoryConfigSchema.parse(config);
  const preset = PRESETS[parsed.kind];
  return {
    ...parsed,
    attributes: { ...preset.attributes, ...withoutAbsent(parsed.attributes) },
    nestedGroups: parsed.nestedGroups ?? preset.nestedGroups,
    peopleDn: parsed.peopleDn ?? parsed.baseDn,
    groupsDn: parsed.groupsDn ?? parsed.baseDn,
    peopleFilter: parsed.peopleFilter ?? preset.peopleFilter,
    groupFilter: parsed.groupFilter ?? preset.groupFilter,
  };
}

const withoutAbsent = (given: Readonly<Partial<Record<keyof DirectoryAttributes, string | undefined>>>): Partial<DirectoryAttributes> =>
  Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));

function isLoopback(url: string): boolean {
  return ['localhost', '127.0.0.1', '[::1]'].includes(URL.parse(url)?.hostname ?? '');
}
