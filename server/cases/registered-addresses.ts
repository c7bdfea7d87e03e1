// Addresses in a form, against the state's register: whoever chose one from there gets it as the register writes it now, whatever the browser sent.
import { addressValue, allFields, type Field, type Form } from '../../forms/index.ts';
import { messageFor } from '../../forms/texts.ts';
import { addressText } from '../domain/addresses/index.ts';
import { Problem } from '../domain/problem.ts';
import { addressByCode, importedAddresses } from '../store/addresses.ts';
import type { Transaction } from '../store/database.ts';

type Values = Readonly<Record<string, unknown>>;
/** Of one form; more are left without a code. */
const MOST = 50;
const HIGHEST_CODE = 999_999_999;

export const asksForAddress = (form: Form): boolean => allFields(form.fields).some(({ type }) => type === 'address');

/** Refuses `form-invalid` when a code is not (any more) in a register that we have. Without a register addresses are texts. */
export async function registeredValues(trx: Transaction, form: Form, values: unknown): Promise<unknown> {
  if (!asksForAddress(form) || !isObject(values)) return values;
  const known = new Map<number, string | undefined>();
  for (const code of codesIn(form.fields, values).slice(0, MOST)) {
    const found = await addressByCode(trx, code);
    known.set(code, found && addressText(found));
  }
  if (known.size === 0) return values;
  const hasRegister = [...known.values()].every((text) => text !== undefined) || (await importedAddresses(trx)).points > 0;
  const issues: { key: string; path: string; code: string; message: string }[] = [];
  const settled = settle(form.fields, values, '', (field, code, path) => {
    const text = known.get(code);
    if (text === undefined && hasRegister)
      issues.push({ key: field.key, path, code: 'address-unknown', message: messageFor('address-unknown', { label: field.label }) });
    return text;
  });
  if (issues.length > 0) throw new Problem('invalid', 'form-invalid', { issues });
  return settled;
}

function codesIn(fields: readonly Field[], values: Values): readonly number[] {
  const codes = new Set<number>();
  settle(fields, values, '', (_field, code) => void codes.add(code));
  return [...codes];
}

/** The same values with each address that has a code as `look` writes it. */
function settle(
  fields: readonly Field[],
  values: Values,
  prefix: string,
  look: (field: Field, code: number, path: string) => string | undefined,
): Values {
  const settled: Record<string, unknown> = { ...values };
  for (const field of fields) {
    if (field.type === 'group') Object.assign(settled, settle(field.fields, settled, prefix, look));
    const value = settled[field.key];
    if (field.type === 'dynamiclist' && Array.isArray(value))
      settled[field.key] = value.map((row: unknown, index) =>
        isObject(row) ? settle(field.fields, row, `${prefix}${field.key}[${index}].`, look) : row,
      );
    if (field.type !== 'address') continue;
    const given = addressValue(value);
    if (!given || given.code === null || !Number.isInteger(given.code) || given.code < 1 || given.code > HIGHEST_CODE) continue;
    const text = look(field, given.code, `${prefix}${field.key}`);
    settled[field.key] = { ...(value as Values), text: text ?? given.text, code: text === undefined ? null : given.code };
  }
  return settled;
}

const isObject = (value: unknown): value is Values => typeof value === 'object' && value !== null && !Array.isArray(value);
