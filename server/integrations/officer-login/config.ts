// How the town's identity provider is reached and how its words map to ours. Fits Entra ID, AD FS, CAAIS, Keycloak and the like.
import { z } from 'zod';
import { groupMapSchema } from '../group-map.ts';

const name = z.string().min(1);
const names = z.union([name, z.array(name).min(1)]).transform((given) => [given].flat());

const claimsSchema = z.object({
  /** What together never changes: `sub`; Entra ID: `tid` and `oid`. */
  subject: names.optional(),
  /** The first one that came. */
  name: names.optional(),
  email: names.optional(),
  /** All of them together: lists of groups or roles, or one as a text. */
  groups: names.optional(),
  /** Where the town has a directory too: claim with its key of the person (objectGUID as GUID or base64). The directory then says the groups. */
  directoryKey: name.optional(),
});

const secondFactorSchema = z.object({
  /** At least one of these in the claim `amr` (RFC 8176): `mfa`, `hwk`, `otp` … */
  amr: z.array(name).default([]),
  /** Or one of these as the claim `acr`. */
  acr: z.array(name).default([]),
  /** Sent as `acr_values`, so that the provider asks for it. */
  ask: name.optional(),
});

export const officerLoginConfigSchema = z
  .object({
    issuer: z
      .url()
      .meta({ title: 'Adresa poskytovatele', description: 'https://login.microsoftonline.com/{tenant}/v2.0, https://adfs.obec.cz/adfs' }),
    /** Which claims come when nothing else is said. */
    shape: z.enum(['openid', 'entra', 'adfs']).default('openid').meta({ title: 'Druh poskytovatele' }),
    clientId: z.string().min(1).meta({ title: 'ID aplikace u poskytovatele' }),
    clientSecret: z.string().min(16).optional().meta({ title: 'Heslo aplikace' }),
    /** Instead of the secret (private_key_jwt): RSA key, and how the provider knows it; Entra ID knows it by the certificate. */
    clientKey: z
      .object({
        privateKeyPem: z.string().includes('PRIVATE KEY'),
        keyId: name,
        certificatePem: z.string().includes('CERTIFICATE').optional(),
      })
      .optional(),
    redirectUri: z.url().meta({ title: 'Návratová adresa po přihlášení' }),
    /** Where the provider sends the browser after logout. */
    postLogoutRedirectUri: z.url().meta({ title: 'Návratová adresa po odhlášení' }),
    scopes: z.array(z.string()).optional(),
    claims: claimsSchema.prefault({}),
    /** Provider's group (name, DN, GUID, role) → ours. A group that is not here gives nothing. */
    groupMap: groupMapSchema.meta({ title: 'Skupiny poskytovatele a naše' }),
    /** Demanded of every login; without it the provider's own rules hold. */
    secondFactor: secondFactorSchema.optional(),
    /** Entra ID with more than 200 groups of a person: `https://graph.microsoft.com/v1.0` is asked for them. */
    graphUrl: z.url().optional().meta({ title: 'Adresa Microsoft Graph' }),
    /** Ask every few minutes whether who logged in still works here (refresh tokens). Entra ID and AD FS: scope `offline_access` is added. */
    recheck: z.boolean().default(false).meta({ title: 'Ověřovat i během práce, že úředník v úřadu ještě je' }),
    /** Plain http to the issuer; accepted for loopback addresses only (demo). */
    allowInsecure: z.boolean().default(false),
  })
  .refine(({ clientSecret, clientKey }) => (clientSecret === undefined) !== (clientKey === undefined), {
    path: ['clientSecret'],
    message: 'vyplňte heslo aplikace, nebo klíč aplikace, právě jedno z nich',
  })
  .refine(({ shape, issuer }) => shape !== 'entra' || !/\/(common|organizations|consumers)\//.test(issuer), {
    path: ['issuer'],
    message: 'adresa Entra ID musí obsahovat ID vašeho tenantu, jinak by se přihlásil kdokoli odjinud',
  });

export type OfficerLoginConfig = z.input<typeof officerLoginConfigSchema>;

const SHAPES = {
  openid: {
    claims: { subject: ['sub'], name: ['name'], email: ['email'], groups: ['groups'] },
    scopes: ['openid', 'profile', 'email', 'groups'],
  },
  entra: {
    claims: { subject: ['tid', 'oid'], name: ['name'], email: ['email', 'preferred_username'], groups: ['groups', 'roles'] },
    scopes: ['openid', 'profile', 'email'],
  },
  adfs: {
    claims: { subject: ['sub'], name: ['name', 'unique_name', 'upn'], email: ['email', 'upn'], groups: ['group', 'role', 'groups'] },
    scopes: ['openid', 'profile', 'email', 'allatclaims'],
  },
} as const;

export interface ClaimNames {
  readonly subject: readonly string[];
  readonly name: readonly string[];
  readonly email: readonly string[];
  readonly groups: readonly string[];
  readonly directoryKey?: string | undefined;
}

export type OfficerLoginSettings = Readonly<Omit<z.output<typeof officerLoginConfigSchema>, 'claims' | 'scopes'>> & {
  readonly claims: ClaimNames;
  readonly scopes: readonly string[];
};

/** Throws what zod throws. */
export function readOfficerLoginConfig(config: OfficerLoginConfig): OfficerLoginSettings {
  const { claims, scopes, ...rest } = officerLoginConfigSchema.parse(config);
  const shape = SHAPES[rest.shape];
  const {
    subject = shape.claims.subject,
    name: called = shape.claims.name,
    email = shape.claims.email,
    groups = shape.claims.groups,
  } = claims;
  return {
    ...rest,
    claims: { subject, name: called, email, groups, directoryKey: claims.directoryKey },
    scopes: [...(scopes ?? shape.scopes), ...(rest.recheck ? ['offline_access'] : [])],
  };
}
