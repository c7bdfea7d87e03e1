import { expect, test } from 'vitest';
import { missingNumbers, readNumber } from '../../server/domain/filing-journal.ts';

test('a number of ours is read from its end: a series may have a stroke in it', () => {
  expect(readNumber('MULO/12/2026')).toEqual({ series: 'MULO', order: 12, year: 2026 });
  expect(readNumber('MULO/OVV/3/2026')).toEqual({ series: 'MULO/OVV', order: 3, year: 2026 });
  for (const other of ['MULO-12-2026', 'čeká na číslo', '12/2026', '']) expect(readNumber(other)).toBeUndefined();
});

test('a missing number is one that was given in this year’s series and that no row has, the last one too', () => {
  const series = [
    { series: 'DOT', last: 2 },
    { series: 'MULO', last: 4 },
  ];
  const gaps = missingNumbers(2026, series, ['MULO/1/2026', 'MULO/3/2026', 'DOT/1/2026', 'DOT/2/2026', 'MULO/2/2025']);
  expect(gaps.map(({ number }) => number)).toEqual(['MULO/2/2026', 'MULO/4/2026']);
  expect(missingNumbers(2026, [], ['MULO/1/2026'])).toEqual([]);
});
