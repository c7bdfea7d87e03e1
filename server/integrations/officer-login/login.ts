// Login of officers: OpenID Connect relying party with code flow, PKCE (S256), state and nonce. Keeps no state but the discovered metadata.
import * as oidc from 'openid-client';
import { z } from 'zod';
import { OutsideFailure } from '../connector.ts';
import { officerLoginConfigSchema } from './config.ts';
import type { OfficerLoginConfig, OfficerLoginSettings } from './config.ts';

export interface OfficerIdentity {
  readonly subject: string;
  readonly name: string;
  readonly email: string;
  /** Our groups, after mapping. */
  readonly groups: readonly string[];
  /** Hint for the provider's logout. */
  readonly idToken: string;
}

export interface OfficerLoginSecrets {
  readonly state: string;
  readonly nonce: string;
  readonly codeVerifier: string;
}

export interface OfficerLogin {
  /** Address to send the browser to, and what must be remembered on the server until it comes back. */
  start(): Promise<{ readonly url: string; readonly secrets: OfficerLoginSecrets }>;
  /** `callback` is the full address the browser came back to. Throws `OfficerLoginRefused`. */
  finish(callback: URL, secrets: OfficerLoginSecrets): Promise<OfficerIdentity>;
  logoutUrl(idToken: string): Promise<string | undefined>;
}

/** Codes: `access-denied`, `no-role`, `unavailable`, `token-refused`, `claims-missing`. */
export class OfficerLoginRefused extends OutsideFailure {
  readonly kind: 'cancelled' | 'untrusted';
  constructor(code: string, kind: 'cancelled' | 'untrusted' = 'untrusted', options: { cause?: unknown } = {}) {
    super(code, `officer login refused: ${code}`, { ...options, retryable: false });
    this.name = 'OfficerLoginRefused';
    this.kind = kind;
  }
}

const LOOPBACK: readonly string[] = ['localhost', '127.0.0.1', '[::1]'];
/** Metadata is discovered again after an hour, so that a provider may move its endpoints. */
const DISCOVERY_MS = 3_600_000;
const TIMEOUT_SECONDS = 10;

export function createOfficerLogin(config: OfficerLoginConfig): OfficerLogin {
  const settings = officerLoginConfigSchema.parse(config);
  const provider = rememberFor(DISCOVERY_MS, () => discover(settings));
  return {
    start: async () => {
      const found = await provider();
      const secrets = { state: oidc.randomState(), nonce: oidc.randomNonce(), codeVerifier: oidc.randomPKCECodeVerifier() };
      const url = oidc.buildAuthorizationUrl(found, {
        redirect_uri: settings.redirectUri,
        scope: settings.scopes.join(' '),
        state: secrets.state,
        nonce: secrets.nonce,
        code_challenge: await oidc.calculatePKCECodeChallenge(secrets.codeVerifier),
        code_challenge_method: 'S256',
      });
      return { url: url.href, secrets };
    },
    finish: async (callback, secrets) => {
      const found = await provider();
      const tokens = await oidc
        .authorizationCodeGrant(found, callback, {
          expectedState: secrets.state,
          expectedNonce: secrets.nonce,
          pkceCodeVerifier: secrets.codeVerifier,
          idTokenExpected: true,
        })
        .catch((cause: unknown) => {
          throw refusalFrom(cause);
        });
      return readIdentity(tokens.claims() ?? {}, tokens.id_token ?? '', settings);
    },
    logoutUrl: async (idToken) => {
      const found = await provider();
      if (!found.serverMetadata().end_session_endpoint) return undefined;
      return oidc.buildEndSessionUrl(found, { id_token_hint: idToken, post_logout_redirect_uri: settings.postLogoutRedirectUri }).href;
    },
  };
}

async function discover(settings: OfficerLoginSettings): Promise<oidc.Configuration> {
  const issuer = new URL(settings.issuer);
  if (issuer.protocol !== 'https:' && !(settings.allowInsecure && LOOPBACK.includes(issuer.hostname))) {
    throw new OfficerLoginRefused('unavailable', 'untrusted', { cause: new Error('issuer must use https') });
  }
  const execute = issuer.protocol === 'https:' ? [] : [oidc.allowInsecureRequests];
  try {
    return await oidc.discovery(issuer, settings.clientId, settings.clientSecret, oidc.ClientSecretBasic(settings.clientSecret), {
      execute,
      timeout: TIMEOUT_SECONDS,
    });
  } catch (cause) {
    throw new OfficerLoginRefused('unavailable', 'untrusted', { cause });
  }
}

function readIdentity(claims: Readonly<Record<string, unknown>>, idToken: string, settings: OfficerLoginSettings): OfficerIdentity {
  const text = z.string().min(1);
  const subject = text.safeParse(claims[settings.claims.subject]);
  const name = text.safeParse(claims[settings.claims.name]);
  const email = text.safeParse(claims[settings.claims.email]);
  if (!subject.success || !name.success) throw new OfficerLoginRefused('claims-missing');
  const given = z.array(z.string()).catch([]).parse(claims[settings.claims.groups]);
  const groups = [...new Set(given.flatMap((group) => (Object.hasOwn(settings.groupMap, group) ? [settings.groupMap[group] ?? ''] : [])))];
  if (groups.length === 0) throw new OfficerLoginRefused('no-role', 'cancelled');
  return { subject: subject.data, name: name.data, email: email.success ? email.data : '', groups, idToken };
}

function refusalFrom(cause: unknown): OfficerLoginRefused {
  if (cause instanceof oidc.AuthorizationResponseError) {
    return new OfficerLoginRefused(cause.error === 'access_denied' ? 'access-denied' : 'authorization-failed', 'cancelled', { cause });
  }
  if (cause instanceof TypeError || (cause instanceof Error && cause.name === 'TimeoutError'))
    return new OfficerLoginRefused('unavailable', 'untrusted', { cause });
  return new OfficerLoginRefused('token-refused', 'untrusted', { cause });
}

/** Asks once per period; a failure is not remembered. */
function rememberFor<Value>(ms: number, ask: () => Promise<Value>): () => Promise<Value> {
  let known: { readonly value: Promise<Value>; readonly until: number } | undefined;
  return () => {
    if (known && performance.now() < known.until) return known.value;
    const value = ask();
    const entry = { value, until: performance.now() + ms };
    known = entry;
    value.catch(() => {
      if (known === entry) known = undefined;
    });
    return value;
  };
}
