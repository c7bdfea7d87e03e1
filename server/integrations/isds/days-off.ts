// Days off in the Czech Republic (zákon č. 245/2000 Sb.), for the simulator's switch only: no rule of ours is counted here.
import { Temporal } from 'temporal-polyfill';

const fixed: ReadonlySet<string> = new Set([
  '01-01',
  '05-01',
  '05-08',
  '07-05',
  '07-06',
  '09-28',
  '10-28',
  '11-17',
  '12-24',
  '12-25',
  '12-26',
]);

/** The day itself, or the first working day after it. */
export function workingDayFrom(day: Temporal.PlainDate): Temporal.PlainDate {
  return isDayOff(day) ? workingDayFrom(day.add({ days: 1 })) : day;
}

function isDayOff(day: Temporal.PlainDate): boolean {
  const sinceEaster = easterSunday(day.year).until(day).days;
  return day.dayOfWeek > 5 || fixed.has(day.toString().slice(5)) || sinceEaster === -2 || sinceEaster === 1;
}

/** Gregorian calendar, after Meeus, Jones and Butcher. */
function easterSunday(year: number): Temporal.PlainDate {
  const a = year % 19;
  const [b, c] = [Math.floor(year / 100), year % 100];
  const [d, e] = [Math.floor(b / 4), b % 4];
  const g = Math.floor((8 * b + 13) / 25);
  const h = (19 * a + b - d - g + 15) % 30;
  const [i, k] = [Math.floor(c / 4), c % 4];
  const l = (32 + 2 * e + 2 * i - h - k) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const n = h + l - 7 * m + 114;
  return Temporal.PlainDate.from({ year, month: Math.floor(n / 31), day: (n % 31) + 1 });
}
