// Texts in two languages with {name} and plural forms. Texts are written as vue-i18n writes them; the library itself costs 12 kB
// of the 60 kB that a public page may have, and a change of language loads the page anew, so its reactivity would serve nobody.
import type { InjectionKey } from 'vue';
import type { Lang } from '../server/contract/portal.ts';
import type { TextArea, TextLoader, Texts } from './text-tree.ts';
import { loaders as cs } from './texts-by-area.cs.ts';
import { loaders as en } from './texts-by-area.en.ts';

export type { TextArea } from './text-tree.ts';

const LOADERS: Readonly<Record<Lang, Readonly<Record<TextArea, TextLoader>>>> = { cs, en };

type Values = Readonly<Record<string, unknown>>;

export interface Translator {
  has(key: string): boolean;
  /** A key without a text is shown as it is: visible at once, and never an empty button. */
  t(key: string, values?: Values): string;
  /** Chooses among `den | dny | dní` by `count`, which is also the value `{n}`. */
  n(key: string, count: number, values?: Values): string;
  /** Loading the same area again costs nothing. */
  load(area: TextArea): Promise<void>;
}

export const translatorKey: InjectionKey<Translator> = Symbol('translator');

/** Which of the plural forms belongs to the count: Czech has three (1 den, 2-4 dny, 5 dní), English two. */
export function pluralForm(lang: Lang, count: number): 0 | 1 | 2 {
  if (count === 1) return 0;
  return lang === 'en' || (count >= 2 && count <= 4) ? 1 : 2;
}

export function makeTranslator(lang: Lang): Translator {
  const areas = new Map<TextArea, Texts>();
  const find = (key: string): string | undefined => {
    for (const texts of areas.values()) {
      const found = key
        .split('.')
        .reduce<string | Texts | undefined>(
          (at, name) => (typeof at === 'object' && Object.hasOwn(at, name) ? at[name] : undefined),
          texts,
        );
      if (typeof found === 'string') return found;
    }
    return undefined;
  };
  return {
    has: (key) => find(key) !== undefined,
    t: (key, values = {}) => fill(find(key) ?? key, values),
    n: (key, count, values = {}) => {
      const forms = (find(key) ?? key).split(' | ');
      return fill(forms[pluralForm(lang, count)] ?? forms.at(-1) ?? key, { ...values, n: count });
    },
    async load(area) {
      // Pages of the account and of paying without login pay and refuse in the words of the other private pages; their own come first.
      const needed: readonly TextArea[] = area === 'account' || area === 'pay' ? [area, 'private'] : [area];
      for (const one of needed) if (!areas.has(one)) areas.set(one, (await LOADERS[lang][one]()).texts);
    },
  };
}

function fill(text: string, values: Values): string {
  return text.replaceAll(/\{(\w+)\}/g, (_, key: string) => String(values[key] ?? ''));
}
