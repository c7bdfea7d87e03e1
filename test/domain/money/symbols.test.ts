// Variable symbols: every slip of the hand in a symbol of ours is seen, and the slip leads back to the symbol that was meant.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkDigit, isWellFormed, slipsOf, symbolOf, symbolPrefix, symbolsIn } from '../../../server/domain/money/symbols.ts';
import { feeKinds, kindOfItem, regimeOf } from '../../../server/domain/money/kinds.ts';

const prefixes = Object.values(feeKinds).map(({ prefix }) => prefix);
const symbols = fc
  .tuple(fc.constantFrom(...prefixes), fc.integer({ min: 1, max: 9_999_999 }))
  .map(([prefix, serial]) => symbolOf(prefix, serial));

test('a known value of Damm’s algorithm', () => {
  expect(checkDigit('572')).toBe(4);
  expect(checkDigit('5724')).toBe(0);
});

test('a symbol has ten digits and is well formed; a series ends where its digits do', () => {
  fc.assert(fc.property(symbols, (symbol) => /^[78]\d{9}$/.test(symbol) && isWellFormed(symbol)));
  expect(() => symbolOf('71', 10_000_000)).toThrow(RangeError);
});

test('any wrong digit and any swap of neighbours is seen', () => {
  fc.assert(
    fc.property(symbols, fc.nat(9), fc.integer({ min: 1, max: 9 }), (symbol, place, shift) => {
      const wrong = `${symbol.slice(0, place)}${(Number(symbol[place]) + shift) % 10}${symbol.slice(place + 1)}`;
      const next = place === 9 ? 8 : place;
      const swapped = `${symbol.slice(0, next)}${symbol[next + 1]}${symbol[next]}${symbol.slice(next + 2)}`;
      return (
        (!isWellFormed(wrong) || /^(13|21|99)/.test(wrong)) && (swapped === symbol || !isWellFormed(swapped) || /^(13|21|99)/.test(swapped))
      );
    }),
  );
});

test('from a slip that leaves its length the meant symbol is among the candidates', () => {
  fc.assert(
    fc.property(symbols, fc.nat(8), fc.nat(9), (symbol, place, digit) => {
      const swapped = `${symbol.slice(0, place)}${symbol[place + 1]}${symbol[place]}${symbol.slice(place + 2)}`;
      const wrong = `${symbol.slice(0, place)}${digit}${symbol.slice(place + 1)}`;
      const short = symbol.slice(0, place + 1) + symbol.slice(place + 2);
      return [swapped, wrong, short].every((typed) => typed === symbol || typed.startsWith('0') || slipsOf(typed).includes(symbol));
    }),
  );
});

describe('in a message', () => {
  test('a symbol is found with spaces, without them, and with leading zeros', () => {
    const symbol = symbolOf('71', 12);
    for (const text of [`za psa VS ${symbol}, děkuji`, `vs:${symbol.slice(0, 4)} ${symbol.slice(4, 7)} ${symbol.slice(7)}`, `0${symbol}`])
      expect(symbolsIn(text)).toContain(symbol);
  });
  test('a telephone number and an account are not symbols unless they happen to check', () => {
    expect(symbolsIn('volejte 777123456')).toEqual([]);
  });
});

test('symbols of the old form stay valid, and no new one looks like them', () => {
  expect(isWellFormed('1341000001')).toBe(true);
  expect(prefixes.every((prefix) => /^[78]/.test(prefix))).toBe(true);
  expect(new Set(prefixes).size).toBe(prefixes.length);
});

test('kinds: what no table names shares a series, an item of the budget says the kind, a fine goes by the administrative code', () => {
  expect(symbolPrefix('neznamy')).toBe('89');
  expect([kindOfItem('1341'), kindOfItem('0000'), kindOfItem(undefined)]).toEqual(['pes', 'poplatek', 'poplatek']);
  expect([regimeOf('pokuta'), regimeOf('pes'), regimeOf('neznamy')]).toEqual(['sr', 'dr', 'dr']);
});
