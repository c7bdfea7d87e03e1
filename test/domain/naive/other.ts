// Rules that are not about days alone: assemblies, dogs, the calendar itself.
import { Impossible, isWorking, type Day } from './calendar.ts';
import { inOrder, wholeNumber, type Answer, type Events } from './events.ts';
import { daysBefore, isBefore, later, monthsAfter, monthsBefore, rolled, sooner } from './period.ts';
import { dayInPrague } from './prague.ts';

/** § 5/1 of 84/1990: at least 5 days before the assembly, at most 6 months. */
export function assemblyNotice(events: Events): Answer {
  const assembly = events.needed('assembly');
  const latest = daysBefore(assembly, 5).iso;
  return { due: latest, latest, earliest: monthsBefore(assembly, 6).iso };
}

/** § 16/2 of 565/1990 and the ordinance: every started month costs a twelfth, from the day the dog is three months old (§ 2). */
export function dogFee(events: Events): Answer {
  const held = events.one('held_from');
  const from = events.needed('held_from');
  const to = events.day('held_to');
  const born = events.day('born');
  inOrder(from, to);
  const annual = wholeNumber(held?.['annual'], 0);
  const year = held?.['year'] === undefined ? from.year : wholeNumber(held['year'], 1990);
  const first = later(later(from, born ? monthsAfter(born, 3) : from), dayInPrague(`${year}-01-01`));
  const last = to ? sooner(to, dayInPrague(`${year}-12-31`)) : dayInPrague(`${year}-12-31`);
  const months = startedMonths(first, last);
  return { due: null, months, amount: Math.ceil((annual * months) / 12) };
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
