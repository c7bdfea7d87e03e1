// Podací deník: numbers of one year in their series, and the numbers that are missing from them. Pure.
// § 64 zákona č. 499/2004 Sb., § 8 až 11 vyhlášky č. 259/2012 Sb.: documents are numbered in one uninterrupted series from the beginning of the year.

export interface DocumentNumber {
  readonly series: string;
  readonly order: number;
  readonly year: number;
}

/** `MULO/123/2026`; undefined = not of this shape, so not of our series. */
export function readNumber(number: string): DocumentNumber | undefined {
  const found = /^(.+)\/(\d{1,9})\/(\d{4})$/.exec(number);
  const [, series = '', order = '', year = ''] = found ?? [];
  return found ? { series, order: Number(order), year: Number(year) } : undefined;
}

export interface SeriesState {
  readonly series: string;
  /** The last number that was given. */
  readonly last: number;
}
export interface MissingNumber {
  readonly series: string;
  readonly number: string;
  readonly order: number;
}

/** What was given in the year and stands in no row, in the order of the series and of their numbers. */
export function missingNumbers(year: number, series: readonly SeriesState[], numbers: readonly string[]): readonly MissingNumber[] {
  const present = new Set(numbers);
  return series.flatMap(({ series: name, last }) =>
    Array.from({ length: last }, (_, index) => ({ series: name, order: index + 1, number: `${name}/${index + 1}/${year}` })).filter(
      ({ number }) => !present.has(number),
    ),
  );
}
