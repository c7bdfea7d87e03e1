// The shape of texts: a tree of keys, the same one in every language.
export type Texts = { readonly [key: string]: string | Texts };
/** The same keys in another language; a missing one does not compile. */
export type SameKeys<T> = { readonly [K in keyof T]: T[K] extends string ? string : SameKeys<T[K]> };

/** Texts are loaded by area so that a public page carries only its own. */
export type TextArea = 'identities' | 'login' | 'public' | 'private' | 'legal' | 'account' | 'pay';
export type TextLoader = () => Promise<{ readonly texts: Texts }>;
