// When a warning before the end of a period is due: so many days before it, or when a part of it is gone. Pure.
import { Temporal } from 'temporal-polyfill';
import { daysBetween, ZONE, type LegalDate } from '../../domain/calendar.ts';
import type { Instant } from '../../engine/index.ts';

/** `P5D`: the beginning of the day on which 5 days are left. `50%`: of the day by which half of the period is gone. */
export function warningInstant(warning: string, started: LegalDate, due: LegalDate): Instant {
  const day = Temporal.PlainDate.from(due).subtract({ days: daysBefore(warning, started, due) });
  return new Date(day.toZonedDateTime({ timeZone: ZONE }).epochMilliseconds).toISOString();
}

function daysBefore(warning: string, started: LegalDate, due: LegalDate): number {
  const days = /^P(\d+)D$/.exec(warning)?.[1];
  if (days !== undefined) return Number(days);
  const part = Number(/^(\d+)%$/.exec(warning)?.[1]);
  return Math.floor((Math.max(0, daysBetween(started, due)) * (100 - part)) / 100);
}
