// Login of officers by OpenID Connect. What the rest of the house may use.
export { createOfficerLogin } from './login.ts';
export type { OfficerLogin, OfficerLoginSecrets } from './login.ts';
export type { OfficerIdentity } from './identity.ts';
export { OfficerLoginRefused } from './refusal.ts';
export { officerLoginConfigSchema } from './config.ts';
export type { OfficerLoginConfig } from './config.ts';
