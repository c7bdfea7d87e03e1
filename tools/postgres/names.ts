// Names that the embedded database, the tests and the migrations share.

export const ownerName = 'vyrizeno_owner';

/** Made by migrations/0001-tenants.sql. */
export const applicationRole = 'vyrizeno_app';
