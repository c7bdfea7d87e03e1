// A refusal that a person will read about. Thrown anywhere, mapped to an HTTP status in one place.

export type ProblemKind = 'invalid' | 'forbidden' | 'not-found' | 'conflict' | 'gone' | 'unavailable';

/** `code` is a stable kebab-case word; the UIs have a text for it. `details` never hold personal data. */
export class Problem extends Error {
  readonly kind: ProblemKind;
  readonly code: string;
  readonly details: Readonly<Record<string, unknown>>;
  constructor(kind: ProblemKind, code: string, details: Readonly<Record<string, unknown>> = {}, options: { cause?: unknown } = {}) {
    super(`${kind}: ${code}`, options);
    this.name = 'Problem';
    this.kind = kind;
    this.code = code;
    this.details = details;
  }
}
