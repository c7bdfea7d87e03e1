// How the office writes dates, times, amounts and counts. Pure; the time zone is always Prague's.
const zone = 'Europe/Prague';
const dayFormat = new Intl.DateTimeFormat('cs-CZ', { timeZone: zone, day: 'numeric', month: 'numeric', year: 'numeric' });
const timeFormat = new Intl.DateTimeFormat('cs-CZ', { timeZone: zone, hour: '2-digit', minute: '2-digit' });
const isoDayFormat = new Intl.DateTimeFormat('sv-SE', { timeZone: zone });

/** Instants and plain dates (`YYYY-MM-DD`) alike; an unreadable one is shown as it came. */
export function day(value: string): string {
  const at = /^\d{4}-\d\d-\d\d$/.test(value) ? new Date(`${value}T12:00:00Z`) : new Date(value);
  return Number.isNaN(at.getTime()) ? value : dayFormat.format(at);
}
export function clock(value: string): string {
  return timeFormat.format(new Date(value));
}
export function dayAndClock(value: string): string {
  return `${day(value)} ${clock(value)}`;
}
/** Only the time when it was today, otherwise the day and time. */
export function when(value: string, now: string): string {
  return sameDay(value, now) ? `dnes ${clock(value)}` : dayAndClock(value);
}
function sameDay(a: string, b: string): boolean {
  return isoDayFormat.format(new Date(a)) === isoDayFormat.format(new Date(b));
}

/** @param amount whole haléře */
export function money(amount: number): string {
  const digits = amount % 100 === 0 ? 0 : 2;
  return `${(amount / 100).toLocaleString('cs-CZ', { minimumFractionDigits: digits, maximumFractionDigits: digits })} Kč`;
}

export type Forms = readonly [one: string, few: string, many: string];
/** 1 den, 2 dny, 5 dní */
export function count(n: number, forms: Forms): string {
  const rule = Math.abs(n) === 1 ? 0 : Math.abs(n) >= 2 && Math.abs(n) <= 4 ? 1 : 2;
  return `${n} ${forms[rule]}`;
}

const days: Forms = ['den', 'dny', 'dní'];
/** Text of a deadline, so that its colour is never the only sign. @param daysLeft whole days, negative when overdue */
export function deadlineText(daysLeft: number): string {
  if (daysLeft < 0) return `po lhůtě ${count(-daysLeft, days)}`;
  if (daysLeft === 0) return 'končí dnes';
  return daysLeft >= 2 && daysLeft <= 4 ? `zbývají ${count(daysLeft, days)}` : `zbývá ${count(daysLeft, days)}`;
}
export type DeadlineTone = 'late' | 'soon' | 'fine';
/** `soon` from three days before the end. */
export function deadlineTone(daysLeft: number): DeadlineTone {
  if (daysLeft < 0) return 'late';
  return daysLeft <= 3 ? 'soon' : 'fine';
}

/** A count that the server has bounded at a thousand; undefined stays undefined. */
export const bounded = (n: number | undefined): number | string | undefined => (n !== undefined && n > 999 ? '999+' : n);

export function size(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  if (bytes < 1024 * 1024) return `${Math.round(bytes / 1024)} kB`;
  return `${(bytes / 1024 / 1024).toLocaleString('cs-CZ', { maximumFractionDigits: 1 })} MB`;
}

/** The calendar day in Prague as YYYY-MM-DD. */
export function isoDay(value: string): string {
  return isoDayFormat.format(new Date(value));
}

/** The word for a server's code; a code that has none yet is shown as it came. */
export function wordOf(words: Readonly<Record<string, string>>, code: string): string {
  return words[code] ?? code;
}
