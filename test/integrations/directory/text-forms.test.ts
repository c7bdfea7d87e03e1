// Forms of values of a directory: what may not be misread.
import fc from 'fast-check';
import { FilterParser } from 'ldapts';
import { describe, expect, test } from 'vitest';
import { bindRefusal } from '../../../server/integrations/directory/bind-codes.ts';
import { comparableDn, expiryOf, filterValue, guidBytes, guidOf } from '../../../server/integrations/directory/text-forms.ts';

describe('a value in a filter', () => {
  test('is read back as it was, whatever somebody types', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (typed) => {
        const filter = FilterParser.parseString(`(uid=${filterValue(typed)})`) as unknown as {
          readonly attribute: string;
          readonly value?: string;
        };
        expect([filter.attribute, filter.value ?? '']).toEqual(['uid', typed]);
      }),
    );
  });

  test.each(['*', '(', ')', '\\', '\u0000', ':', '&', '|', '!', '>', '<', '~', '/', '"', "'", '+', ';'])('escapes %j', (sign) => {
    expect(filterValue(sign)).toBe(`\\${sign.charCodeAt(0).toString(16).padStart(2, '0')}`);
  });

  test('keeps letters of other languages as they are', () => {
    expect(filterValue('Nadřízení 𝒳')).toBe('Nadřízení 𝒳');
  });
});

describe('objectGUID', () => {
  test('has its first three groups backwards', () => {
    const bytes = Buffer.from('33221100554477668899aabbccddeeff', 'hex');

    expect(guidOf(bytes)).toBe('00112233-4455-6677-8899-aabbccddeeff');
    expect(guidBytes('00112233-4455-6677-8899-aabbccddeeff')).toEqual(bytes);
  });

  test('of another length is none', () => {
    expect(guidOf(Buffer.alloc(15))).toBeUndefined();
  });
});

describe('distinguished names', () => {
  test.each([
    ['CN=Referenti,OU=Skupiny,DC=obec', 'cn=referenti, ou=SKUPINY , dc=obec'],
    ['CN=Odbor\\, finance,DC=obec', 'cn=odbor\\2c finance,dc=obec'],
    ['CN=Nadřízení,DC=obec', 'cn=nad\\c5\\99\\c3\\adzen\\c3\\ad,dc=obec'],
    ['CN=a\\\\,DC=obec', 'cn=a\\5c,dc=obec'],
  ])('%s is %s', (one, other) => {
    expect(comparableDn(one)).toBe(comparableDn(other));
  });

  test.each([
    ['CN=Odbor\\, DC=obec', 'CN=Odbor,DC=obec'],
    ['CN=a,DC=obec', 'CN=a,OU=x,DC=obec'],
  ])('%s is not %s', (one, other) => {
    expect(comparableDn(one)).not.toBe(comparableDn(other));
  });
});

test('an account without an end has none', () => {
  expect(expiryOf('0')).toBeUndefined();
  expect(expiryOf('9223372036854775807')).toBeUndefined();
  expect(expiryOf('nesmysl')).toBeUndefined();
  expect(expiryOf('131000000000000000')?.toISOString()).toBe('2016-02-15T08:53:20.000Z');
});

test.each([
  ['525', 'bad-credentials'],
  ['52e', 'bad-credentials'],
  ['530', 'account-hours'],
  ['531', 'account-workstation'],
  ['532', 'password-expired'],
  ['533', 'account-disabled'],
  ['701', 'account-expired'],
  ['773', 'password-must-change'],
  ['775', 'account-locked'],
  ['999', 'bad-credentials'],
])('data %s of Active Directory means %s', (code, meaning) => {
  expect(bindRefusal(`80090308: LdapErr: DSID-0C090447, comment: AcceptSecurityContext error, data ${code}, v4563`)).toBe(meaning);
});
