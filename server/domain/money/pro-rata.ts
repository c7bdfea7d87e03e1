// A yearly fee that is owed for a part of the year, or by different rates in its parts. Pure; whole haléře, legal days.
import type { LegalDate } from '../calendar.ts';
import { civilOf, dayNumber, daysInMonth, readDay, writeDay } from '../deadlines/days/day-number.ts';

/**
 * Which months of the year are owed.
 * `started-months`: a month once begun counts whole, by what held on its first owed day (ordinances on dogs under § 14 odst. 3 zákona č. 565/1990 Sb.; § 2 odst. 4: a dog
 * that moves is paid for elsewhere from the next month).
 * `month-end`: a month counts by what holds on its last day (§ 10h a § 10k zákona č. 565/1990 Sb., municipal waste).
 * `whole-year`: whoever owes on any day of it owes all of it, by what held first.
 */
export type ProRataRule = 'started-months' | 'month-end' | 'whole-year';
/** `up`: § 146 odst. 1 zákona č. 280/2009 Sb.; whole crowns in all of them but `none`. */
export type Rounding = 'up' | 'down' | 'nearest' | 'none';

/** What was said about a duty: from `since` on this basis holds; null = from that day there is no duty. Said later overrides from its day on. */
export interface DutyWord<Basis> {
  readonly since: LegalDate;
  readonly basis: Basis | null;
}
export interface Span<Basis> {
  readonly from: LegalDate;
  /** Last day; null = still holds. */
  readonly to: LegalDate | null;
  readonly basis: Basis;
}
/** Months one after another under the same basis. */
export interface YearPart<Basis> {
  /** 1 to 12, both included. */
  readonly firstMonth: number;
  readonly lastMonth: number;
  readonly months: number;
  readonly basis: Basis;
}

/** The words in the order in which they were said become spans in the order of days. @throws RangeError for what is no day */
export function timeline<Basis>(words: readonly DutyWord<Basis>[]): readonly Span<Basis>[] {
  let spans: readonly Span<Basis>[] = [];
  for (const { since, basis } of words) {
    const before = dayBefore(since);
    spans = spans.filter(({ from }) => from < since).map((span) => (span.to === null || span.to > before ? { ...span, to: before } : span));
    if (basis !== null) spans = [...spans, { from: since, to: null, basis }];
  }
  return spans;
}

/** The day whose facts (age, price of the year) are decisive: the first owed day of the year; undefined when nothing is owed in it. */
export function decisiveDay(spans: readonly Span<unknown>[], year: number): LegalDate | undefined {
  const [first, last] = [`${year}-01-01`, `${year}-12-31`];
  const from = spans.find((span) => span.from <= last && (span.to === null || span.to >= first))?.from;
  return from === undefined ? undefined : from < first ? first : from;
}

/** The owed parts of the year, in order. Neighbouring months with an equal basis (as JSON) are one part. */
export function yearParts<Basis>(rule: ProRataRule, spans: readonly Span<Basis>[], year: number): readonly YearPart<Basis>[] {
  const parts: YearPart<Basis>[] = [];
  for (let month = 1; month <= 12; month += 1) {
    const basis = basisOfMonth(rule, spans, year, month);
    if (basis === undefined) continue;
    const last = parts.at(-1);
    if (last && last.lastMonth === month - 1 && JSON.stringify(last.basis) === JSON.stringify(basis))
      parts[parts.length - 1] = { ...last, lastMonth: month, months: last.months + 1 };
    else parts.push({ firstMonth: month, lastMonth: month, months: 1, basis });
  }
  return parts;
}

function basisOfMonth<Basis>(rule: ProRataRule, spans: readonly Span<Basis>[], year: number, month: number): Basis | undefined {
  const lastDay = writeDay(dayNumber(year, month, daysInMonth(year, month)));
  const within = (first: LegalDate, last: LegalDate) => spans.find((span) => span.from <= last && (span.to === null || span.to >= first));
  switch (rule) {
    case 'started-months':
      return within(writeDay(dayNumber(year, month, 1)), lastDay)?.basis;
    case 'month-end':
      return within(lastDay, lastDay)?.basis;
    case 'whole-year':
      return within(`${year}-01-01`, `${year}-12-31`)?.basis;
    default:
      return rule satisfies never;
  }
}

export interface Share {
  readonly months: number;
  /** Yearly rate, haléře. */
  readonly yearly: number;
}

/** What the year comes to, rounded once at its end, and what of it falls on each part: the parts add up to the whole and none is negative. */
export function yearAmount(shares: readonly Share[], rounding: Rounding): { readonly amount: number; readonly parts: readonly number[] } {
  let twelfths = 0;
  let before = 0;
  const parts: number[] = [];
  for (const { months, yearly } of shares) {
    if (!Number.isSafeInteger(yearly) || yearly < 0) throw new RangeError('a yearly rate is a whole number of haléře');
    twelfths += months * yearly;
    const until = rounded(twelfths, rounding);
    parts.push(until - before);
    before = until;
  }
  return { amount: before, parts };
}

/** Twelfths of a haléř to haléře. Whole numbers all the way: a half must not depend on how a fraction is kept. */
function rounded(twelfths: number, rounding: Rounding): number {
  const unit = rounding === 'none' ? 12 : 1_200;
  const rest = twelfths % unit;
  const whole = ((twelfths - rest) / unit) * (unit / 12);
  const step = unit / 12;
  switch (rounding) {
    case 'up':
      return whole + (rest > 0 ? step : 0);
    case 'down':
      return whole;
    case 'nearest':
    case 'none':
      return whole + (rest * 2 >= unit ? step : 0);
    default:
      return rounding satisfies never;
  }
}

export function dayBefore(date: LegalDate): LegalDate {
  const day = readDay(date);
  if (day === undefined) throw new RangeError(`no such day: ${date}`);
  return writeDay(day - 1);
}

export function dayAfter(date: LegalDate): LegalDate {
  const day = readDay(date);
  if (day === undefined) throw new RangeError(`no such day: ${date}`);
  return writeDay(day + 1);
}

export const yearOf = (date: LegalDate): number => civilOf(readDay(date) ?? 0).year;
