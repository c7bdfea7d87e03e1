// Placeholders in letters and mails: `{{ FEEL }}`, `{{ FEEL | kc }}` for haléře as crowns, `{{ FEEL | datum }}` for a date in words,
// `{{ FEEL | qr }}` for a prescription (amount, variableSymbol, dueDate) as the text of its QR payment to the office's account.
// FEEL has no `|`, so the last one outside a text separates the format.
import { spayd } from '../domain/qr-payment.ts';
import { evaluateFeel, showDate, showNumber } from '../../forms/index.ts';
import type { Json } from '../../forms/index.ts';
import type { TextLang } from './read-texts.ts';

export const FORMATS = ['kc', 'datum', 'qr'] as const;
export type Format = (typeof FORMATS)[number];
export interface Placeholder {
  readonly expression: string;
  readonly format?: Format;
}

const PLACE = /\{\{([\s\S]*?)\}\}/g;

/** Placeholders in order; `unknown` are formats that do not exist. */
export function placeholdersIn(text: string): readonly (Placeholder & { readonly unknown?: string })[] {
  return [...text.matchAll(PLACE)].map((match) => readPlaceholder(match[1] ?? ''));
}

/** The text with every placeholder replaced by what `fill` says. */
export function replacePlaceholders(text: string, fill: (place: Placeholder, index: number) => string): string {
  let index = 0;
  return text.replaceAll(PLACE, (_whole, inside: string) => fill(readPlaceholder(inside), index++));
}

/** The value as people read it; null is empty. @throws FeelError when the expression fails or reads what is not there */
export function valueOf(place: Placeholder, context: Readonly<Record<string, unknown>>, lang: TextLang): string {
  const value = evaluateFeel(place.expression, context, todayIn(context));
  return place.format === 'qr' ? paymentCode(value, context) : show(value, place.format, lang);
}

/** What a letter shows as a code, see render-text.ts. Empty when there is nothing to pay. */
function paymentCode(value: Json, { urad, pripad }: Readonly<Record<string, unknown>>): string {
  const account = (urad as { readonly account?: unknown } | undefined)?.account;
  if (typeof value !== 'object' || value === null || Array.isArray(value) || typeof account !== 'string') return '';
  const { amount, variableSymbol, dueDate, title } = value as Readonly<Record<string, Json>>;
  if (typeof amount !== 'number' || amount <= 0 || typeof variableSymbol !== 'string') return '';
  const mark = (pripad as { readonly mark?: unknown } | undefined)?.mark;
  const message = typeof title === 'string' ? title : typeof mark === 'string' ? mark : '';
  return spayd({ account, amount, variableSymbol, message, ...(typeof dueDate === 'string' ? { due: dueDate.slice(0, 10) } : {}) });
}

/** 120050 haléře are `1 200,50 Kč`. */
export function crowns(halere: number, lang: TextLang): string {
  const whole = halere % 100 === 0;
  const amount = whole
    ? showNumber(halere / 100, lang)
    : new Intl.NumberFormat(lang, { minimumFractionDigits: 2, maximumFractionDigits: 2 }).format(halere / 100);
  return `${amount}\u00a0Kč`;
}

function readPlaceholder(inside: string): Placeholder & { readonly unknown?: string } {
  const [, expression = inside, word] = /^([\s\S]*?)\|\s*(\p{L}+)\s*$/u.exec(inside) ?? [];
  if (word === undefined) return { expression: expression.trim() };
  const format = FORMATS.find((known) => known === word);
  return format ? { expression: expression.trim(), format } : { expression: expression.trim(), unknown: word };
}

function show(value: Json, format: Format | undefined, lang: TextLang): string {
  if (value === null) return '';
  if (format === 'kc' && typeof value === 'number') return crowns(value, lang);
  if (format === 'datum' && typeof value === 'string') return showDate(value.slice(0, 10), lang);
  if (typeof value === 'number') return showNumber(value, lang);
  if (typeof value === 'boolean') return lang === 'en' ? (value ? 'yes' : 'no') : value ? 'ano' : 'ne';
  if (Array.isArray(value)) return value.map((item: Json) => show(item, format, lang)).join(', ');
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** `dnes` of the case is today() of its texts. */
function todayIn(context: Readonly<Record<string, unknown>>): { today?: string } {
  return typeof context['dnes'] === 'string' ? { today: context['dnes'] } : {};
}
