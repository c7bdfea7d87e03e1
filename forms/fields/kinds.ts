// All field types. The list is the whole of the form language.
import type { FieldType } from '../form.ts';
import { address } from './address.ts';
import { checkbox } from './checkbox.ts';
import { checklist } from './checklist.ts';
import { datetime } from './datetime.ts';
import { dynamiclist } from './dynamiclist.ts';
import { expression } from './expression.ts';
import type { FieldKind } from './field-kind.ts';
import { filepicker } from './filepicker.ts';
import { group } from './group.ts';
import { number } from './number.ts';
import { radio } from './radio.ts';
import { select } from './select.ts';
import { text } from './text.ts';
import { textarea } from './textarea.ts';
import { textfield } from './textfield.ts';

export const KINDS: Readonly<Record<FieldType, FieldKind>> = {
  textfield,
  textarea,
  number,
  checkbox,
  radio,
  select,
  checklist,
  datetime,
  filepicker,
  address,
  text,
  group,
  dynamiclist,
  expression,
};

export function kindOf(field: Readonly<{ type: FieldType }>): FieldKind {
  return KINDS[field.type];
}
