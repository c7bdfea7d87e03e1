import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addressText, plainWords, readAddressLine, readAddressQuery, streetText } from '../../../server/domain/addresses/index.ts';

const LETENSKA =
  '21690693;554782;Praha;500054;Praha 1;19;Praha 1;490130;Malá Strana;466719;Letenská;č.p.;525;15;;11800;743188.18;1042624.31;2011-07-01T00:00:00';
const VILLAGE = '1234567;574210;Mezilesí;;;;;93301;Mezilesí;;;č.ev.;12;;;54923;;;2011-07-01T00:00:00';

test('a line of the register becomes an address as people write it', () => {
  const row = readAddressLine(LETENSKA);
  if (typeof row === 'string') throw new Error(row);
  expect(row).toMatchObject({ code: 21690693, municipalityCode: 554782, street: 'Letenská', y: 743188.18, orientationNumber: 15 });
  expect(addressText(row)).toBe('Letenská 525/15, 118 00 Praha 1 – Malá Strana');
  expect(streetText(row)).toBe('Letenská, Praha 1 – Malá Strana');
});

test('a village without streets gives its own name', () => {
  const row = readAddressLine(VILLAGE);
  if (typeof row === 'string') throw new Error(row);
  expect(addressText(row)).toBe('Mezilesí č. ev. 12, 549 23 Mezilesí');
  expect(streetText(row)).toBe('Mezilesí');
  expect(row).toMatchObject({ streetCode: 0, y: null, orientationNumber: null });
});

test.each([
  ['1;2', 'má 2 sloupců místo 19'],
  [LETENSKA.replace('525', ''), 'chybí kód, číslo domovní nebo PSČ'],
  [LETENSKA.replace('č.p.', 'dům'), 'neznámý typ objektu „dům“'],
  [LETENSKA.replace(';15;', ';1x;'), 'číslo orientační nebo kód ulice není celé číslo'],
  [LETENSKA.replace('Letenská', ''), 'chybí název obce, části obce nebo ulice'],
])('line %s is refused in words', (line, reason) => {
  expect(readAddressLine(line)).toBe(reason);
});

test('no line makes the reader fall', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (line) => ['string', 'object'].includes(typeof readAddressLine(line))));
});

const first = (text: string): unknown => readAddressQuery(text)[0];

test.each([
  ['Dlouhá 12', { words: ['dlouha'], house: { number: 12, orientation: null, letter: '' } }],
  ['dlouha 12/3a praha', { words: ['dlouha', 'praha'], house: { number: 12, orientation: 3, letter: 'a' } }],
  ['Dlouhá 12, Praha 1', { words: ['dlouha', 'praha', '1'], house: { number: 12, orientation: null, letter: '' } }],
  ['28. října 5', { words: ['28', 'rijna'], house: { number: 5, orientation: null, letter: '' } }],
  ['Mezilesí č. ev. 12', { words: ['mezilesi'], house: { number: 12, orientation: null, letter: '' } }],
  ['Letenská 525, 118 00 Praha', { words: ['letenska', 'praha'], house: { number: 525, orientation: null, letter: '' } }],
  ['Nám. Míru', { words: ['nam', 'miru'], house: null }],
  ['Dlouhá 7b', { words: ['dlouha'], house: { number: 7, orientation: null, letter: 'b' } }],
])('"%s" is understood', (text, reading) => {
  expect(first(text)).toEqual(reading);
});

test('a number may also belong to the name', () => {
  expect(readAddressQuery('Praha 1')).toEqual([
    { words: ['praha'], house: { number: 1, orientation: null, letter: '' } },
    { words: ['praha', '1'], house: null },
  ]);
});

test('nothing to look for gives no reading', () => {
  for (const text of ['', '   ', '12', '118 00', ',,;', '!!!']) expect(readAddressQuery(text)).toEqual([]);
});

test('whatever is typed, only plain words reach the search', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (text) => {
      for (const { words } of readAddressQuery(text)) {
        expect(words.length).toBeLessThanOrEqual(8);
        for (const word of words) expect(word).toMatch(/^[a-z0-9]+$/);
      }
    }),
  );
});

test('plain words have neither diacritics nor signs', () => {
  expect(plainWords('Nám. 28. října – Ústí n/L')).toBe('nam 28 rijna usti n l');
});
