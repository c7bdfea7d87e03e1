// Ties a label, a hint and an error to one control.
import { computed, useId } from 'vue';
import type { ComputedRef } from 'vue';

/** What every field component takes. */
export interface FieldProps {
  readonly label: string;
  readonly hint?: string | undefined;
  /** The error as a sentence; its presence makes the field invalid. */
  readonly error?: string | undefined;
  readonly required?: boolean;
  readonly disabled?: boolean;
  readonly readonly?: boolean;
  /** Id of the control, so that an error summary can link to it. Made up when absent. */
  readonly id?: string | undefined;
  /** Quiet remark under the label: where the value comes from. */
  readonly source?: string | undefined;
}

export interface FieldIds {
  readonly control: string;
  readonly hint: string;
  readonly error: string;
  readonly source: string;
  readonly describedBy: string | undefined;
}

/** `hint` when the component has a hint of its own for the case that none is given. */
export function useFieldIds(props: FieldProps, hint: () => string | undefined = () => props.hint): ComputedRef<FieldIds> {
  const made = useId();
  return computed(() => {
    const control = props.id ?? made;
    const ids = { control, hint: `${control}-hint`, error: `${control}-error`, source: `${control}-source` };
    const parts = [...(hint() ? [ids.hint] : []), ...(props.source ? [ids.source] : []), ...(props.error ? [ids.error] : [])];
    return { ...ids, describedBy: parts.length > 0 ? parts.join(' ') : undefined };
  });
}
