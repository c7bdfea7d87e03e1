import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bankAccount, birthNumber, companyNumber, dataBoxId } from '../../../server/domain/identifiers/index.ts';
import { ibanOf } from '../../../server/domain/qr-payment.ts';

test.each(['00006947', '27082440', '45274649', '61858374', '00064581'])('IČO %s is sound', (ico) => {
  expect(companyNumber(ico)).toBe(ico);
});

test('an IČO is filled with zeros and spaces do not matter', () => {
  expect(companyNumber('6947')).toBe('00006947');
  expect(companyNumber(' 270 82 440 ')).toBe('27082440');
});

test.each(['', '0', '00000000', '27082441', '123456789', '2708244a', 'CZ27082440'])('IČO "%s" is refused', (ico) => {
  expect(companyNumber(ico)).toBeUndefined();
});

test('one wrong digit in an IČO is always found', () => {
  fc.assert(
    fc.property(fc.constantFrom('27082440', '45274649', '61858374'), fc.nat(6), fc.integer({ min: 1, max: 9 }), (ico, place, shift) => {
      const wrong = [...ico].map((digit, index) => (index === place ? String((Number(digit) + shift) % 10) : digit)).join('');
      // Check digits 0 and 1 both answer a remainder of 10 and 0 and 1: those pairs are the weakness of the number itself.
      const found = companyNumber(wrong);
      return found === undefined || sumOf(wrong) % 11 === 0 || sumOf(wrong) % 11 === 10 || sumOf(ico) % 11 <= 1;
    }),
  );
});

function sumOf(ico: string): number {
  return [8, 7, 6, 5, 4, 3, 2].reduce((sum, weight, index) => sum + weight * Number(ico[index]), 0);
}

test.each([
  ['7103192745', '1971-03-19', 'man'],
  ['710319/2745', '1971-03-19', 'man'],
  ['780123/3540', '1978-01-23', 'man'],
  ['530101123', '1953-01-01', 'man'],
  ['535101123', '1953-01-01', 'woman'],
] as const)('rodné číslo %s says %s', (text, birthDate, sex) => {
  expect(birthNumber(text)).toMatchObject({ birthDate, sex });
});

test('from 2004 a month may carry twenty more', () => {
  const woman = [...Array(10_000).keys()].map((tail) => `047101${String(tail).padStart(4, '0')}`).find((one) => Number(one) % 11 === 0);
  expect(birthNumber(woman ?? '')).toMatchObject({ birthDate: '2004-01-01', sex: 'woman' });
  const early = [...Array(10_000).keys()].map((tail) => `037101${String(tail).padStart(4, '0')}`).find((one) => Number(one) % 11 === 0);
  expect(birthNumber(early ?? '')).toBeUndefined();
});

test.each(['5301011234', '7113192745', '710332/2745', '710319/2746', '', 'abc', '71031927451', '550229123'])(
  'rodné číslo "%s" is refused',
  (text) => {
    expect(birthNumber(text)).toBeUndefined();
  },
);

test.each(['19-2000145399/0800', '168540115/0600', '1265098001/5500', '19-19/0300'])('account %s is sound', (account) => {
  expect(bankAccount(account)).toBe(account);
  expect(bankAccount(ibanOf(account))).toBe(account);
});

test('an account is tidied', () => {
  expect(bankAccount(' 000019-2000145399 / 0800')).toBe('19-2000145399/0800');
  expect(bankAccount('000000-0168540115/0600')).toBe('168540115/0600');
  expect(bankAccount('CZ65 0800 0000 1920 0014 5399')).toBe('19-2000145399/0800');
});

test.each([
  '123456789/0100',
  '19-2000145399',
  '18-2000145399/0800',
  '0000000000/0800',
  'CZ6608000000192000145399',
  'DE89370400440532013000',
  '',
])('account "%s" is refused', (account) => {
  expect(bankAccount(account)).toBeUndefined();
});

test('a data box id has seven small letters and digits', () => {
  expect(dataBoxId(' ABCDE12 ')).toBe('abcde12');
  expect(dataBoxId('abcdé12')).toBeUndefined();
  expect(dataBoxId('abcdef')).toBeUndefined();
});
