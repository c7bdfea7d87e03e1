// The form as the rest of the system knows it: parsed, with every key in its place. The JSON of form-js is only its spelling.

export type Lang = 'cs' | 'en';

export const FIELD_TYPES = [
  'textfield',
  'textarea',
  'number',
  'checkbox',
  'radio',
  'select',
  'checklist',
  'datetime',
  'filepicker',
  'address',
  'text',
  'group',
  'dynamiclist',
  'expression',
] as const;
export type FieldType = (typeof FIELD_TYPES)[number];

export type Option = Readonly<{ value: string; label: string; labelEn?: string }>;

/** What a text can be checked for beyond its shape: check digits, code lists (server/domain/identifiers). */
export const VALIDATION_TYPES = ['email', 'phone', 'company-number', 'birth-number', 'bank-account', 'data-box', 'post-code'] as const;
export type ValidationType = (typeof VALIDATION_TYPES)[number];

export interface FieldRules {
  readonly required?: boolean;
  /** Characters of a text, or rows of a repeating group. */
  readonly minLength?: number;
  readonly maxLength?: number;
  /** Bounds of a number. Of a date: YYYY-MM-DD or FEEL beginning with `=`. */
  readonly min?: number | string;
  readonly max?: number | string;
  /** RE2, found anywhere in the text; anchor it with ^ and $. */
  readonly pattern?: string;
  readonly validationType?: ValidationType;
}

/** Our additions to form-js; all of them live under `properties` of a component. */
export interface FieldProperties {
  readonly page?: string;
  /** Value of the HTML attribute, e.g. `given-name`. */
  readonly autocomplete?: string;
  /** Path from which the empty form is filled, e.g. `identity.givenName`. */
  readonly prefill?: string;
  /** The prefilled value cannot be changed by the applicant. */
  readonly prefillLocked?: boolean;
  /** Only the verified identity fills it: shown when it does, refused when somebody else did. For facts that some applicants do not have, e.g. IČO. */
  readonly prefillOnly?: boolean;
  readonly labelEn?: string;
  readonly descriptionEn?: string;
  readonly textEn?: string;
  /** File types as in the HTML attribute: `.pdf,image/png`. */
  readonly accept?: string;
  readonly maxFiles?: number;
  /** Bytes of one file. */
  readonly maxBytes?: number;
  /** FEEL: when true, the field must be filled. */
  readonly requiredWhen?: string;
  /** FEEL that must hold for the filled value; when false, `validateMessage` is shown. */
  readonly validateWhen?: string;
  readonly validateMessage?: string;
  readonly validateMessageEn?: string;
}

export interface Field {
  readonly type: FieldType;
  /** Unique in the whole form; empty for `text` and `group`. */
  readonly key: string;
  readonly id: string;
  readonly label: string;
  readonly description?: string;
  readonly page: string;
  readonly rules: FieldRules;
  readonly properties: FieldProperties;
  readonly options: readonly Option[];
  /** FEEL without the leading `=`; the field is left out when it is true. */
  readonly hide?: string;
  readonly defaultValue?: unknown;
  /** Computed field: its FEEL. */
  readonly expression?: string;
  /** Static text: its Markdown. */
  readonly text?: string;
  readonly decimalDigits?: number;
  readonly readonly: boolean;
  /** Fields of a group or of one row of a repeating group. */
  readonly fields: readonly Field[];
}

export type Page = Readonly<{ id: string; title: string; titleEn?: string }>;

export interface Form {
  readonly id: string;
  readonly title: string;
  /** At least one; a form without pages has the page `form`. */
  readonly pages: readonly Page[];
  readonly fields: readonly Field[];
}

/** form-js JSON as read from a file; nothing about it is certain before `parseForm`. */
export type FormJson = Readonly<Record<string, unknown>>;

export type Values = Readonly<Record<string, unknown>>;
export type FileFacts = Readonly<{ name: string; mime: string; size: number }>;
export type Files = Readonly<Record<string, FileFacts>>;

export interface FormContext {
  /** YYYY-MM-DD in Prague. */
  readonly today: string;
  /** Language of messages; default Czech. */
  readonly lang?: Lang;
  /** Uploaded files by id. When absent, only the shape of file values is checked. */
  readonly files?: Files;
  /** Further names for expressions. */
  readonly constants?: Values;
  /** Verified identity; when given, values of locked fields must come from it. */
  readonly identity?: Values;
  /** Refuse values of fields that are not shown, instead of leaving them out. For the server. */
  readonly strict?: boolean;
}

/** `path` says where: `deti[0].jmeno`; `key` says which field. */
export type Issue = Readonly<{ key: string; path: string; code: string; message: string }>;

export type Finding = Readonly<{ rule: string; key?: string; message: string }>;

/** The JSON is not a form we can run; `findings` say why, in Czech. */
export class FormError extends Error {
  readonly findings: readonly Finding[];

  constructor(findings: readonly Finding[]) {
    super(findings.map((finding) => finding.message).join(' '));
    this.name = 'FormError';
    this.findings = findings;
  }
}

/** The fields of the form in reading order, groups and rows opened. */
export function allFields(fields: readonly Field[]): readonly Field[] {
  return fields.flatMap((field) => [field, ...allFields(field.fields)]);
}

/** Fields whose values stand side by side: groups opened, repeating groups not. */
export function fieldsAtLevel(fields: readonly Field[]): readonly Field[] {
  return fields.flatMap((field) => (field.type === 'group' ? fieldsAtLevel(field.fields) : [field]));
}

/** Label in the language; Czech when there is no other. */
export function labelOf(field: Field, lang: Lang = 'cs'): string {
  return (lang === 'en' && field.properties.labelEn) || field.label;
}

export function descriptionOf(field: Field, lang: Lang = 'cs'): string | undefined {
  return (lang === 'en' && field.properties.descriptionEn) || field.description;
}

export function textOf(field: Field, lang: Lang = 'cs'): string {
  return (lang === 'en' && field.properties.textEn) || (field.text ?? '');
}

export function optionLabel(option: Option, lang: Lang = 'cs'): string {
  return (lang === 'en' && option.labelEn) || option.label;
}

export function pageTitle(page: Page, lang: Lang = 'cs'): string {
  return (lang === 'en' && page.titleEn) || page.title;
}
