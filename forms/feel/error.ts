// The one error an expression can end in; its code tells the caller what kind of mistake it was.

export type FeelErrorCode =
  'syntax' | 'forbidden' | 'missing-variable' | 'failed' | 'not-boolean' | 'not-data' | 'too-long' | 'too-many-steps';

/** `name` of the missing variable or forbidden word is in `subject`; personal data never are. */
export class FeelError extends Error {
  readonly code: FeelErrorCode;
  readonly subject: string | undefined;

  constructor(code: FeelErrorCode, message: string, subject?: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'FeelError';
    this.code = code;
    this.subject = subject;
  }
}
