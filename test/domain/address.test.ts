// An address on one line, with and without a street.
import { expect, test } from 'vitest';
import { addressLine, addressLines, type AddressParts } from '../../server/domain/address.ts';

test.each<[string, AddressParts | null, string | null]>([
  [
    'street, both numbers, post code in two parts',
    { street: 'Školní', houseNumber: '214', orientationNumber: '7', city: 'Lipová nad Orlicí', postCode: '56299' },
    'Školní 214/7, 562 99 Lipová nad Orlicí',
  ],
  [
    'a part of the town stands for a missing street',
    { cityPart: 'Dolní Lipová', houseNumber: '12', city: 'Lipová nad Orlicí', postCode: '562 99' },
    'Dolní Lipová 12, 562 99 Lipová nad Orlicí',
  ],
  [
    'a foreign post code stays as it is',
    { street: 'Hauptstraße', houseNumber: '1', city: 'Linz', postCode: '4020' },
    'Hauptstraße 1, 4020 Linz',
  ],
  ['nothing known', {}, null],
  ['no address', null, null],
])('%s', (_name, address, expected) => {
  expect(addressLine(address)).toBe(expected);
});

test('on an envelope each part has its line; the part of the municipality stands between the street and the post code', () => {
  expect(
    addressLines({ street: 'U Mlýna', houseNumber: '12', cityPart: 'Dolní Lipová', city: 'Lipová nad Orlicí', postCode: '56299' }),
  ).toEqual(['U Mlýna 12', 'Dolní Lipová', '562 99 Lipová nad Orlicí']);
  expect(addressLines({ houseNumber: '3', cityPart: 'Lhota', city: 'Lhota' })).toEqual(['Lhota 3', 'Lhota']);
  expect([addressLines(null), addressLines({})]).toEqual([[], []]);
});
