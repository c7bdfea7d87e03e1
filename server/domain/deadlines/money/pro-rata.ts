// Money by time: a yearly fee by started months or by the state on the last day of each month, and fees by the day. Money in haléře. Pure.
import { Problem } from '../../problem.ts';
import { dayNumber, daysInMonth, readDay, type Day } from '../days/day-number.ts';
import type { LegalDate } from '../types.ts';

export interface Span {
  readonly from: LegalDate;
  /** Last day; open when it lasts. */
  readonly to?: LegalDate;
}

/** @throws Problem `bad-date` */
function dayOf(date: LegalDate): Day {
  const day = readDay(date);
  if (day === undefined) throw new Problem('invalid', 'bad-date', { date });
  return day;
}

/** @throws Problem `bad-date`, `ended-before-begun` */
function bounds({ from, to }: Span): { readonly first: Day; readonly last: Day } {
  const first = dayOf(from);
  const last = to === undefined ? Infinity : dayOf(to);
  if (last < first) throw new Problem('invalid', 'ended-before-begun', { event: 'to', ref: '' });
  return { first, last };
}

/** Months of a year touched by the span, started ones included (ordinances on dogs, § 2 zákona č. 565/1990 Sb.). */
export function startedMonths(year: number, span: Span): number {
  return monthsWhere(year, (first, last, { first: from, last: to }) => from <= last && to >= first, span);
}

/** Months of a year on whose last day the span lasts: who moved in or out pays by that day (waste fee, § 10h zákona č. 565/1990 Sb. ⚠). */
export function monthsByLastDay(year: number, span: Span): number {
  return monthsWhere(year, (_, last, { first: from, last: to }) => from <= last && to >= last, span);
}

function monthsWhere(year: number, counts: (first: Day, last: Day, span: ReturnType<typeof bounds>) => boolean, span: Span): number {
  const known = bounds(span);
  const months = Array.from({ length: 12 }, (_, at) => at + 1);
  return months.filter((month) => counts(dayNumber(year, month, 1), dayNumber(year, month, daysInMonth(year, month)), known)).length;
}

export type Rounding = 'up' | 'nearest' | 'down';

/** A part of a yearly amount, in whole crowns (haléře divisible by 100), rounded up unless said otherwise. */
export function partOfYear(annual: number, months: number, rounding: Rounding = 'up'): number {
  const crowns = (annual * months) / 1200;
  const whole = rounding === 'up' ? Math.ceil(crowns) : rounding === 'down' ? Math.floor(crowns) : Math.round(crowns);
  return whole * 100;
}

/** Days of a span with both ends, a started day is a day (§ 4 zákona č. 565/1990 Sb.). */
export function startedDays(span: Required<Span>): number {
  const { first, last } = bounds(span);
  return last - first + 1;
}

/** Days of a paid stay without the day of arrival (§ 3b zákona č. 565/1990 Sb.). */
export const daysOfStay = (span: Required<Span>): number => startedDays(span) - 1;

/** Units (m², persons) × days × daily rate. @param rate haléře a unit and day */
export const byDays = (units: number, days: number, rate: number): number => Math.ceil(units) * days * rate;
