// The provider's metadata: discovered, kept for an hour, and never of another issuer than the configured one.
import * as oidc from 'openid-client';
import type { OidcLoginSettings } from './config.ts';
import { limitedFetch } from './limited-fetch.ts';
import { OidcLoginRefused } from './refusal.ts';

const LOOPBACK: readonly string[] = ['localhost', '127.0.0.1', '[::1]'];
/** Milliseconds. Discovered again after an hour, so that keys and endpoints may move. */
const DISCOVERY_MS = 3_600_000;
const TIMEOUT_SECONDS = 10;

export type Provider = () => Promise<oidc.Configuration>;

export function openProvider(settings: OidcLoginSettings, idTokenAlgorithm: string): Provider {
  let known: { readonly value: Promise<oidc.Configuration>; readonly until: number } | undefined;
  return () => {
    if (known && performance.now() < known.until) return known.value;
    const entry = { value: discover(settings, idTokenAlgorithm), until: performance.now() + DISCOVERY_MS };
    known = entry;
    entry.value.catch(() => {
      if (known === entry) known = undefined; // a failure is not remembered
    });
    return entry.value;
  };
}

async function discover(settings: OidcLoginSettings, idTokenAlgorithm: string): Promise<oidc.Configuration> {
  const address = new URL(settings.discoveryUrl ?? settings.issuer);
  const isInsecure = address.protocol !== 'https:';
  if (!mayBeReached(address, settings))
    throw new OidcLoginRefused('unavailable', 'untrusted', { cause: new Error('issuer must use https') });
  const authentication =
    settings.clientAuthentication === 'client_secret_basic'
      ? oidc.ClientSecretBasic(settings.clientSecret)
      : oidc.ClientSecretPost(settings.clientSecret);
  const found = await oidc
    .discovery(address, settings.clientId, { id_token_signed_response_alg: idTokenAlgorithm }, authentication, {
      // The signature is checked although the token comes straight over TLS.
      execute: [oidc.enableNonRepudiationChecks, ...(isInsecure ? [oidc.allowInsecureRequests] : [])],
      timeout: TIMEOUT_SECONDS,
      [oidc.customFetch]: (url, options) => limitedFetch(url, options as RequestInit),
    })
    .catch((cause: unknown) => {
      throw new OidcLoginRefused('unavailable', 'untrusted', { cause });
    });
  // With an address of its own the library takes any issuer that the metadata name.
  if (found.serverMetadata().issuer !== settings.issuer)
    throw new OidcLoginRefused('issuer', 'untrusted', { cause: new Error('metadata of another issuer') });
  return found;
}

export const mayBeReached = (url: URL, { allowInsecure }: OidcLoginSettings): boolean =>
  url.protocol === 'https:' || (allowInsecure && LOOPBACK.includes(url.hostname));
