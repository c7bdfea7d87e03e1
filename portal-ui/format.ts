// Dates, times and money as a citizen reads them. Everything is shown in Europe/Prague, whatever the visitor's own zone.
import type { Lang } from '../server/contract/portal.ts';

const ZONE = 'Europe/Prague';
const TAGS: Readonly<Record<Lang, string>> = { cs: 'cs-CZ', en: 'en-GB' };
const DAY_MS = 86_400_000;

/** `2026-11-21` stays that day everywhere; an instant is converted to Prague's day. */
function asDate(value: string): Date {
  return value.length === 10 ? new Date(`${value}T12:00:00Z`) : new Date(value);
}

/** `21. listopadu 2026` */
export function formatDate(value: string, lang: Lang): string {
  return new Intl.DateTimeFormat(TAGS[lang], { timeZone: ZONE, day: 'numeric', month: 'long', year: 'numeric' }).format(asDate(value));
}

/** `14:03` */
export function formatTime(value: string, lang: Lang): string {
  return new Intl.DateTimeFormat(TAGS[lang], { timeZone: ZONE, hour: '2-digit', minute: '2-digit' }).format(asDate(value));
}

/** `21. listopadu 2026 14:03`; a bare date has no time. */
export function formatMoment(value: string, lang: Lang): string {
  const day = formatDate(value, lang);
  return value.length === 10 ? day : `${day} ${formatTime(value, lang)}`;
}

/** Haléře to `1 500 Kč`; haléře are shown only when there are some. */
export function formatMoney(amount: number, lang: Lang): string {
  const digits = amount % 100 === 0 ? 0 : 2;
  return new Intl.NumberFormat(TAGS[lang], {
    style: 'currency',
    currency: 'CZK',
    currencyDisplay: lang === 'cs' ? 'narrowSymbol' : 'code',
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(amount / 100);
}

/** Bytes to `1,2 MB`. */
export function formatSize(bytes: number, lang: Lang): string {
  const [value, unit] = bytes < 1_000_000 ? [Math.max(1, Math.round(bytes / 1000)), 'kB'] : [Math.round(bytes / 100_000) / 10, 'MB'];
  return `${new Intl.NumberFormat(TAGS[lang]).format(Number(value))} ${unit}`;
}

/** Calendar days in Prague from `now` to `until`: 0 today, negative when past. */
export function daysLeft(until: string, now: string): number {
  return Math.round((pragueDay(until) - pragueDay(now)) / DAY_MS);
}

function pragueDay(value: string): number {
  if (value.length === 10) return Date.parse(`${value}T00:00:00Z`);
  const day = new Intl.DateTimeFormat('sv-SE', { timeZone: ZONE, year: 'numeric', month: '2-digit', day: '2-digit' }).format(
    new Date(value),
  );
  return Date.parse(`${day}T00:00:00Z`);
}

/** The town's day as `YYYY-MM-DD`. */
export function townToday(now: string): string {
  return new Date(pragueDay(now)).toISOString().slice(0, 10);
}
