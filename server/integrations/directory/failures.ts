// The two ways in which a directory says no: to the person, or to us.
import { OutsideFailure } from '../connector.ts';
import type { BindRefusal } from './bind-codes.ts';

export type LoginRefusal = BindRefusal | 'no-role';

/** The person does not come in. The code is the text's key too. */
export class DirectoryRefused extends OutsideFailure {
  readonly kind = 'cancelled';
  constructor(code: LoginRefusal, options: { cause?: unknown } = {}) {
    super(code, `directory login refused: ${code}`, { ...options, retryable: false });
    this.name = 'DirectoryRefused';
  }
}

/**
 * Codes: `unavailable`, `certificate`, `too-slow`, `too-many-entries`, `too-many-bytes`, `not-a-directory`, `connection-lost`, `base-missing`, `not-permitted`,
 * `encryption-needed`, `service-refused`, `group-missing`. `about` names what is missing: a group or a base.
 */
export class DirectoryUnavailable extends OutsideFailure {
  readonly kind = 'untrusted';
  readonly about: string;
  constructor(code: string, options: { cause?: unknown; about?: string } = {}) {
    super(code, `directory is not usable: ${code}`, options);
    this.name = 'DirectoryUnavailable';
    this.about = options.about ?? '';
  }
}

const NO_SUCH_OBJECT = 32;
const INVALID_DN = 34;
const INSUFFICIENT_ACCESS = 50;
const ENCRYPTION_NEEDED: readonly unknown[] = [8, 13];
/** OpenSSL's and Node's words for a certificate that is not believed. */
const CERTIFICATE = /CERT|ERR_TLS|SELF_SIGNED|UNABLE_TO_(GET|VERIFY)/;

export function unavailable(cause: unknown): DirectoryUnavailable {
  if (cause instanceof DirectoryUnavailable) return cause;
  return new DirectoryUnavailable(codeOf(cause), { cause });
}

function codeOf(cause: unknown): string {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  if (code === NO_SUCH_OBJECT || code === INVALID_DN) return 'base-missing';
  if (code === INSUFFICIENT_ACCESS) return 'not-permitted';
  if (ENCRYPTION_NEEDED.includes(code)) return 'encryption-needed';
  return typeof code === 'string' && CERTIFICATE.test(code) ? 'certificate' : 'unavailable';
}
