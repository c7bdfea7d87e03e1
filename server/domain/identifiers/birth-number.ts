// Rodné číslo (§ 13 zákona č. 133/2000 Sb.). Checked where a person types it; never a key, never stored by us.

export interface BirthNumber {
  /** Ten digits, or nine for births before 1954, without the slash. */
  readonly digits: string;
  /** `1971-03-19` */
  readonly birthDate: string;
  readonly sex: 'woman' | 'man';
}

const NINE_DIGITS_UNTIL = 54;
const SERIES_EXHAUSTED_FROM = 2004;
/** Until 1985 a number whose first nine digits leave 10 was issued with a zero at its end. */
const EXCEPTION_UNTIL = 1985;

/** Undefined when the digits, their sum or the day of birth cannot be. */
export function birthNumber(text: string): BirthNumber | undefined {
  const [, head = '', tail = ''] = /^\s*(\d{6})\s*\/?\s*(\d{3,4})\s*$/.exec(text) ?? [];
  if (head === '') return undefined;
  const digits = head + tail;
  const year = fullYear(Number(head.slice(0, 2)), tail.length);
  const { month, sex } = monthAndSex(Number(head.slice(2, 4)), year);
  const birthDate = `${year}-${two(month)}-${head.slice(4, 6)}`;
  if (year === 0 || !isDay(birthDate)) return undefined;
  return tail.length === 3 || isDivisible(digits, year) ? { digits, birthDate, sex } : undefined;
}

/** Nine digits: 1880 to 1953; ten digits: 1954 to 2053. 0 = nobody was born then with such a number. */
function fullYear(short: number, tail: number): number {
  if (tail === 3) return short >= NINE_DIGITS_UNTIL ? (short >= 80 ? 1800 + short : 0) : 1900 + short;
  return short >= NINE_DIGITS_UNTIL ? 1900 + short : 2000 + short;
}

/** Women +50; from 2004, when a day's series is used up, +20 for men and +70 for women. */
function monthAndSex(coded: number, year: number): { readonly month: number; readonly sex: 'woman' | 'man' } {
  const sex = coded > 50 ? 'woman' : 'man';
  const rest = sex === 'woman' ? coded - 50 : coded;
  return { month: rest > 20 && year >= SERIES_EXHAUSTED_FROM ? rest - 20 : rest, sex };
}

function isDivisible(digits: string, year: number): boolean {
  if (Number(digits) % 11 === 0) return true;
  return year <= EXCEPTION_UNTIL && Number(digits.slice(0, 9)) % 11 === 10 && digits.endsWith('0');
}

function isDay(date: string): boolean {
  const at = new Date(`${date}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(date);
}

const two = (value: number): string => String(value).padStart(2, '0');
