// The pages of a form and what stands on each.
import type { Field, Form, Page } from './form.ts';
import type { Settled } from './settle.ts';

export type PageOfForm = Page & Readonly<{ fields: readonly Field[] }>;

export function pagesOf(form: Form): readonly PageOfForm[] {
  return form.pages.map((page) => ({ ...page, fields: form.fields.filter((field) => field.page === page.id) }));
}

/** Pages on which something is shown now. */
export function shownPages(form: Form, settled: Settled): readonly PageOfForm[] {
  return pagesOf(form).filter((page) => page.fields.some((field) => !settled.hidden.has(field.key || `#${field.id}`)));
}

/** Which page a field of the given path (or key) stands on. */
export function pageOfPath(form: Form, path: string): string | undefined {
  const key = /^[^[]*/.exec(path)?.[0] ?? '';
  const holds = (field: Field): boolean => field.key === key || field.fields.some((inner) => field.type === 'group' && holds(inner));
  return form.fields.find(holds)?.page;
}
