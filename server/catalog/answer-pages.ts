// The filled form as pages of labels and texts: for the citizen's and the clerk's page, and for the PDF.
import { answers, emptyValues, type FileFacts, type Form } from '../../forms/index.ts';

export interface AnswersOnPage {
  readonly page: string;
  readonly rows: readonly { readonly key: string; readonly label: string; readonly text: string }[];
}
export interface AnswerFacts {
  readonly today: string;
  readonly lang: 'cs' | 'en';
  readonly files: readonly { readonly id: string; readonly name: string; readonly mime: string; readonly size: number }[];
}

export function answerPages(
  form: Form,
  values: Readonly<Record<string, unknown>>,
  { today, lang, files }: AnswerFacts,
): readonly AnswersOnPage[] {
  return answers(form, values, { today, lang, files: filesById(files) }).map((page) => ({
    page: page.title,
    rows: page.rows.map((row) => ({ key: row.path, label: row.group ? `${row.group}: ${row.label}` : row.label, text: row.text })),
  }));
}

export function filesById(files: AnswerFacts['files']): Readonly<Record<string, FileFacts>> {
  return Object.fromEntries(files.map((file) => [file.id, { name: file.name, mime: file.mime, size: file.size }]));
}

/** What a task's form begins with: its own empty values, and what the process hands over under the same names. Other inputs are not the form's. */
export function valuesForForm(form: Form, input: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const empty = emptyValues(form);
  return { ...empty, ...Object.fromEntries(Object.entries(input).filter(([key]) => Object.hasOwn(empty, key))) };
}
