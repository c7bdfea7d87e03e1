// Forms at the server's door: which form a process starts with, and what of the values is believed.
import { validateForm, type Field, type Form } from '../../forms/index.ts';
import { filesById } from '../catalog/index.ts';
import { dayOf } from '../domain/calendar.ts';
import { Problem } from '../domain/problem.ts';
import type { FileRow } from '../store/documents.ts';
import type { CaseFile } from './corridor.ts';

export { registeredValues } from './registered-addresses.ts';

/** The plain start event with a form; publication has made sure that there is one. */
export function startNodeOf(model: CaseFile['situation']['model']): { readonly form: string; readonly result: string } {
  const node = [...model.nodes.values()].find(
    (candidate) => candidate.kind === 'startEvent' && candidate.form !== undefined && candidate.scope === model.processId,
  );
  if (!node?.form) throw new Error(`process ${model.processId} has no start event with a form`);
  return { form: node.form, result: node.result ?? 'podani' };
}

/** The server decides: unknown, hidden and wrong fields are refused, computed ones are computed again. */
export function checkedValues(
  form: Form,
  values: unknown,
  files: readonly FileRow[],
  now: string,
  identity?: Readonly<Record<string, string>>,
): Readonly<Record<string, unknown>> {
  const checked = validateForm(form, values, {
    today: dayOf(now),
    lang: 'cs',
    strict: true,
    ...(identity ? { identity } : {}),
    files: filesById(files),
  });
  if (checked.issues.length > 0) throw new Problem('invalid', 'form-invalid', { issues: checked.issues });
  return checked.values;
}

/** Whether the form has a question that is answered by a file. */
export const asksForFiles = (form: Form): boolean => someField(form.fields, (field) => field.type === 'filepicker');

const someField = (fields: readonly Field[], is: (field: Field) => boolean): boolean =>
  fields.some((field) => is(field) || someField(field.fields, is));

/** The answer to the question that an identity's e-mail only prefills: where this applicant wants to be written to. */
export function contactEmailIn(form: Form, values: Readonly<Record<string, unknown>>): string | null {
  const field = form.fields.find((candidate) => candidate.properties.prefill === 'identity.email');
  const answer = field && values[field.key];
  return typeof answer === 'string' && answer.trim() !== '' ? answer.trim() : null;
}
