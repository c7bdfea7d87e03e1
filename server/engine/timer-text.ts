// ISO 8601 texts of timers: durations, dates and repetitions. Calendar arithmetic in Czech time; a date without offset is Czech time.
import { Temporal } from 'temporal-polyfill';
import type { Instant } from './types.ts';

const ZONE = 'Europe/Prague';
const CYCLE = /^R(\d*)\/(?:([^P/][^/]*)\/)?(P[^/]+)$/;

/** `left`: how many times more it fires after this one; `undefined` = without end. */
export interface Due {
  readonly at: Instant;
  readonly left?: number;
  readonly every?: string;
}

export function isTimerText(kind: 'duration' | 'date' | 'cycle', text: string): boolean {
  try {
    dueOf(kind, text, '2026-01-01T00:00:00.000Z');
    return true;
  } catch {
    // Temporal answers only by throwing; the question here is yes or no.
    return false;
  }
}

/** When a timer armed at `from` is due. Throws RangeError when the text is not ISO 8601. */
export function dueOf(kind: 'duration' | 'date' | 'cycle', text: string, from: Instant): Due {
  if (kind === 'duration') return { at: addDuration(from, text) };
  if (kind === 'date') return { at: instantOf(text) };
  const [, times, start, every] = CYCLE.exec(text) ?? [];
  if (every === undefined || times === '0') throw new RangeError('not a repetition');
  const at = start === undefined ? addDuration(from, every) : instantOf(start);
  if (addDuration(from, every) <= from) throw new RangeError('a repetition must move forward');
  return { at, every, ...(times ? { left: Number(times) - 1 } : {}) };
}

/** The next occurrence after `now`; what was missed meanwhile is left out, not made up for. */
export function nextAfter(due: Instant, every: string, left: number | undefined, now: Instant): Due | undefined {
  let at = due;
  let remaining = left;
  do {
    if (remaining === 0) return undefined;
    at = addDuration(at, every);
    if (remaining !== undefined) remaining -= 1;
  } while (at <= now);
  return { at, every, ...(remaining === undefined ? {} : { left: remaining }) };
}

/** Years to days by the calendar, hours and less by the clock, in Czech time. */
export function addDuration(from: Instant, duration: string): Instant {
  const zoned = Temporal.Instant.from(from).toZonedDateTimeISO(ZONE).add(Temporal.Duration.from(duration));
  return asInstant(zoned.toInstant());
}

/** Date (start of the day), local time or time with offset, to an instant. */
function instantOf(text: string): Instant {
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return asInstant(Temporal.PlainDate.from(text).toZonedDateTime(ZONE).toInstant());
  if (/(Z|[+-]\d{2}:?\d{2})$/.test(text)) return asInstant(Temporal.Instant.from(text));
  return asInstant(Temporal.PlainDateTime.from(text).toZonedDateTime(ZONE).toInstant());
}

/** The Czech calendar day of an instant, YYYY-MM-DD. */
export function dayOf(instant: Instant): string {
  return Temporal.Instant.from(instant).toZonedDateTimeISO(ZONE).toPlainDate().toString();
}

/** The same instant in the one notation that sorts as text. Throws RangeError outside the years 0 to 9999. */
export function instantText(text: string): Instant {
  return asInstant(Temporal.Instant.from(text));
}

function asInstant(instant: Temporal.Instant): Instant {
  const text = instant.toString({ fractionalSecondDigits: 3 });
  if (!/^\d{4}-/.test(text)) throw new RangeError('years have four digits');
  return text;
}
