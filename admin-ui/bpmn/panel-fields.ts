// Fields of the properties panel as plain data: one preact component per kind, told by the entry what to read and write.
import {
  CheckboxEntry,
  SelectEntry,
  TextAreaEntry,
  TextFieldEntry,
  isCheckboxEntryEdited,
  isSelectEntryEdited,
  isTextAreaEntryEdited,
  isTextFieldEntryEdited,
} from '@bpmn-io/properties-panel';
import { useService } from 'bpmn-js-properties-panel';
import type { Shape } from './diagram.ts';
import type { Choice } from './choices.ts';

export interface Field {
  readonly id: string;
  readonly label: string;
  readonly description?: string;
  readonly placeholder?: string;
  readonly read: () => string;
  readonly write: (value: string) => void;
}
export interface CheckField extends Omit<Field, 'read' | 'write' | 'placeholder'> {
  readonly read: () => boolean;
  readonly write: (value: boolean) => void;
}
export interface Entry {
  readonly id: string;
  readonly component: (props: never) => unknown;
  readonly isEdited: (node: unknown) => boolean;
}
interface Props extends Field {
  readonly element: Shape;
  readonly options?: readonly Choice[];
}

function shared(props: Props): object {
  return {
    element: props.element,
    id: props.id,
    label: props.label,
    description: props.description,
    placeholder: props.placeholder,
    getValue: props.read,
    setValue: (value: string | undefined) => props.write(value ?? ''),
  };
}

// The components must keep their identity between renders, or the field would lose its focus while one types.
const Text = (props: Props): unknown => TextFieldEntry({ ...shared(props), debounce: useService('debounceInput') });
const Area = (props: Props): unknown =>
  TextAreaEntry({ ...shared(props), debounce: useService('debounceInput'), rows: 3, autoResize: true });
const Select = (props: Props): unknown =>
  SelectEntry({ ...shared(props), getOptions: () => withCurrent(props.options ?? [], props.read()) });

const Check = ({ element, id, label, description, read, write }: CheckField & { readonly element: Shape }): unknown =>
  CheckboxEntry({ element, id, label, description, getValue: read, setValue: write });

/** A value that is not offered stays visible and chosen, marked, instead of silently becoming another one. */
function withCurrent(options: readonly Choice[], current: string): readonly Choice[] {
  const known = current === '' || options.some(({ value }) => value === current);
  return [{ value: '', label: '(nevybráno)' }, ...options, ...(known ? [] : [{ value: current, label: `${current} – neznámé` }])];
}

export function textField(field: Field): Entry {
  return { ...field, component: Text, isEdited: isTextFieldEntryEdited } as Entry;
}
export function areaField(field: Field): Entry {
  return { ...field, component: Area, isEdited: isTextAreaEntryEdited } as Entry;
}
export function selectField(field: Field & { readonly options: readonly Choice[] }): Entry {
  return { ...field, component: Select, isEdited: isSelectEntryEdited } as Entry;
}
export function checkField(field: CheckField): Entry {
  return { ...field, component: Check, isEdited: isCheckboxEntryEdited } as Entry;
}
