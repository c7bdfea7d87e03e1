// Counting a period of days that may stand still: the stopped days are closed intervals, several of them are united, the rest runs on from the
// next day, and no interruption leaves less than its floor. § 64, 65 a § 71 SŘ, § 17 odst. 5 InfZ, § 34 DŘ.
import type { Day } from '../days/day-number.ts';
import type { StopReason, EventType } from '../reading/vocabulary.ts';
import { note, type Context, type Stretch } from './context.ts';
import { inCalendar, paragraphs, rolledEnd, rolls } from './last-day.ts';

/** One reason for standing still. */
export interface Stop extends Stretch {
  /** Day of the resolution or act; `from` may be earlier (§ 65 odst. 1 SŘ: the day the reason arose). */
  readonly resolved: Day;
  readonly reason: StopReason | EventType;
  readonly number: string | undefined;
  /** Least days from the end of the interruption to the end of the period; 0 where the law knows none. */
  readonly floor: number;
  readonly paragraph: string;
  /** Notes how the end came about. */
  readonly explainEnd?: () => void;
}

export interface Running {
  readonly due: Day | null;
  readonly used: number;
  readonly left: number;
  /** The stops that counted. */
  readonly stops: readonly Stretch[];
}

interface Count {
  /** The last day that was looked at: nothing up to it is left to count. */
  cursor: Day;
  rest: number;
  /** Not before this day. */
  floor: Day;
  /** Days of the extension still to be added, where it is added after the roll. */
  pending: number;
  readonly counted: Stretch[];
}

/** @param stops by the day they begin */
export function runWithStops(
  context: Context,
  period: { readonly start: Day; readonly length: number; readonly afterRoll?: number },
  stops: readonly Stop[],
): Running {
  const count: Count = { cursor: period.start, rest: period.length, floor: -Infinity, pending: period.afterRoll ?? 0, counted: [] };
  const total = period.length + (period.afterRoll ?? 0);
  const left = (): number => count.rest + count.pending;
  const moves = rolls(context);
  for (const stop of stops) {
    while (stop.from > endOf(context, count, moves) && count.pending > 0) takePending(context, count, moves);
    const end = endOf(context, count, moves);
    if (stop.from > end) {
      note(context, stop.from, stop.paragraph, (p) => p.tooLateToStop(stop.from, end));
      continue;
    }
    enter(context, count, stop, total);
    if (stop.to === null) {
      const [used, rest] = [total - left(), left()];
      note(context, null, stop.paragraph, (p) => p.standsStill(used, rest));
      return { due: null, used, left: rest, stops: count.counted };
    }
    leave(context, count, stop, stop.to);
  }
  while (count.pending > 0) takePending(context, count, moves);
  return { due: rolledEnd(context, lastDay(count)), used: total, left: 0, stops: count.counted };
}

/** Where the period would end if nothing more happened: at least one day after a stop, for it cannot end on a day that stands still. */
const lastDay = ({ cursor, rest, floor }: Count): Day => inCalendar(Math.max(cursor + Math.max(rest, 1), floor));
const endOf = ({ calendar }: Context, count: Count, moves: boolean): Day => (moves ? calendar.roll(lastDay(count)) : lastDay(count));

function takePending(context: Context, count: Count, moves: boolean): void {
  const from = endOf(context, count, moves);
  const days = count.pending;
  note(context, from, paragraphs[context.rule.law].roll, (p) => p.extensionAfterRoll(days, from));
  count.cursor = from;
  count.rest = days;
  count.pending = 0;
}

function enter(context: Context, count: Count, stop: Stop, total: number): void {
  const { from, resolved, reason, number } = stop;
  if (from <= count.cursor && count.counted.length > 0) {
    note(context, from, stop.paragraph, (p) => p.stoppedAlready(from));
  } else {
    const ran = Math.min(count.rest, from - 1 - count.cursor);
    if (ran > 0) count.rest -= ran;
    const left = count.rest + count.pending;
    note(context, from, stop.paragraph, (p) => p.stopped({ day: from, resolved, reason, number }, total - left, left));
  }
  count.counted.push({ from, to: stop.to });
  count.cursor = Math.max(count.cursor, from - 1);
}

function leave(context: Context, count: Count, stop: Stop, to: Day): void {
  stop.explainEnd?.();
  const lastStopped = context.switches.resumption_day === 'counted' ? to - 1 : to;
  count.cursor = Math.max(count.cursor, lastStopped);
  const left = count.rest + count.pending;
  const isCounted = context.switches.resumption_day === 'counted';
  note(context, to, stop.paragraph, (p) => p.resumed(to, left, isCounted));
  if (stop.floor === 0) return;
  const floor = to + stop.floor;
  const felt = floor > lastDay(count);
  count.floor = Math.max(count.floor, floor);
  note(context, floor, '§ 65 odst. 1 SŘ', (p) => (felt ? p.floor(stop.floor, to, floor) : p.floorUnfelt(stop.floor, to, floor)));
}
