// Placeholders in letters and mails: `{{ FEEL }}`, `{{ FEEL | kc }}` for haléře as crowns, `{{ FEEL | datum }}` for a date in words.
// FEEL has no `|`, so the last one outside a text separates the format.
import { evaluateFeel, showDate, showNumber } from '../../forms/index.ts';
import type { Json } from '../../forms/index.ts';
import type { TextLang } from './read-texts.ts';

export const FORMATS = ['kc', 'datum'] as const;
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
  return show(evaluateFeel(place.expression, context, todayIn(context)), place.format, lang);
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
