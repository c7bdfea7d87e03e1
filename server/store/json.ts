// A JSON value as PostgreSQL keeps it.
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
