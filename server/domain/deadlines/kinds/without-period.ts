// What is counted without a period that runs: the notice of an assembly (backwards), the months of a dog fee, and a single day of the calendar.
import { Problem } from '../../problem.ts';
import { actOf, stateOf } from '../counting/acts.ts';
import { note, notBegun, type Context, type Outcome } from '../counting/context.ts';
import { inCalendar } from '../counting/last-day.ts';
import { addMonths, civilOf, dayNumber, type Day } from '../days/day-number.ts';
import { holidayName } from '../days/working-days.ts';
import { isBefore } from '../reading/read-date.ts';
import { firstOf } from '../reading/read-trace.ts';
import { requireStart } from './plain.ts';

/** § 5 zákona č. 84/1990 Sb.: at least 5 days and at most 6 months before. `due` is the latest day. */
export function assemblyNotice(context: Context): Outcome {
  const { calendar, switches } = context;
  const { day } = requireStart(context);
  const { length, other, paragraph } = context.versionFor(day);
  const months = other?.length ?? 0;
  const earliest = inCalendar(addMonths(day, -months));
  const back = day - length - (switches.assembly_days === 'clear_days' ? 1 : 0);
  const latest = inCalendar(switches.assembly_back_roll === 'yes' ? calendar.rollBack(back) : back);
  note(context, earliest, paragraph, (p) => p.noticeFrom(months, day, earliest));
  note(context, back, paragraph, (p) => p.noticeBy(length, day, back));
  if (latest !== back) note(context, latest, paragraph, (p) => p.backRolled(back, latest));
  const act = actOf(context);
  const onTime = act === undefined ? null : act.day >= earliest && act.day <= latest;
  if (act !== undefined)
    note(context, act.day, paragraph, (p) => (act.day <= latest ? p.onTime(act.type, act.day) : p.late(act.type, act.day, latest)));
  return { ...notBegun(), due: latest, state: stateOf(context, 'running'), latest, earliest, onTime };
}

/** § 2 zákona č. 565/1990 Sb. and the town's ordinance: months in which a dog older than 3 months was held, started ones included. */
export function dogFee(context: Context): Outcome {
  const from = requireStart(context);
  const { annual, year = civilOf(from.day).year } = from;
  if (annual === undefined) throw new Problem('invalid', 'missing-field', { event: from.type, field: 'annual' });
  const born = firstOf(context.trace, 'born');
  const to = firstOf(context.trace, 'held_to');
  if (to !== undefined && isBefore(to, from)) throw new Problem('invalid', 'ended-before-begun', { event: to.type });
  if (born !== undefined && isBefore(from, born)) throw new Problem('invalid', 'held-before-born');
  const { paragraph } = context.versionFor(from.day);
  const first = Math.max(from.day, dayNumber(year, 1, 1), born === undefined ? -Infinity : paidSince(context, born.day, paragraph));
  const last = Math.min(dayNumber(year, 12, 31), to?.day ?? Infinity);
  const isCharged = to === undefined || civilOf(to.day).year > year || context.switches.dog_end_month === 'charged';
  const months = first > last ? 0 : Math.max(0, civilOf(last).month - civilOf(first).month + (isCharged ? 1 : 0));
  note(context, months === 0 ? null : first, paragraph, (p) => (months === 0 ? p.noMonths(year) : p.chargedMonths(months, first, last)));
  const amount = rounded(context, annual, months);
  note(context, null, paragraph, (p) => p.amount(annual, months, amount));
  return { ...notBegun(), state: 'ended', months, amount };
}

function paidSince(context: Context, born: Day, paragraph: string): Day {
  const reached = addMonths(born, 3);
  note(context, reached, paragraph, (p) => p.olderThanThreeMonths(reached));
  return context.switches.dog_age === 'day_after' ? reached + 1 : reached;
}

/** Whole crowns. Counted in haléře, so that no fraction of a crown is lost to binary numbers. */
function rounded({ switches }: Context, annual: number, months: number): number {
  const crowns = (Math.round(annual * 100) * months) / 1200;
  if (switches.amount_rounding === 'nearest') return Math.round(crowns);
  return switches.amount_rounding === 'down' ? Math.floor(crowns) : Math.ceil(crowns);
}

export function calendarDay(context: Context): Outcome {
  const { day } = requireStart(context);
  const { paragraph } = context.versionFor(day);
  const working = context.calendar.isWorking(day);
  const due = context.calendar.roll(day);
  note(context, due, paragraph, (p) => (working ? p.workingDay(day) : p.dayOff(day, holidayName(day), due)));
  return { ...notBegun(), due, state: 'ended', working };
}
