// Login of citizens by OpenID Connect (mojeID, Bank iD). What the rest of the house may use.
export { createOidcLogin } from './login.ts';
export type { OidcIdentity, OidcLogin } from './login.ts';
export { oidcLoginConfigSchema } from './config.ts';
export type { OidcLoginConfig } from './config.ts';
export { OidcLoginRefused } from './refusal.ts';
