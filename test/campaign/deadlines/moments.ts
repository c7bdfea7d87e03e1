// Dates for random traces: anywhere in the calendar, but mostly where a deadline can go wrong. A trace keeps to offsets in days from its first day.
import type { Dice } from './dice.ts';

const dayMilliseconds = 86_400_000;

type Span = readonly [number, number, number];

/** [month, day, how many days]: ends of year, Easter, May, July, ends of months, changes of the clock, autumn holidays. */
const crowded: readonly [Span, ...Span[]] = [
  [11, 15, 60],
  [2, 1, 45],
  [3, 1, 60],
  [4, 20, 20],
  [6, 1, 40],
  [1, 25, 10],
  [8, 20, 15],
  [10, 1, 60],
];

export type Calendar = {
  /** A date or a moment so many days after the first day of the trace. */
  at(offset: number): string;
  year: number;
};

export function calendar(dice: Dice): Calendar {
  const year = dice.chance(0.7) ? dice.between(2014, 2034) : dice.between(1990, 2085);
  const [month, day, span] = dice.one(crowded);
  const first = dice.chance(0.6) ? Date.UTC(year, month - 1, day + dice.below(span)) : Date.UTC(year, 0, 1 + dice.below(365));
  return { at: (offset) => written(dice, new Date(first + offset * dayMilliseconds).toISOString().slice(0, 10)), year };
}

function written(dice: Dice, day: string): string {
  if (!dice.chance(0.12)) return day;
  const time = dice.one(['00:00:00', '00:30:00', '02:30:00', '12:00:00', '21:59:59', '22:00:00', '22:59:00', '23:00:00', '23:59:59.999']);
  return `${day}T${time}${dice.one(['Z', 'Z', '+01:00', '+02:00', '-05:00', '+05:30'])}`;
}
