// Why an officer does not come in through the identity provider.
import * as oidc from 'openid-client';
import { OutsideFailure } from '../connector.ts';

/** Codes: `access-denied`, `authorization-failed`, `no-role`, `groups-missing`, `second-factor-missing`, `unavailable`, `token-refused`, `claims-missing`. */
export class OfficerLoginRefused extends OutsideFailure {
  readonly kind: 'cancelled' | 'untrusted';
  constructor(code: string, kind: 'cancelled' | 'untrusted' = 'untrusted', options: { cause?: unknown } = {}) {
    super(code, `officer login refused: ${code}`, { ...options, retryable: false });
    this.name = 'OfficerLoginRefused';
    this.kind = kind;
  }
}

export function refusalFrom(cause: unknown): OfficerLoginRefused {
  if (cause instanceof oidc.AuthorizationResponseError)
    return new OfficerLoginRefused(cause.error === 'access_denied' ? 'access-denied' : 'authorization-failed', 'cancelled', { cause });
  if (cause instanceof TypeError || (cause instanceof Error && cause.name === 'TimeoutError'))
    return new OfficerLoginRefused('unavailable', 'untrusted', { cause });
  return new OfficerLoginRefused('token-refused', 'untrusted', { cause });
}
