// Logout tokens of OpenID Connect Back-Channel Logout 1.0, section 2.6: an identity provider tells, behind the browser's back, that a session of its own
// ended. What is established here is whose; the caller ends ours, and sees to it that a token is used once.
import { createRemoteJWKSet, customFetch, errors, jwtVerify } from 'jose';
import type { JWTVerifyGetKey } from 'jose';
import { OutsideFailure } from './connector.ts';

const EVENT = 'http://schemas.openid.net/event/backchannel-logout';
const MAX_CHARACTERS = 16_384;
const MAX_KEY_BYTES = 262_144;
const SKEW_SECONDS = 60;
/** Older ones are not taken, whatever end they name: nothing is remembered for longer. */
const MAX_AGE_SECONDS = 600;

export interface ProviderLogout {
  /** Names the token for good, with its issuer. */
  readonly id: string;
  /** Until when it could come again. */
  readonly until: Date;
  /** `sub` of the person; with `sid` the session must fit both. At least one of the two is there. */
  readonly sub?: string;
  readonly sid?: string;
}
export interface LogoutTokenRules {
  readonly issuer: string;
  readonly clientId: string;
  /** The one algorithm of identity tokens, by which logout tokens are signed too. */
  readonly algorithm: string;
  readonly keys: JWTVerifyGetKey;
}

/** Why a logout that a provider began was not taken. Codes: `logout-…`, `unavailable`. */
export class ProviderLogoutRefused extends OutsideFailure {
  readonly kind = 'untrusted';
  constructor(code: string, options: { cause?: unknown } = {}) {
    super(code, `logout of an identity provider refused: ${code}`, { ...options, retryable: false });
    this.name = 'ProviderLogoutRefused';
  }
}

/** Throws `ProviderLogoutRefused`. */
export async function readLogoutToken(token: string, rules: LogoutTokenRules): Promise<ProviderLogout> {
  demand(token.length <= MAX_CHARACTERS, 'logout-too-long');
  const { payload, protectedHeader } = await verified(token, rules);
  // An identity token signed for us is not a logout token, even if somebody sends it here (section 4 of the specification).
  demand(protectedHeader.typ === undefined || /^(application\/)?(logout\+jwt|jwt)$/i.test(protectedHeader.typ), 'logout-type');
  demand(payload['nonce'] === undefined, 'logout-nonce');
  demand(isObject(payload['events']) && isObject(payload['events'][EVENT]), 'logout-event');
  const { sub, iat = 0, jti } = payload;
  const sid = payload['sid'];
  demand(isText(jti), 'logout-id');
  demand((sub === undefined || isText(sub)) && (sid === undefined || isText(sid)), 'logout-whose');
  demand(sub !== undefined || sid !== undefined, 'logout-whose');
  return {
    id: `${rules.issuer}\n${jti}`,
    until: new Date((iat + MAX_AGE_SECONDS + 2 * SKEW_SECONDS) * 1000),
    ...(sub === undefined ? {} : { sub }),
    ...(isText(sid) ? { sid } : {}),
  };
}

async function verified(token: string, { issuer, clientId, algorithm, keys }: LogoutTokenRules) {
  try {
    return await jwtVerify(token, keys, {
      issuer,
      audience: clientId,
      algorithms: [algorithm],
      clockTolerance: SKEW_SECONDS,
      maxTokenAge: MAX_AGE_SECONDS,
      requiredClaims: ['iat', 'exp', 'jti'],
    });
  } catch (cause) {
    throw refusalOf(cause);
  }
}

function refusalOf(cause: unknown): ProviderLogoutRefused {
  if (cause instanceof errors.JWTExpired) return new ProviderLogoutRefused('logout-expired', { cause });
  if (cause instanceof errors.JWTClaimValidationFailed) return new ProviderLogoutRefused(`logout-${cause.claim}`, { cause });
  if (cause instanceof errors.JOSEAlgNotAllowed) return new ProviderLogoutRefused('logout-algorithm', { cause });
  if (cause instanceof errors.JWSSignatureVerificationFailed || cause instanceof errors.JWKSNoMatchingKey)
    return new ProviderLogoutRefused('logout-signature', { cause });
  const isToken = cause instanceof errors.JWSInvalid || cause instanceof errors.JWTInvalid || cause instanceof errors.JOSENotSupported;
  return new ProviderLogoutRefused(isToken ? 'logout-malformed' : 'unavailable', { cause });
}

/** The provider's keys by their address, remembered; an unknown key asks anew, at most twice a minute. */
export function rememberKeys(): (address: string) => JWTVerifyGetKey {
  let known: { readonly address: string; readonly keys: JWTVerifyGetKey } | undefined;
  return (address) => {
    if (known?.address !== address)
      known = { address, keys: createRemoteJWKSet(new URL(address), { timeoutDuration: 10_000, [customFetch]: limited }) };
    return known.keys;
  };
}

async function limited(url: string, options: RequestInit): Promise<Response> {
  const response = await fetch(url, options);
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of (response.body ?? []) as unknown as AsyncIterable<Uint8Array>) {
    length += piece.length;
    if (length > MAX_KEY_BYTES) throw new RangeError('the keys of the provider are too long');
    pieces.push(piece);
  }
  return new Response(new Uint8Array(Buffer.concat(pieces)), { status: response.status });
}

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '' && value.length <= 1000;
const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function demand(holds: boolean, code: string): asserts holds {
  if (!holds) throw new ProviderLogoutRefused(code);
}
