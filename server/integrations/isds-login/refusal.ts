// Why a login through a data box was not accepted. Codes are stable words; no personal data ever stands in them.
import { OutsideFailure } from '../connector.ts';

/** Codes: `session-missing`, `session-not-found`, `replayed`, `token-mismatch`, `loa-too-low`, `box-closed`, `name-missing`, `unavailable`, and `answer-*`, `attribute-*`. */
export class IsdsLoginRefused extends OutsideFailure {
  readonly kind: 'cancelled' | 'untrusted';
  constructor(code: string, kind: 'cancelled' | 'untrusted' = 'untrusted', options: { cause?: unknown } = {}) {
    super(code, `login through ISDS refused: ${code}`, { ...options, retryable: false });
    this.name = 'IsdsLoginRefused';
    this.kind = kind;
  }
}
