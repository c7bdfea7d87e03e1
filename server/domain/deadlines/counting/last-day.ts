// The last day of a period without stops: adding its length to the day of the event, and the roll to a working day. § 40 SŘ and § 33 DŘ.
import { Problem } from '../../problem.ts';
import { addMonths, type Day } from '../days/day-number.ts';
import { FIRST_DAY, holidayName, LAST_DAY } from '../days/working-days.ts';
import type { EventType } from '../reading/vocabulary.ts';
import type { CountingLaw } from '../rules/rule.ts';
import type { LengthUnit } from '../words/phrases.ts';
import { note, type Context } from './context.ts';

export interface Length {
  readonly n: number;
  readonly unit: LengthUnit;
}

interface Paragraphs {
  readonly days: string;
  readonly months: string;
  readonly roll: string;
}
export const paragraphs: Readonly<Record<CountingLaw, Paragraphs>> = {
  sr: { days: '§ 40 odst. 1 písm. a) SŘ', months: '§ 40 odst. 1 písm. a) a b) SŘ', roll: '§ 40 odst. 1 písm. c) SŘ' },
  dr: { days: '§ 33 odst. 2 DŘ', months: '§ 33 odst. 1 DŘ', roll: '§ 33 odst. 4 DŘ' },
};

/** Adds lengths one after another; neighbours of the same kind count as one (two months are two months, not twice a month's end). */
export function addLengths(law: CountingLaw, event: Day, lengths: readonly Length[]): Day {
  let end = event;
  let days = 0;
  let months = 0;
  const settle = (): void => {
    end = months === 0 ? end + days : addMonths(end, months) + days;
    days = 0;
    months = 0;
  };
  // § 33 odst. 1 DŘ: weeks, months and years run from the day after the event and end on the day named like it.
  let runsFromNext = law === 'dr';
  lengths.forEach(({ n, unit }) => {
    const ofMonths = unit === 'months' || unit === 'years';
    if (ofMonths ? days > 0 : months > 0) settle();
    if (runsFromNext && unit !== 'days') {
      end += 1;
      runsFromNext = false;
    }
    if (ofMonths) months += unit === 'years' ? 12 * n : n;
    else days += unit === 'weeks' ? 7 * n : n;
  });
  settle();
  return inCalendar(end);
}

/** @throws Problem `date-out-of-range` */
export function inCalendar(day: Day): Day {
  if (day < FIRST_DAY || day > LAST_DAY) throw new Problem('invalid', 'end-out-of-range');
  return day;
}

/** Notes how the period runs. */
export function noteRun(
  context: Context,
  { n, unit }: Length,
  start: { event: EventType | 'delivery'; day: Day },
  paragraph: string,
): void {
  const { law } = context.rule;
  const fromNext = law === 'dr' && unit !== 'days' && unit !== 'working-days';
  const counting = unit === 'days' || unit === 'working-days' ? paragraphs[law].days : paragraphs[law].months;
  note(context, start.day, `${paragraph}, ${counting}`, (p) =>
    fromNext ? p.runsFromNext(n, unit, start.event, start.day) : p.runs(n, unit, start.event, start.day),
  );
}

export const rolls = ({ rule, switches }: Context): boolean => rule.roll === 'yes' || (rule.roll !== 'no' && switches[rule.roll] === 'yes');

/** The last day after the roll, where this rule rolls; notes the step. */
export function rolledEnd(context: Context, end: Day): Day {
  const { calendar, rule } = context;
  const source = paragraphs[rule.law].roll;
  inCalendar(end);
  if (calendar.isWorking(end)) {
    note(context, end, paragraphs[rule.law].days, (p) => p.ends(end));
    return end;
  }
  if (!rolls(context)) {
    note(context, end, source, (p) => p.notRolled(end));
    return end;
  }
  const to = calendar.roll(end);
  note(context, to, source, (p) => p.rolled(end, holidayName(end), to));
  return to;
}
