// Rules that are not about days alone: assemblies, dogs, the calendar itself.
import { after, before, Impossible, isWorking, type Day } from './calendar.ts';
import { inOrder, wholeNumber, type Answer, type Events } from './events.ts';
import { daysBefore, isBefore, later, monthsAfter, monthsBefore, rolled, sooner } from './period.ts';
import { dayInPrague } from './prague.ts';

/** § 5/1 of 84/1990: at least 5 days before the assembly, at most 6 months. */
export function assemblyNotice(events: Events): Answer {
  const assembly = events.needed('assembly');
  const back = daysBefore(assembly, events.reads('assembly_days', 'clear_days') ? 6 : 5);
  const latest = (events.reads('assembly_back_roll', 'yes') ? rolledBack(back) : back).iso;
  return { due: latest, latest, earliest: monthsBefore(assembly, 6).iso };
}

function rolledBack(day: Day): Day {
  let found = day;
  while (!isWorking(found)) found = before(found);
  return found;
}

/** § 16/2 of 565/1990 and the ordinance: every started month costs a twelfth, from the day the dog is three months old (§ 2). */
export function dogFee(events: Events): Answer {
  const held = events.one('held_from');
  const from = events.needed('held_from');
  const to = events.day('held_to');
  const born = events.day('born');
  inOrder(events.one('born'), events.one('held_from'), events.one('held_to'));
  const annual = wholeNumber(held?.['annual'], 0);
  const year = held?.['year'] === undefined ? from.year : wholeNumber(held['year'], 1900);
  if (year < from.year) return { due: null, months: 0, amount: 0 };
  const first = later(later(from, born ? oldEnough(events, born) : from), dayInPrague(`${year}-01-01`));
  const ends = to && events.reads('dog_end_month', 'not_charged') ? endOfMonthBefore(to) : to;
  const last = ends ? sooner(ends, dayInPrague(`${year}-12-31`)) : dayInPrague(`${year}-12-31`);
  const months = startedMonths(first, last);
  return { due: null, months, amount: rounded(events, annual * months) };
}

function oldEnough(events: Events, born: Day): Day {
  const reached = monthsAfter(born, 3);
  return events.reads('dog_age', 'day_after') ? after(reached) : reached;
}

function endOfMonthBefore(to: Day): Day {
  let day = to;
  while (day.month === to.month) day = before(day);
  return day;
}

function rounded(events: Events, twelfths: number): number {
  if (events.reads('amount_rounding', 'down')) return Math.floor(twelfths / 12);
  return events.reads('amount_rounding', 'nearest') ? Math.round(twelfths / 12) : Math.ceil(twelfths / 12);
}

function startedMonths(first: Day, last: Day): number {
  if (isBefore(last, first)) return 0;
  let count = 1;
  for (let day = first; day !== last;) {
    if (day.next === undefined) throw new Impossible('the calendar ends');
    day = day.next;
    if (day.date === 1) count += 1;
  }
  return count;
}

export function calendarDay(events: Events): Answer {
  const day = events.needed('day');
  return { due: rolled(day).iso, working: isWorking(day) };
}
