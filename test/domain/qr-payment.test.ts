// QR Platba against the examples of its specification.
import { crc32 } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { ibanOf, spayd } from '../../server/domain/qr-payment.ts';

describe('the IBAN of a Czech account', () => {
  it.each([
    ['19-2000145399/0800', 'CZ6508000000192000145399'],
    ['168540115/0600', 'CZ2806000000000168540115'],
    ['1265098001/5500', 'CZ5855000000001265098001'],
  ])('%s is %s', (account, iban) => {
    expect(ibanOf(account)).toBe(iban);
  });

  it.each(['', '123', '123/08', '1234567-1/0800', '12345678901/0800', 'CZ6508000000192000145399', '12-34/0800 '])(
    'is refused for %j',
    (account) => {
      expect(() => ibanOf(account)).toThrow(RangeError);
    },
  );
});

describe('the text of a QR payment', () => {
  it('carries the check sum printed in the specification', () => {
    expect(spayd({ account: '1265098001/5500', amount: 10_000 })).toBe(
      'SPD*1.0*ACC:CZ5855000000001265098001*AM:100.00*CC:CZK*CRC32:AAD80227',
    );
  });

  it('holds symbol, message without diacritics, and due date', () => {
    const text = spayd({
      account: '19-2000145399/0800',
      amount: 15_000,
      variableSymbol: '2026000123',
      message: 'Poplatek ze psa * Řek',
      due: '2026-03-31',
    });
    expect(text).toMatch(
      /^SPD\*1\.0\*ACC:CZ6508000000192000145399\*AM:150\.00\*CC:CZK\*X-VS:2026000123\*MSG:POPLATEK ZE PSA %2A REK\*DT:20260331\*CRC32:[0-9A-F]{8}$/,
    );
  });

  it('counts the sum over sorted attributes, as the usual CRC-32 does', () => {
    const text = spayd({
      account: '168540115/0600',
      amount: 45_001,
      variableSymbol: '1234567890',
      message: 'Platba za zboží',
      payee: 'Město Lipová nad Orlicí',
    });
    const [head, version, ...rest] = text.split('*');
    const sorted = rest
      .filter((part) => !part.startsWith('CRC32'))
      .sort((a, b) => ((a.split(':')[0] ?? '') < (b.split(':')[0] ?? '') ? -1 : 1));
    const expected = crc32([head, version, ...sorted].join('*'))
      .toString(16)
      .toUpperCase()
      .padStart(8, '0');
    expect(text.endsWith(`*CRC32:${expected}`)).toBe(true);
  });

  it('cuts a long message to 60 characters and a long name to 35', () => {
    const text = spayd({ account: '168540115/0600', amount: 1, message: 'x'.repeat(100), payee: 'y'.repeat(100) });
    expect([/MSG:(X+)/.exec(text)?.[1]?.length, /RN:(Y+)/.exec(text)?.[1]?.length]).toEqual([60, 35]);
  });

  it('writes amounts below one crown', () => {
    expect(spayd({ account: '168540115/0600', amount: 5 })).toContain('*AM:0.05*');
  });

  it.each([
    { amount: 0 },
    { amount: 1.5 },
    { amount: 1_000_000_000 },
    { variableSymbol: '12345678901' },
    { variableSymbol: '12a' },
    { due: '31. 3.' },
    { due: '2026-02-30' },
    { due: '2026-13-01' },
    { constantSymbol: '03 08' },
    { specificSymbol: '-1' },
    { alternatives: ['1265098001/5500', '19-2000145399/0800', '168540115/0600'] },
    { alternatives: ['CZ00'] },
  ])('is refused for %j', (wrong) => {
    expect(() => spayd({ account: '168540115/0600', amount: 100, ...wrong })).toThrow(RangeError);
  });

  it('carries other accounts and all three symbols in the customary order', () => {
    const text = spayd({
      account: '168540115/0600',
      alternatives: ['1265098001/5500', '19-2000145399/0800'],
      amount: 45_000,
      variableSymbol: '1',
      specificSymbol: '22',
      constantSymbol: '0308',
    });
    expect(text.replace(/\*CRC32.*/, '')).toBe(
      'SPD*1.0*ACC:CZ2806000000000168540115*ALT-ACC:CZ5855000000001265098001,CZ6508000000192000145399*AM:450.00*CC:CZK*X-VS:1*X-SS:22*X-KS:0308',
    );
    expect(sumOf(text)).toBe(text.slice(-8));
  });

  it.each([
    ['Straße – Øresund „Łódź“', 'STRASSE - ORESUND LODZ'],
    ['100 % z * ceny', '100 %25 Z %2A CENY'],
    ['a:b/c+d$e.f-g', 'A:B/C+D$E.F-G'],
    ['řádek\ndruhý\tsloupec', 'RADEK DRUHY SLOUPEC'],
    ['🐕 pes', 'PES'],
    ['*'.repeat(40), '%2A'.repeat(20)],
    [`${'x'.repeat(58)}*`, 'X'.repeat(58)],
  ])('folds the message %j', (message, folded) => {
    const text = spayd({ account: '168540115/0600', amount: 1, message });
    expect(/MSG:([^*]*)/.exec(text)?.[1]).toBe(folded);
    expect(sumOf(text)).toBe(text.slice(-8));
  });

  it('leaves an empty message out and keeps within the alphabet of small codes', () => {
    expect(spayd({ account: '168540115/0600', amount: 1, message: '„ “' })).not.toContain('MSG');
    expect(spayd({ account: '168540115/0600', amount: 1, message: 'Žluťoučký kůň', payee: 'Město' })).toMatch(/^[0-9A-Z $%*+\-./:]+$/);
  });
});

/** By zlib, over attributes sorted by key. */
function sumOf(text: string): string {
  const [head, version, ...rest] = text.split('*');
  const key = (part: string): string => part.split(':')[0] ?? '';
  const sorted = rest.filter((part) => !part.startsWith('CRC32')).sort((a, b) => (key(a) < key(b) ? -1 : 1));
  return crc32([head, version, ...sorted].join('*'))
    .toString(16)
    .toUpperCase()
    .padStart(8, '0');
}
