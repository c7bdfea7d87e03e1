// Directory of officers (LDAP, Active Directory). What the rest of the house may use.
export { createDirectory } from './directory.ts';
export type { DirectoryConnector } from './directory.ts';
export { directoryConfigSchema } from './config.ts';
export type { DirectoryConfig } from './config.ts';
