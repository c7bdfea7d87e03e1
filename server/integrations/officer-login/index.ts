// Login of officers by OpenID Connect. What the rest of the house may use.
export { createOfficerLogin, OfficerLoginRefused } from './login.ts';
export type { OfficerIdentity, OfficerLogin, OfficerLoginSecrets } from './login.ts';
export { officerLoginConfigSchema } from './config.ts';
export type { OfficerLoginConfig } from './config.ts';
