// Words about old prescriptions and payments that an accountant takes over from the program the town had before.
import { count } from './czech.ts';

const records = (n: number): string => count(n, ['záznam', 'záznamy', 'záznamů']);
const lines = (n: number): string => count(n, ['řádek', 'řádky', 'řádků']);

export const historyTexts = {
  lead: 'Převezměte předpisy a platby z dřívějšího programu. Soubor je CSV se záhlavím nebo JSON, nejvýš 5 000 záznamů. Co už tu je, se podruhé nezaúčtuje, takže opravený soubor můžete nahrát celý znovu.',
  system: 'Z jakého programu záznamy jsou',
  systemHint: 'Stejný program pište vždycky stejně: podle něj se pozná, co už tu je.',
  systemMissing: 'Napište, z jakého programu soubor je.',
  file: 'Soubor s předpisy a platbami',
  fileHint:
    'Sloupce: typ, id, platce, jmeno, castka, vs; u předpisu druh, nazev, predepsano, splatnost, zaklad; u platby prijato, predpisy, preplatek.',
  done: (taken: number, repeated: number, errors: number): string =>
    [
      `Převzato: ${records(taken)}.`,
      repeated > 0 ? `Už tu bylo: ${records(repeated)}.` : '',
      errors > 0 ? `Nepřevzato: ${lines(errors)}. Soubor opravte a nahrajte znovu.` : 'Všechno je v pořádku.',
    ]
      .filter((part) => part !== '')
      .join(' '),
  errorsTitle: 'Co se nepřevzalo',
  error: (line: number, what: string): string => `Řádek ${line}: ${what}`,
  field: (name: string): string => ` (sloupec ${name})`,
  moreErrors: (n: number): string => `A dalších ${lines(n)}.`,
  files: 'Převzaté soubory',
  none: 'Zatím se nic nepřevzalo.',
  row: (name: string, system: string, officer: string): string => `${name}, ${system}, ${officer}`,
  codes: {
    missing: 'chybí údaj',
    'too-long': 'údaj je moc dlouhý',
    unknown: 'hodnotu neznáme',
    'amount-wrong': 'částka není v korunách',
    'date-wrong': 'datum není platné nebo je v budoucnosti',
    'symbol-wrong': 'variabilní symbol má mít 1 až 10 číslic',
    'symbol-taken': 'variabilní symbol už má jiný předpis',
    'shares-wrong': 'rozpis na předpisy má být ve tvaru id=částka',
    'sum-differs': 'rozpis a přeplatek nedávají částku platby',
    'prescription-unknown': 'předpis s tímto id tu není',
    'prescription-twice': 'jeden předpis je v rozpisu dvakrát',
    'more-than-owed': 'na předpisu zbývá míň',
    'id-twice': 'stejné id je v souboru dvakrát',
    'changed-since': 'záznam s tímto id tu už je, ale jiný; starý platí dál',
  } as Readonly<Record<string, string>>,
};
