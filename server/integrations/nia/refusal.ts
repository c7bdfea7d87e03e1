// Why a login through NIA was not accepted. Codes are stable words; no personal data ever stands in them.
import { OutsideFailure } from '../connector.ts';

/** `cancelled`: NIA says the person did not log in. `untrusted`: the message itself broke a rule. */
export type NiaRefusalKind = 'cancelled' | 'untrusted';

export class NiaRefused extends OutsideFailure {
  readonly kind: NiaRefusalKind;
  constructor(code: string, kind: NiaRefusalKind = 'untrusted', options: { cause?: unknown } = {}) {
    super(code, `NIA login refused: ${code}`, { ...options, retryable: false });
    this.name = 'NiaRefused';
    this.kind = kind;
  }
}

/** Throws when the rule does not hold. */
export function demand(holds: boolean, code: string): asserts holds {
  if (!holds) throw new NiaRefused(code);
}
