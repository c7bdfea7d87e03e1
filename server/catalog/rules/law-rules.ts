// Rules about what a situation takes from the law: a maximum must be in force, a copied number and a doubtful place are told to whoever publishes.
import { maximaIn, valueOn } from '../law/statutory-law.ts';
import type { StatutoryLaw } from '../law/statutory-law.ts';
import { SHEET_FILE } from '../read-sheet.ts';
import type { Finding } from '../types.ts';
import { dayOf, fault, maximumOf, ratesOf } from './rate-rules.ts';
import type { Rates } from './rate-rules.ts';
import type { Fault, PackageSubject, Rule } from './rule.ts';

export const lawRules: readonly Rule<PackageSubject>[] = [
  {
    name: 'unknown-maximum',
    severity: 'error',
    check: (subject) =>
      namedMaxima(subject).flatMap(({ rates, name }) => {
        const known = subject.law.maxima.find((one) => one.name === name);
        if (known === undefined)
          return [fault(rates.decision, `odkazuje na nejvyšší sazbu zakon.${name}, kterou neznáme. Známe ${listed(subject.law)}.`)];
        return valueOn(known, dayOf(rates.decision)) === undefined
          ? [fault(rates.decision, `odkazuje na nejvyšší sazbu zakon.${name}, která v den účinnosti tabulky neplatí.`)]
          : [];
      }),
  },
  {
    name: 'maximum-copied',
    severity: 'warning',
    check: (subject) =>
      ratesOf(subject)
        .filter((rates) => maximumOf(rates) !== undefined && maximaIn(maximumOf(rates) ?? '').length === 0)
        .map(({ decision }) =>
          fault(decision, 'má nejvyšší sazbu opsanou číslem. Odkažte na údaj ze zákona (například zakon.pes), ať se změna zákona pozná.'),
        ),
  },
  {
    name: 'doubtful-maximum',
    severity: 'warning',
    check: (subject) =>
      namedMaxima(subject).flatMap(({ rates, name }) => {
        const known = subject.law.maxima.find((one) => one.name === name);
        const value = known && valueOn(known, dayOf(rates.decision));
        if (known === undefined || value?.doubt === undefined) return [];
        const amount = `${value.amount / 100} Kč`;
        return [
          fault(rates.decision, `se opírá o nejistou nejvyšší sazbu (${known.title}, ${amount}, ${known.paragraph}). ${value.doubt}`),
        ];
      }),
  },
  {
    name: 'unknown-reading',
    severity: 'error',
    check: ({ sheet, law }) =>
      (sheet.readings ?? [])
        .filter((name) => !law.readings.some((one) => one.name === name))
        .map((name) => ({
          file: SHEET_FILE,
          element: 'readings',
          message: `Výklad „${name}“ neznáme. Známe ${law.readings.map((one) => one.name).join(', ')}.`,
        })),
  },
  {
    name: 'doubtful-reading',
    severity: 'warning',
    check: ({ sheet, law }) =>
      (sheet.readings ?? []).flatMap((name): readonly Fault[] =>
        law.readings
          .filter((one) => one.name === name)
          .map(({ title, paragraph, taken, doubt }) => ({
            file: SHEET_FILE,
            element: 'readings',
            message: `Proces se opírá o nejistý výklad: ${title} (${paragraph}). Postupujeme takto: ${taken} ${doubt}`,
          })),
      ),
  },
];

/** Names of the rules that say where a version stands on uncertain ground: its page repeats them. */
export const DOUBTS: ReadonlySet<Finding['rule']> = new Set(['doubtful-maximum', 'doubtful-reading']);

function namedMaxima(subject: PackageSubject): readonly { readonly rates: Rates; readonly name: string }[] {
  return ratesOf(subject).flatMap((rates) => maximaIn(maximumOf(rates) ?? '').map((name) => ({ rates, name })));
}

const listed = ({ maxima }: StatutoryLaw): string => maxima.map(({ name }) => `zakon.${name}`).join(', ');
