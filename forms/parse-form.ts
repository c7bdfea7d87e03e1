// The door through which a form's JSON comes in.
import { isPlainObject } from './feel/json.ts';
import { checkForm } from './check-form.ts';
import type { CheckOptions } from './check-form.ts';
import { FormError } from './form.ts';
import type { Form } from './form.ts';
import { readForm } from './read-form.ts';

/** Throws `FormError` with everything that is wrong. */
export function parseForm(json: unknown, options: CheckOptions = {}): Form {
  const findings = checkForm(json, options);
  if (findings.length > 0 || !isPlainObject(json)) throw new FormError(findings);
  return readForm(json);
}
