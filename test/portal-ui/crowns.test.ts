// Amounts as people write them.
import { expect, test } from 'vitest';
import { crownsToHalere } from '../../portal-ui/crowns.ts';

test.each([
  ['1500', 150_000],
  ['1 500,50', 150_050],
  ['1\u00a0500,5 Kč', 150_050],
  ['1500.05', 150_005],
  ['500,-', 50_000],
  ['0,01', 1],
  ['0001', 100],
  ['9999999,99', 999_999_999],
])('%j is %i haléřů', (text, amount) => {
  expect(crownsToHalere(text)).toBe(amount);
});

test.each(['', '0', '0,00', '-5', '1e3', '1,234', '12 345 678', 'tisíc', '1.500,00', '5 €'])('%j is no amount', (text) => {
  expect(crownsToHalere(text)).toBeNull();
});
