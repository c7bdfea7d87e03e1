// Calendar dates of forms: kept as YYYY-MM-DD, shown as 27. 3. 1985.
import type { Lang } from './form.ts';

const SHAPE = /^(\d{4})-(\d{2})-(\d{2})$/;
const MONTHS_EN = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

export function isCalendarDate(text: string): boolean {
  const parts = SHAPE.exec(text);
  if (!parts) return false;
  const [year, month, day] = [Number(parts[1]), Number(parts[2]), Number(parts[3])];
  return year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month);
}

/** 27. 3. 1985 (the spaces do not break); in English 27 March 1985. Text that is not a date comes back unchanged. */
export function showDate(text: string, lang: Lang = 'cs'): string {
  const parts = SHAPE.exec(text);
  if (!parts) return text;
  const [year, month, day] = [Number(parts[1]), Number(parts[2]), Number(parts[3])];
  if (lang === 'en') return `${day} ${MONTHS_EN[month - 1] ?? month} ${year}`;
  return `${day}.\u00a0${month}.\u00a0${year}`;
}

function daysIn(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}
