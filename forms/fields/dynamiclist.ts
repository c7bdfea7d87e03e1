// A group that repeats: the value is a list of rows. Its rows are checked field by field in `validate-form.ts`.
import type { FieldKind } from './field-kind.ts';

/** Rows when the form sets no limit. */
export const MOST_ROWS = 50;

export const dynamiclist: FieldKind = {
  type: 'dynamiclist',
  asks: true,
  missing: 'too-few-rows',
  empty: [],
  isEmpty: (value) => value === null || value === undefined || (Array.isArray(value) && value.length === 0),
  check: (_field, value) => (Array.isArray(value) ? { value } : { code: 'wrong-type' }),
  show: (_field, value) => (Array.isArray(value) ? String(value.length) : ''),
  inspect: (json) => {
    const components = json['components'];
    if (!Array.isArray(components) || components.length === 0)
      return [{ rule: 'rows-empty', message: 'Opakovaná skupina nemá žádná pole.' }];
    const nested = components.some(
      (part: unknown) => typeof part === 'object' && part !== null && 'type' in part && part.type === 'dynamiclist',
    );
    return nested ? [{ rule: 'rows-nested', message: 'Opakovaná skupina nesmí obsahovat další opakovanou skupinu.' }] : [];
  },
};
