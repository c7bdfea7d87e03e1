// How a provider of citizens' identities that speaks OpenID Connect is reached: mojeID or Bank iD. What is not certain about either is a setting.
import { z } from 'zod';

const loa = z.enum(['low', 'substantial', 'high']);

export const oidcLoginConfigSchema = z.object({
  profile: z.enum(['mojeid', 'bankid']),
  /** Exactly as the provider's tokens say it: `https://mojeid.cz/oidc/`, `https://oidc.bankid.cz/`. Another issuer is refused. */
  issuer: z.url(),
  /** Where the metadata lie when not below the issuer: mojeID has `https://mojeid.cz/.well-known/openid-configuration/`. */
  discoveryUrl: z.url().optional(),
  clientId: z.string().min(1),
  clientSecret: z.string().min(16),
  clientAuthentication: z.enum(['client_secret_basic', 'client_secret_post']).default('client_secret_post'),
  /** `<portal>/prihlaseni/<name>/navrat` */
  redirectUri: z.url(),
  /** Where the provider sends the browser after logout; absent = the person stays logged in at the provider. */
  postLogoutRedirectUri: z.url().optional(),
  /** acr of the provider → level of assurance here. An acr that is not here gives nothing. Absent = the profile's own. */
  levels: z.record(z.string(), loa).optional(),
  /** Level of a token that names no acr; absent = such a token is refused. */
  levelWithoutAcr: loa.optional(),
  scopes: z.array(z.string()).optional(),
  /** The only algorithm accepted for identity tokens; absent = the profile's own. */
  idTokenAlgorithm: z.enum(['RS256', 'PS256', 'PS512', 'ES256']).optional(),
  /** Plain http to the issuer; accepted for loopback addresses only (demo). */
  allowInsecure: z.boolean().default(false),
});

export type OidcLoginConfig = z.input<typeof oidcLoginConfigSchema>;
export type OidcLoginSettings = Readonly<z.output<typeof oidcLoginConfigSchema>>;
export type Loa = z.output<typeof loa>;

const ORDER: readonly Loa[] = ['low', 'substantial', 'high'];

export function isLevelEnough(reached: Loa, needed: Loa): boolean {
  return ORDER.indexOf(reached) >= ORDER.indexOf(needed);
}

export function highestOf(levels: Readonly<Record<string, Loa>>): Loa {
  return ORDER.toReversed().find((level) => Object.values(levels).includes(level)) ?? 'low';
}
