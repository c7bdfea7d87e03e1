// How the town's identity provider is reached and how its words map to ours. Fits Entra ID, AD FS, CAAIS, Keycloak and the like.
import { z } from 'zod';

const claimNames = z.object({
  /** Key of the officer that never changes: `sub`; with Entra ID `oid`. */
  subject: z.string().default('sub'),
  name: z.string().default('name'),
  email: z.string().default('email'),
  /** List of groups or roles; Entra ID: `roles` when there may be more than 200 groups. */
  groups: z.string().default('groups'),
});

export const officerLoginConfigSchema = z.object({
  issuer: z.url(),
  clientId: z.string().min(1),
  clientSecret: z.string().min(16),
  redirectUri: z.url(),
  /** Where the provider sends the browser after logout. */
  postLogoutRedirectUri: z.url(),
  scopes: z.array(z.string()).default(['openid', 'profile', 'email', 'groups']),
  claims: claimNames.prefault({}),
  /** Provider's group (name, DN or GUID) → our group. A group that is not here gives nothing. */
  groupMap: z.record(z.string(), z.string()),
  /** Plain http to the issuer; accepted for loopback addresses only (demo). */
  allowInsecure: z.boolean().default(false),
});

export type OfficerLoginConfig = z.input<typeof officerLoginConfigSchema>;
export type OfficerLoginSettings = Readonly<z.output<typeof officerLoginConfigSchema>>;
