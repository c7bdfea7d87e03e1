// One line of the old program's table: a payer and his duty. What is wrong with it is said in a sentence, by line. Pure.
import { createHash } from 'node:crypto';
import type { PayerFacts } from '../../books/index.ts';
import type { CompiledSituation } from '../../catalog/index.ts';
import type { Json } from '../../engine/types.ts';
import type { Basis } from '../../store/duties.ts';
import { dayIn, type CsvRow } from './csv.ts';
import { dutySheetOf, reckonYear } from './reckon.ts';

/** Columns with a meaning of their own; every other one is an input of the decision table under its name. */
export const COLUMNS = [
  'cislo',
  'jmeno',
  'narozen',
  'ico',
  'adresa',
  'email',
  'schranka',
  'ucet',
  'domacnost',
  'povinnost',
  'predmet',
  'od',
  'do',
  'loni',
  'loni_symbol',
  'zaplaceno',
] as const;
const NEEDED = ['cislo', 'jmeno', 'povinnost', 'predmet', 'od'] as const;

export interface ReadRow {
  readonly line: number;
  readonly payer: PayerFacts & { readonly registryId: string };
  readonly duty: {
    readonly registryId: string;
    readonly subject: string;
    readonly basis: Basis;
    readonly since: string;
    readonly until: string | null;
  };
  /** What was prescribed for the year before, and what came for it; haléře. */
  readonly lastYear: { readonly amount: number; readonly paid: number; readonly variableSymbol: string } | null;
}

export const missingColumns = (columns: readonly string[]): readonly string[] => NEEDED.filter((name) => !columns.includes(name));

/** `mistake`: a Czech sentence without personal data. */
export function readRow(
  situation: Pick<CompiledSituation, 'sheet' | 'decisions'>,
  year: number,
  { line, cells }: CsvRow,
): ReadRow | { readonly mistake: string } {
  const cell = (name: (typeof COLUMNS)[number]): string => cells[name] ?? '';
  const empty = NEEDED.find((name) => cell(name) === '');
  if (empty !== undefined) return { mistake: `Chybí údaj „${empty}“.` };
  const since = dayIn(cell('od'));
  const until = cell('do') === '' ? null : dayIn(cell('do'));
  const birthDate = cell('narozen') === '' ? null : dayIn(cell('narozen'));
  if (since === undefined || until === undefined || birthDate === undefined)
    return { mistake: 'Datum napište jako 3. 2. 2026 nebo 2026-02-03.' };
  if (until !== null && until < since) return { mistake: 'Povinnost končí dřív, než začala.' };
  if (cell('email') !== '' && !/^\S+@\S+\.\S+$/.test(cell('email'))) return { mistake: 'E-mail nemá správný tvar.' };
  if (cell('schranka') !== '' && !/^[a-z0-9]{7}$/.test(cell('schranka')))
    return { mistake: 'Identifikátor datové schránky má sedm znaků.' };
  if (cell('ico') !== '' && !/^\d{8}$/.test(cell('ico'))) return { mistake: 'IČO má osm číslic.' };
  const lastYear = lastYearOf(cells);
  if (lastYear === undefined)
    return { mistake: 'Loňský předpis a platba jsou v korunách, s variabilním symbolem (číslice, nejvýš deset).' };
  const basis = basisOf(cells, birthDate, since);
  const words = [{ since, basis }];
  // In the year in which the duty holds: a duty that ended is brought for its history and must be reckonable as well.
  const reckoned = reckonYear(situation, words, Math.max(Number(since.slice(0, 4)), year));
  if (reckoned && 'problem' in reckoned) return { mistake: `Z údajů nejde určit sazba: ${reckoned.problem}` };
  return {
    line,
    payer: {
      registryId: cell('cislo'),
      kind: cell('ico') === '' ? 'person' : 'company',
      name: cell('jmeno'),
      birthDate,
      ico: cell('ico') || null,
      address: cell('adresa'),
      email: cell('email') || null,
      dataBox: cell('schranka') || null,
      account: cell('ucet') || null,
      householdId: cell('domacnost') === '' ? null : householdOf(cell('domacnost')),
    },
    duty: { registryId: `${dutySheetOf(situation).kind}:${cell('povinnost')}`, subject: cell('predmet'), basis, since, until },
    lastYear,
  };
}

/** Null when the line says nothing of it, undefined when what it says cannot be. */
function lastYearOf(cells: Readonly<Record<string, string>>): ReadRow['lastYear'] | undefined {
  const { loni = '', loni_symbol: variableSymbol = '', zaplaceno = '' } = cells;
  if (loni === '' && zaplaceno === '') return null;
  const amount = halere(loni);
  const paid = halere(zaplaceno === '' ? '0' : zaplaceno);
  if (amount === undefined || amount === 0 || paid === undefined || !/^\d{1,10}$/.test(variableSymbol)) return undefined;
  return { amount, paid, variableSymbol };
}

function halere(text: string): number | undefined {
  const [, crowns = '', rest = ''] = /^(\d{1,7})(?:[.,](\d{1,2}))?$/.exec(text) ?? [];
  return crowns === '' ? undefined : Number(crowns) * 100 + Number(rest.padEnd(2, '0'));
}

/** `ano`, `ne`, whole numbers and days get their types; the payer's birth date stands for an input of that name that is not in the table. */
function basisOf(cells: Readonly<Record<string, string>>, birthDate: string | null, since: string): Basis {
  const own = Object.entries(cells).filter(
    ([name, value]) => !(COLUMNS as readonly string[]).includes(name) && name !== '' && value !== '',
  );
  return {
    ...(birthDate === null ? {} : { datumNarozeni: birthDate }),
    drzenOd: since,
    ...Object.fromEntries(own.map(([name, value]) => [name, typed(value)])),
  };
}

function typed(value: string): Json {
  if (value === 'ano') return true;
  if (value === 'ne') return false;
  if (/^-?\d{1,12}$/.test(value)) return Number(value);
  return dayIn(value) ?? value;
}

/** The same household in every import: a number of the old program becomes an id. */
export function householdOf(code: string): string {
  const hash = createHash('sha256').update(`household:${code}`).digest('hex');
  return `${hash.slice(0, 8)}-${hash.slice(8, 12)}-8${hash.slice(13, 16)}-8${hash.slice(17, 20)}-${hash.slice(20, 32)}`;
}
