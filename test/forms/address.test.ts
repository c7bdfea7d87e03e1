// An address in a form: chosen from the register or written by hand; and texts checked by their check digits.
import { describe, expect, test } from 'vitest';
import { answers, checkForm, parseForm, prefill, validateForm } from '../../forms/index.ts';

const form = parseForm({
  type: 'default',
  id: 'f',
  components: [
    {
      type: 'address',
      key: 'kde',
      label: 'Kde pes žije',
      validate: { required: true, maxLength: 40 },
      properties: { prefill: 'identity.address' },
    },
  ],
});
const judged = (kde: unknown) => validateForm(form, { kde }, { today: '2026-03-02', strict: true });

describe('an address', () => {
  test.each([
    [
      'from the register',
      { text: 'Školní 214/7, 562 99 Lipová nad Orlicí', code: 990_000_001 },
      { text: 'Školní 214/7, 562 99 Lipová nad Orlicí', code: 990_000_001 },
    ],
    ['written by hand', { text: ' U lesa za vsí ', code: null }, { text: 'U lesa za vsí', code: null }],
    ['a plain text of an older answer', 'U lesa', { text: 'U lesa', code: null }],
    ['with a code that is no number', { text: 'U lesa', code: 'x' }, { text: 'U lesa', code: null }],
  ])('%s', (_name, value, kept) => {
    expect(judged(value)).toMatchObject({ values: { kde: kept }, issues: [] });
  });

  test.each([
    ['nothing', null, 'required'],
    ['spaces', { text: '  ', code: null }, 'required'],
    ['a number', 5, 'wrong-type'],
    ['a code below one', { text: 'U lesa', code: 0 }, 'wrong-type'],
    ['a code of a fraction', { text: 'U lesa', code: 1.5 }, 'wrong-type'],
    ['something beside', { text: 'U lesa', code: null, dum: 1 }, 'wrong-type'],
    ['too long', { text: 'x'.repeat(41), code: null }, 'too-long'],
    ['a control character', { text: 'U\u0007lesa', code: null }, 'control-character'],
  ])('%s is refused', (_name, value, code) => {
    expect(judged(value).issues).toMatchObject([{ path: 'kde', code }]);
  });

  test('is shown as its text', () => {
    const [page] = answers(form, { kde: { text: 'Školní 7', code: 5 } }, { today: '2026-03-02' });
    expect(page?.rows).toMatchObject([{ label: 'Kde pes žije', text: 'Školní 7' }]);
  });

  test('is prefilled from the identity with the code that the state gave', () => {
    expect(prefill(form, { identity: { address: 'Školní 7', addressCode: '21690693' } })).toEqual({
      values: { kde: { text: 'Školní 7', code: 21_690_693 } },
      sources: { kde: 'identity' },
    });
    expect(prefill(form, { identity: { address: 'Školní 7' } }).values).toEqual({ kde: { text: 'Školní 7', code: null } });
  });
});

describe('a text checked by its rule', () => {
  const issueOf = (validationType: string, value: string): string | undefined =>
    validateForm(
      parseForm({ type: 'default', id: 'f', components: [{ type: 'textfield', key: 'a', label: 'A', validate: { validationType } }] }),
      { a: value },
      { today: '2026-03-02' },
    ).issues[0]?.code;
  test.each([
    ['company-number', '27082440', '27082441'],
    ['company-number', '6947', '6948'],
    ['birth-number', '780123/3540', '5301011234'],
    ['bank-account', '19-2000145399/0800', '123456789/0100'],
    ['data-box', 'abc3def', 'abc3de'],
    ['post-code', '562 99', '062 99'],
  ])('%s: %s is sound and %s is not', (type, sound, wrong) => {
    expect([issueOf(type, sound), issueOf(type, wrong)]).toEqual([undefined, type]);
  });

  test('an unknown rule does not come through the gate', () => {
    const json = {
      type: 'default',
      id: 'f',
      components: [{ type: 'textfield', key: 'a', label: 'A', validate: { validationType: 'jine' } }],
    };
    expect(checkForm(json).map(({ rule }) => rule)).toEqual(['validation-type']);
  });
});
