// The clock as a person moves it on the world's page: by hours, by days, or to a day. Only forward.
import { z } from 'zod';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const MOST_DAYS = 3650;
const schema = z.object({
  hours: z.coerce
    .number()
    .int()
    .min(0)
    .max(MOST_DAYS * 24)
    .default(0),
  days: z.coerce.number().int().min(0).max(MOST_DAYS).default(0),
  date: z.iso.date().optional(),
});

/** Milliseconds to move by; undefined when it is not a move forward. */
export function readMove(form: URLSearchParams, now: Date): number | undefined {
  const parsed = schema.safeParse(Object.fromEntries(form));
  if (!parsed.success) return undefined;
  const { hours, days, date } = parsed.data;
  const by = date === undefined ? hours * HOUR + days * DAY : morningOf(date).getTime() - now.getTime();
  return by > 0 && by <= MOST_DAYS * DAY ? by : undefined;
}

/** Eight in the morning in Prague: the office has just opened. */
function morningOf(date: string): Date {
  const guess = new Date(`${date}T07:00:00Z`);
  const hour = Number(guess.toLocaleString('en-GB', { timeZone: 'Europe/Prague', hour: '2-digit', hour12: false }));
  return new Date(guess.getTime() + (8 - hour) * HOUR);
}

/** The first day that can be moved to. */
export const tomorrow = (now: Date): string => new Date(now.getTime() + DAY).toLocaleDateString('sv-SE', { timeZone: 'Europe/Prague' });
