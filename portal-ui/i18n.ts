// vue-i18n with Czech plurals and a compiler of our own two features ({name} and plural forms): the library's full one costs 5 kB.
import { createI18n, type I18n } from 'vue-i18n';
import type { Lang } from '../server/contract/portal.ts';

export type Texts = { readonly [key: string]: string | Texts };
/** The same keys in another language; a missing one does not compile. */
export type SameKeys<T> = { readonly [K in keyof T]: T[K] extends string ? string : SameKeys<T[K]> };
/** Texts are loaded by area so that a public page carries only its own. */
export type TextArea = 'public' | 'private' | 'legal';

const LOADERS: Readonly<Record<Lang, Readonly<Record<TextArea, () => Promise<{ readonly texts: Texts }>>>>> = {
  cs: { public: () => import('./texts.cs.ts'), private: () => import('./texts.private.cs.ts'), legal: () => import('./texts.legal.cs.ts') },
  en: { public: () => import('./texts.en.ts'), private: () => import('./texts.private.en.ts'), legal: () => import('./texts.legal.en.ts') },
};

/** Czech: 1 den, 2-4 dny, 5 dní. A text gives the forms as `den | dny | dní`. */
export function czechPlural(count: number, forms: number): number {
  const form = count === 1 ? 0 : count >= 2 && count <= 4 ? 1 : 2;
  return Math.min(form, forms - 1);
}
const englishPlural = (count: number, forms: number): number => Math.min(count === 1 ? 0 : 1, forms - 1);

interface MessageValues { named(key: string): unknown; plural(forms: readonly string[]): unknown }

function compile(message: string): (values: MessageValues) => string {
  const forms = message.split(' | ');
  return (values) => {
    const chosen = forms.length === 1 ? message : String(values.plural(forms));
    return chosen.replaceAll(/\{(\w+)\}/g, (_, key: string) => String(values.named(key) ?? ''));
  };
}

export function makeI18n(lang: Lang): I18n<Record<string, never>, Record<string, never>, Record<string, never>, string, false> {
  const i18n = createI18n({
    legacy: false,
    locale: lang,
    messages: {},
    fallbackLocale: false,
    pluralRules: { cs: czechPlural, en: englishPlural },
    messageCompiler: (message: unknown) => compile(String(message)) as never,
    missingWarn: false,
    fallbackWarn: false,
  });
  return i18n as unknown as ReturnType<typeof makeI18n>;
}

/** Adds an area's texts once; loading the same area again costs nothing. */
export function textLoader(i18n: ReturnType<typeof makeI18n>, lang: Lang): (area: TextArea) => Promise<void> {
  const loaded = new Set<TextArea>();
  return async (area) => {
    if (loaded.has(area)) return;
    const { texts } = await LOADERS[lang][area]();
    i18n.global.mergeLocaleMessage(lang, texts);
    loaded.add(area);
  };
}
