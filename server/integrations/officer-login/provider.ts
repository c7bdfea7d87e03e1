// The identity provider as openid-client knows it: discovered, with our credentials, over https, its signatures always verified.
import { createHash, createPrivateKey, X509Certificate } from 'node:crypto';
import * as oidc from 'openid-client';
import type { OfficerLoginSettings } from './config.ts';
import { OfficerLoginRefused } from './refusal.ts';

const LOOPBACK: readonly string[] = ['localhost', '127.0.0.1', '[::1]'];
/** Metadata is discovered again after an hour, so that a provider may move its endpoints. */
const DISCOVERY_MS = 3_600_000;
const TIMEOUT_SECONDS = 10;

/** Asks once per hour; a failure is not remembered. Throws `OfficerLoginRefused` `unavailable`. */
export function rememberProvider(settings: OfficerLoginSettings): () => Promise<oidc.Configuration> {
  let known: { readonly value: Promise<oidc.Configuration>; readonly until: number } | undefined;
  return () => {
    if (known && performance.now() < known.until) return known.value;
    const value = discover(settings);
    const entry = { value, until: performance.now() + DISCOVERY_MS };
    known = entry;
    value.catch(() => {
      if (known === entry) known = undefined;
    });
    return value;
  };
}

async function discover(settings: OfficerLoginSettings): Promise<oidc.Configuration> {
  const issuer = new URL(settings.issuer);
  if (!mayBeReached(issuer, settings))
    throw new OfficerLoginRefused('unavailable', 'untrusted', { cause: new Error('issuer must use https') });
  // Signatures of identity tokens are verified although they come over TLS (OpenID Connect Core 3.1.3.7, 6 would let us off).
  const execute = [oidc.enableNonRepudiationChecks, ...(issuer.protocol === 'https:' ? [] : [oidc.allowInsecureRequests])];
  try {
    return await oidc.discovery(issuer, settings.clientId, { id_token_signed_response_alg: 'RS256' }, await credentials(settings), {
      execute,
      timeout: TIMEOUT_SECONDS,
    });
  } catch (cause) {
    throw new OfficerLoginRefused('unavailable', 'untrusted', { cause });
  }
}

export const mayBeReached = (url: URL, { allowInsecure }: OfficerLoginSettings): boolean =>
  url.protocol === 'https:' || (allowInsecure && LOOPBACK.includes(url.hostname));

async function credentials({ clientSecret, clientKey }: OfficerLoginSettings): Promise<oidc.ClientAuth> {
  if (!clientKey) return oidc.ClientSecretBasic(clientSecret ?? '');
  const der = createPrivateKey(clientKey.privateKeyPem).export({ type: 'pkcs8', format: 'der' });
  const key = await crypto.subtle.importKey('pkcs8', der, { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' }, false, ['sign']);
  const thumbprint = clientKey.certificatePem === undefined ? undefined : thumbprintOf(clientKey.certificatePem);
  return oidc.PrivateKeyJwt(
    { key, kid: clientKey.keyId },
    { [oidc.modifyAssertion]: (header) => void (thumbprint && Object.assign(header, { 'x5t#S256': thumbprint })) },
  );
}

/** RFC 7515, 4.1.8. */
const thumbprintOf = (pem: string): string => createHash('sha256').update(new X509Certificate(pem).raw).digest('base64url');
