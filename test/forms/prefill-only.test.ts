// A question that only the verified identity answers: shown to whom it concerns, invisible to everybody else, and nobody answers it himself.
import { expect, test } from 'vitest';
import { answers, parseForm, prefill, validateForm } from '../../forms/index.ts';

const form = parseForm({
  type: 'default',
  id: 'zkouska',
  schemaVersion: 18,
  components: [
    {
      type: 'textfield',
      key: 'ico',
      label: 'IČO',
      properties: { prefill: 'identity.ico', prefillLocked: true, prefillOnly: true },
    },
    {
      type: 'textfield',
      key: 'jmeno',
      label: 'Jméno',
      validate: { required: true },
      conditional: { hide: '=ico != null and ico != ""' },
      properties: { prefill: 'identity.givenName', prefillLocked: true },
    },
  ],
});
const today = '2026-11-22';
const company = { ico: '27074358' };
const person = { givenName: 'Jana' };
const codes = (values: Readonly<Record<string, unknown>>, identity: Readonly<Record<string, string>>): readonly string[] =>
  validateForm(form, values, { today, identity, strict: true }).issues.map(({ key, code }) => `${key} ${code}`);

test('a company is asked for nothing that only a person has', () => {
  const { values } = prefill(form, { identity: company });

  expect(values['ico']).toBe('27074358');
  expect(codes({ ico: '27074358' }, company)).toEqual([]);
  expect(answers(form, values, { today }).flatMap(({ rows }) => rows.map(({ key }) => key))).toEqual(['ico']);
});

test('a person does not see it', () => {
  const { values } = prefill(form, { identity: person });

  expect(codes({ jmeno: 'Jana' }, person)).toEqual([]);
  expect(answers(form, values, { today }).flatMap(({ rows }) => rows.map(({ key }) => key))).toEqual(['jmeno']);
});

test('who answers it without being entitled, or otherwise than the identity says, is refused', () => {
  expect(codes({ ico: '27074358' }, person)).toEqual(['ico locked-field']);
  expect(codes({ ico: '00006947' }, company)).toEqual(['ico locked-field']);
  expect(codes({ jmeno: 'Jana' }, company)).toContain('ico locked-field');
});
