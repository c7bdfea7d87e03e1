// NIA: login of citizens. What the rest of the house may use.
export { createNiaCitizenLogin } from './citizen-login.ts';
export type { NiaCitizenLogin } from './citizen-login.ts';
export { createNiaLogin, newRequestId } from './login.ts';
export type { NiaExpected, NiaLogin, NiaStart } from './login.ts';
export { niaConfigSchema } from './config.ts';
export type { NiaConfig } from './config.ts';
export type { Departure } from './authn-request.ts';
export type { NiaAddress, NiaAddressCodes, NiaIdentity } from './identity.ts';
export type { Loa } from './names.ts';
export { NiaRefused } from './refusal.ts';
export { loadOrCreateKeyPair } from './key-pair.ts';
