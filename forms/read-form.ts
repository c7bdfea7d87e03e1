// From the JSON of form-js to our form. It reads what is there and complains about nothing; `check-form.ts` does that.
import { isPlainObject } from './feel/json.ts';
import { readOptions } from './fields/options.ts';
import { FIELD_TYPES, VALIDATION_TYPES } from './form.ts';
import type { Field, FieldProperties, FieldRules, FieldType, Form, FormJson, Page } from './form.ts';

export function readForm(json: FormJson): Form {
  const pages = readPages(json);
  return {
    id: textIn(json, 'id') ?? '',
    title: textIn(objectIn(json, 'properties'), 'title') ?? textIn(json, 'id') ?? '',
    pages: pages.length > 0 ? pages : [{ id: 'form', title: '' }],
    fields: readFields(json, pages[0]?.id ?? 'form'),
  };
}

export function componentsOf(json: FormJson): readonly FormJson[] {
  const components = json['components'];
  return Array.isArray(components) ? components.filter(isPlainObject) : [];
}

export function readPages(json: FormJson): readonly Page[] {
  const pages = objectIn(json, 'properties')['pages'];
  if (!Array.isArray(pages)) return [];
  return pages.filter(isPlainObject).map((page) => {
    const titleEn = textIn(page, 'titleEn');
    return { id: textIn(page, 'id') ?? '', title: textIn(page, 'title') ?? '', ...(titleEn ? { titleEn } : {}) };
  });
}

/** Key of the component: `path` of a repeating group, otherwise `key`. Groups and texts have none. */
export function keyOf(json: FormJson): string {
  if (json['type'] === 'group' || json['type'] === 'text') return '';
  return (json['type'] === 'dynamiclist' ? textIn(json, 'path') : undefined) ?? textIn(json, 'key') ?? '';
}

export function labelIn(json: FormJson): string {
  return textIn(json, 'label') ?? textIn(json, 'dateLabel') ?? '';
}

export function isFieldType(type: unknown): type is FieldType {
  return FIELD_TYPES.some((known) => known === type);
}

export function objectIn(json: FormJson, name: string): FormJson {
  const value = json[name];
  return isPlainObject(value) ? value : {};
}

export function textIn(json: FormJson, name: string): string | undefined {
  const value = json[name];
  return typeof value === 'string' ? value : undefined;
}

/** FEEL in JSON begins with `=`; the rest is the expression. */
export function feelIn(json: FormJson, name: string): string | undefined {
  const text = textIn(json, name)?.trim();
  return text === undefined || text === '' ? undefined : text.replace(/^=/, '');
}

function readFields(json: FormJson, page: string): readonly Field[] {
  return componentsOf(json).flatMap((component) => {
    const field = readField(component, page);
    return field ? [field] : [];
  });
}

function readField(json: FormJson, parentPage: string): Field | undefined {
  const type = json['type'];
  if (!isFieldType(type)) return undefined;
  const page = textIn(objectIn(json, 'properties'), 'page') ?? parentPage;
  const optional = {
    description: textIn(json, 'description'),
    hide: feelIn(objectIn(json, 'conditional'), 'hide'),
    expression: type === 'expression' ? feelIn(json, 'expression') : undefined,
    text: textIn(json, 'text'),
    decimalDigits: numberIn(json, 'decimalDigits'),
    defaultValue: json['defaultValue'],
  };
  return {
    type,
    key: keyOf(json),
    id: textIn(json, 'id') ?? keyOf(json),
    label: labelIn(json),
    page,
    rules: readRules(objectIn(json, 'validate')),
    properties: readProperties(objectIn(json, 'properties')),
    options: readOptions(json),
    readonly: json['readonly'] === true || json['disabled'] === true,
    fields: readFields(json, page),
    ...withoutUndefined(optional),
  };
}

function readRules(json: FormJson): FieldRules {
  const type = textIn(json, 'validationType');
  return withoutUndefined({
    required: json['required'] === true,
    minLength: numberIn(json, 'minLength'),
    maxLength: numberIn(json, 'maxLength'),
    min: numberIn(json, 'min') ?? textIn(json, 'min'),
    max: numberIn(json, 'max') ?? textIn(json, 'max'),
    pattern: textIn(json, 'pattern'),
    validationType: VALIDATION_TYPES.find((known) => known === type),
  });
}

function readProperties(json: FormJson): FieldProperties {
  return withoutUndefined({
    page: textIn(json, 'page'),
    autocomplete: textIn(json, 'autocomplete'),
    prefill: textIn(json, 'prefill'),
    prefillOnly: json['prefillOnly'] === true || json['prefillOnly'] === 'true' ? true : undefined,
    prefillLocked: json['prefillLocked'] === true || json['prefillLocked'] === 'true',
    labelEn: textIn(json, 'labelEn'),
    descriptionEn: textIn(json, 'descriptionEn'),
    textEn: textIn(json, 'textEn'),
    accept: textIn(json, 'accept'),
    maxFiles: numberIn(json, 'maxFiles'),
    maxBytes: numberIn(json, 'maxBytes'),
    requiredWhen: feelIn(json, 'requiredWhen'),
    validateWhen: feelIn(json, 'validateWhen'),
    validateMessage: textIn(json, 'validateMessage'),
    validateMessageEn: textIn(json, 'validateMessageEn'),
  });
}

/** Properties set in a designer arrive as text, so `"5"` is a number as well. */
function numberIn(json: FormJson, name: string): number | undefined {
  const value = json[name];
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}

type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

function withoutUndefined<T extends object>(object: T): Defined<T> {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as Defined<T>;
}
