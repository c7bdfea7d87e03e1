// What every field type tells about itself. Adding a type = one file here and one line in `kinds.ts`.
import type { Field, FieldType, Files, Finding, FormJson, Lang } from '../form.ts';
import type { MessageCode } from '../texts.ts';

export interface CheckFacts {
  readonly files?: Files;
  /** Bounds of a date after their FEEL was evaluated. */
  readonly min?: string;
  readonly max?: string;
}

/** Either the value in its tidy form, or why it cannot be taken. */
export type Outcome = Readonly<{ value: unknown }> | Readonly<{ code: MessageCode; limit?: number | string; name?: string }>;

export interface ShowFacts {
  readonly lang: Lang;
  readonly files?: Files;
}

export interface FieldKind {
  readonly type: FieldType;
  /** Whether the field has a key and a value that a person gives. */
  readonly asks: boolean;
  /** Message for a required field left empty. */
  readonly missing: MessageCode;
  readonly empty: unknown;
  isEmpty(value: unknown): boolean;
  /** Only for values that are not empty. */
  check(field: Field, value: unknown, facts: CheckFacts): Outcome;
  /** Text of the value for people; '' when there is none. */
  show(field: Field, value: unknown, facts: ShowFacts): string;
  /** What is wrong with the definition beyond what all types share. */
  inspect(json: FormJson): readonly Finding[];
}

export function isBlank(value: unknown): boolean {
  return value === null || value === undefined || (typeof value === 'string' && value.trim() === '');
}

export function nothingWrong(): readonly Finding[] {
  return [];
}
