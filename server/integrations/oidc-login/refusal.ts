// Why a login by OpenID Connect was not accepted. Codes are stable words; no personal data ever stands in them.
import * as oidc from 'openid-client';
import { OutsideFailure } from '../connector.ts';

/** Codes: `access-denied`, `authorization-failed`, `unavailable`, `token-refused`, `claims-missing`, `loa-unknown`, `loa-too-low`, `not-fresh`. */
export class OidcLoginRefused extends OutsideFailure {
  readonly kind: 'cancelled' | 'untrusted';
  constructor(code: string, kind: 'cancelled' | 'untrusted' = 'untrusted', options: { cause?: unknown } = {}) {
    super(code, `OpenID Connect login refused: ${code}`, { ...options, retryable: false });
    this.name = 'OidcLoginRefused';
    this.kind = kind;
  }
}

const NO_ANSWER: readonly string[] = ['OAUTH_TIMEOUT', 'OAUTH_ABORT'];

/** What openid-client throws, in our words. */
export function refusalFrom(cause: unknown): OidcLoginRefused {
  if (cause instanceof OidcLoginRefused) return cause;
  if (cause instanceof oidc.AuthorizationResponseError)
    return new OidcLoginRefused(cause.error === 'access_denied' ? 'access-denied' : 'authorization-failed', 'cancelled', { cause });
  return new OidcLoginRefused(isNoAnswer(cause) ? 'unavailable' : 'token-refused', 'untrusted', { cause });
}

function isNoAnswer(cause: unknown): boolean {
  if (!(cause instanceof Error)) return false;
  if (cause.name === 'TimeoutError' || (cause instanceof TypeError && !('code' in cause))) return true; // fetch failed
  const { code, cause: inner } = cause as { readonly code?: unknown; readonly cause?: unknown };
  if (typeof code === 'string' && NO_ANSWER.includes(code)) return true;
  return inner instanceof Response && inner.status >= 500;
}
