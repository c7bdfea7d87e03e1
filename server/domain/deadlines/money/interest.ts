// Interest on late payment, day by day by the rule in force on that day. Money in haléře. Pure; the rates are data in rates.ts.
import { Problem } from '../../problem.ts';
import { civilOf, dayNumber, readDay, writeDay, type Day } from '../days/day-number.ts';
import { publicCalendar } from '../days/working-days.ts';
import type { LegalDate } from '../types.ts';
import { interestRules, ratesKnownUntil, repoRates, type InterestLaw, type InterestRule } from './rates.ts';

export interface InterestPart {
  readonly from: LegalDate;
  readonly to: LegalDate;
  readonly days: number;
  /** Hundredths of a percent a year. */
  readonly rate: number;
  /** Haléře, not rounded. */
  readonly amount: number;
  readonly source: string;
}

export interface Interest {
  /** Haléře rounded up to whole crowns; 0 below the amount that is prescribed at all. */
  readonly amount: number;
  /** Before rounding and before the least amount. */
  readonly exact: number;
  readonly parts: readonly InterestPart[];
  /** The last day lies after the last rate that is known; its rate was used. */
  readonly isEstimate: boolean;
}

/** @throws Problem `bad-date` */
function dayOf(date: LegalDate): Day {
  const day = readDay(date);
  if (day === undefined) throw new Problem('invalid', 'bad-date', { date });
  return day;
}

/** The row in force on a day. @throws Problem `rule-not-in-force` before the first row of this law */
function ruleOn(law: InterestLaw, date: LegalDate): InterestRule {
  const found = interestRules.findLast((rule) => rule.law === law && rule.from <= date);
  if (found === undefined) throw new Problem('invalid', 'rule-not-in-force', { rule: law });
  return found;
}

const halfYearOf = (day: Day): Day => {
  const { year, month } = civilOf(day);
  return dayNumber(year, month <= 6 ? 1 : 7, 1);
};
const repoOn = (day: Day): number => repoRates.findLast(({ from }) => from <= writeDay(day))?.rate ?? 0;

function firstDay(rule: InterestRule, due: Day): Day {
  return rule.begins.unit === 'days' ? due + rule.begins.n : publicCalendar.addWorking(due, rule.begins.n);
}

/**
 * Interest of a debt that was due on one day and paid on another; the day of payment bears interest too.
 * @param owed haléře
 * @throws Problem `bad-date`, `rule-not-in-force`
 */
export function interestOf(law: InterestLaw, owed: number, { due, paid }: { readonly due: LegalDate; readonly paid: LegalDate }): Interest {
  const dueDay = dayOf(due);
  const last = dayOf(paid);
  const first = firstDay(ruleOn(law, writeDay(dueDay + 1)), dueDay);
  const parts: InterestPart[] = [];
  for (let from = first; from <= last;) {
    const rule = ruleOn(law, writeDay(from));
    const to = Math.min(last, endOfPart(law, from, rule));
    const rate = rule.added + repoOn(halfYearOf(rule.halfYear === 'first' ? dueDay + 1 : from));
    const days = to - from + 1;
    parts.push({ from: writeDay(from), to: writeDay(to), days, rate, amount: interestFor(owed, rate, { from, to }), source: rule.source });
    from = to + 1;
  }
  const exact = parts.reduce((sum, { amount }) => sum + amount, 0);
  const { least } = ruleOn(law, writeDay(Math.max(last, dueDay + 1)));
  const rounded = Math.ceil(Math.round(exact * 1e6) / 1e8) * 100;
  return { amount: exact < least ? 0 : rounded, exact, parts, isEstimate: parts.length > 0 && paid > ratesKnownUntil };
}

/** A part ends with the half-year, where each has its own rate, and on the day before another wording of the law. */
function endOfPart(law: InterestLaw, from: Day, rule: InterestRule): Day {
  const next = interestRules.find((other) => other.law === law && other.from > rule.from);
  const byLaw = next === undefined ? Infinity : dayOf(next.from) - 1;
  const { year, month } = civilOf(from);
  const byHalf = month <= 6 ? dayNumber(year, 6, 30) : dayNumber(year, 12, 31);
  return Math.min(byLaw, byHalf);
}

/** A part lies within one half-year, so within one year: its days over the days of that year. */
function interestFor(owed: number, rate: number, { from, to }: { from: Day; to: Day }): number {
  const { year } = civilOf(from);
  const daysOfYear = dayNumber(year + 1, 1, 1) - dayNumber(year, 1, 1);
  return (owed * rate * (to - from + 1)) / (10_000 * daysOfYear);
}
