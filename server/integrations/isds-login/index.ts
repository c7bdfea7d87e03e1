// Login through a data box. What the rest of the house may use.
export { createIsdsLogin } from './login.ts';
export type { IsdsLogin } from './login.ts';
export { isdsLoginConfigSchema } from './config.ts';
export type { IsdsLoginConfig } from './config.ts';
export { IsdsLoginRefused } from './refusal.ts';
