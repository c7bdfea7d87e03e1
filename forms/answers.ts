// The filled form as label and text: for the last check before sending, the PDF and the clerk.
import { kindOf } from './fields/kinds.ts';
import { fieldsAtLevel, labelOf, pageTitle } from './form.ts';
import type { Field, FileFacts, Form, FormContext, Lang, Page, Values } from './form.ts';
import { lockedValue } from './prefill.ts';
import { pathOf, rowsOf, settle } from './settle.ts';
import type { Settled } from './settle.ts';
import { word } from './texts.ts';

/** `group`: heading of the group or row the answer stands under. `files`: attachments of a file field.
 * `isFixed`: computed, or locked to the verified identity, so there is nothing to change. */
export type Answer = Readonly<{
  key: string;
  path: string;
  label: string;
  text: string;
  group?: string;
  isFixed?: true;
  files?: readonly Readonly<{ id: string; file?: FileFacts }>[];
}>;
export type AnswerPage = Readonly<{ page: Page; title: string; rows: readonly Answer[] }>;

type Scope = Readonly<{ settled: Settled; ctx: FormContext; lang: Lang }>;

/** Shown fields in reading order; unfilled ones say so. Pages without any are left out. */
export function answers(form: Form, values: Values, ctx: FormContext): readonly AnswerPage[] {
  const scope: Scope = { settled: settle(form, values, ctx), ctx, lang: ctx.lang ?? 'cs' };
  const all = rowsIn(form.fields, scope.settled.values, '', undefined, scope);
  const pageOf = new Map(fieldsAtLevel(form.fields).map((field) => [field.key, field.page]));
  return form.pages
    .map((page) => ({
      page,
      title: pageTitle(page, scope.lang),
      rows: all.filter((row) => pageOf.get(/^[^[]*/.exec(row.path)?.[0] ?? '') === page.id),
    }))
    .filter((page) => page.rows.length > 0);
}

function rowsIn(fields: readonly Field[], values: Values, prefix: string, group: string | undefined, scope: Scope): readonly Answer[] {
  return fields.flatMap((field): readonly Answer[] => {
    const path = pathOf(prefix, field);
    if (scope.settled.hidden.has(path) || field.type === 'text') return [];
    const label = labelOf(field, scope.lang);
    if (field.type === 'group') return rowsIn(field.fields, values, prefix, label, scope);
    const value = values[field.key];
    if (field.type !== 'dynamiclist') return [answerOf(field, value, path, group, scope)];
    const rows = rowsOf(value);
    if (rows.length === 0) return [{ key: field.key, path, label, text: word('none', scope.lang) }];
    return rows.flatMap((row, index) => rowsIn(field.fields, row, `${path}[${index}].`, `${label} ${index + 1}`, scope));
  });
}

function answerOf(field: Field, value: unknown, path: string, group: string | undefined, scope: Scope): Answer {
  const files = scope.ctx.files;
  const text = kindOf(field).show(field, value, { lang: scope.lang, ...(files ? { files } : {}) });
  const attached = field.type === 'filepicker' && Array.isArray(value) ? value.map(String) : undefined;
  return {
    key: field.key,
    path,
    label: labelOf(field, scope.lang),
    text: text === '' ? word('none', scope.lang) : text,
    ...(group === undefined ? {} : { group }),
    ...(isFixed(field, scope.ctx) ? { isFixed: true as const } : {}),
    ...(attached ? { files: attached.map((id) => ({ id, ...(files?.[id] ? { file: files[id] } : {}) })) } : {}),
  };
}

function isFixed(field: Field, ctx: FormContext): boolean {
  return field.type === 'expression' || field.readonly || lockedValue(field, ctx.identity) !== undefined;
}
