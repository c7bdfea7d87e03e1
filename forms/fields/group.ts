// Fields under one heading. It adds no level to the values.
import type { FieldKind } from './field-kind.ts';

export const group: FieldKind = {
  type: 'group',
  asks: false,
  missing: 'required',
  empty: undefined,
  isEmpty: () => true,
  check: () => ({ code: 'wrong-type' }),
  show: () => '',
  inspect: (json) =>
    json['path'] === undefined || json['path'] === ''
      ? []
      : [{ rule: 'group-path', message: 'Skupina s vlastní cestou (path) se nepodporuje.' }],
};
