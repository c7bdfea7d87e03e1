// Options of radio, select and checklist.
import { isPlainObject } from '../feel/json.ts';
import type { Field, Finding, FormJson, Lang, Option } from '../form.ts';
import { optionLabel } from '../form.ts';
import type { FieldKind, Outcome } from './field-kind.ts';
import { isBlank } from './field-kind.ts';

/** A field with one answer out of several. */
export function oneOf(type: 'radio' | 'select'): FieldKind {
  return {
    type,
    asks: true,
    missing: 'required-choice',
    empty: null,
    isEmpty: isBlank,
    check: checkOne,
    show: (field, value, { lang }) => showOption(field, value, lang),
    inspect: inspectOptions,
  };
}

export function readOptions(json: FormJson): readonly Option[] {
  const values = json['values'];
  if (!Array.isArray(values)) return [];
  return values.filter(isPlainObject).map((option) => ({
    value: String(option['value'] ?? ''),
    label: String(option['label'] ?? ''),
    ...(typeof option['labelEn'] === 'string' ? { labelEn: option['labelEn'] } : {}),
  }));
}

export function inspectOptions(json: FormJson): readonly Finding[] {
  const options = readOptions(json);
  if (options.length === 0) return [{ rule: 'options-missing', message: 'Pole nemá žádné možnosti.' }];
  const findings: Finding[] = [];
  const seen = new Set<string>();
  for (const option of options) {
    if (option.label.trim() === '') findings.push({ rule: 'option-label', message: `Možnost „${option.value}“ nemá popisek.` });
    if (option.value === '') findings.push({ rule: 'option-value', message: `Možnost „${option.label}“ nemá hodnotu.` });
    if (seen.has(option.value)) findings.push({ rule: 'option-twice', message: `Možnost „${option.value}“ je uvedena dvakrát.` });
    seen.add(option.value);
  }
  return findings;
}

export function isOption(field: Field, value: unknown): boolean {
  return field.options.some((option) => option.value === value);
}

export function showOption(field: Field, value: unknown, lang: Lang): string {
  const option = field.options.find((candidate) => candidate.value === value);
  return option ? optionLabel(option, lang) : '';
}

function checkOne(field: Field, value: unknown): Outcome {
  return isOption(field, value) ? { value } : { code: 'option' };
}
