// A way of logging in by its name for people.
const KNOWN: readonly string[] = ['nia', 'mojeid', 'bankid', 'isds'];

export const providerName = (t: (key: string) => string, provider: string | null): string =>
  t(`me.provider.${provider !== null && KNOWN.includes(provider) ? provider : 'other'}`);
