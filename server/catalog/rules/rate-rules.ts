// Rules about rates: a table of money names its ordinance and its effect in time, and no row goes above what the law allows on the day of its effect.
import { evaluateFeel, FeelError, namesIn, unaryTest } from '../../../forms/index.ts';
import type { Decision, DecisionInput, DecisionLogic, DecisionOutput, DecisionRule } from '../../engine/index.ts';
import { amountsOn, LAW_NAME } from '../law/statutory-law.ts';
import type { Fault, PackageSubject, Rule } from './rule.ts';

type Table = Extract<DecisionLogic, { kind: 'table' }>;
type Facts = Readonly<Record<string, unknown>>;
/** One column of money. */
export interface Rates {
  readonly decision: Decision;
  readonly table: Table;
  readonly output: DecisionOutput;
  readonly column: number;
}

/** More combinations than this are not tried. */
const MOST_COMBINATIONS = 2_000;

export const rateRules: readonly Rule<PackageSubject>[] = [
  {
    name: 'rates-without-ordinance',
    severity: 'error',
    check: (subject) =>
      ratesOf(subject)
        .filter(({ decision }) => !decision.ordinance)
        .map(({ decision }) => fault(decision, 'neuvádí vyhlášku. Doplňte spis:ordinance, například „OZV č. 4/2025“.')),
  },
  {
    name: 'rates-without-effect',
    severity: 'error',
    check: (subject) =>
      ratesOf(subject)
        .filter(({ decision }) => !/^\d{4}-\d{2}-\d{2}$/.test(decision.effectiveFrom ?? ''))
        .map(({ decision }) => fault(decision, 'neuvádí den účinnosti. Doplňte spis:effectiveFrom ve tvaru RRRR-MM-DD.')),
  },
  {
    name: 'rates-without-unit',
    severity: 'error',
    check: ({ decisions }) =>
      [...decisions.decisions.values()]
        .filter((decision) => decision.logic.kind === 'table' && isAboutMoney(decision) && moneyOf(decision).length === 0)
        .map((decision) => fault(decision, 'má sazby, ale žádný její výstup není v haléřích. Doplňte výstupu spis:unit="haléř".')),
  },
  {
    name: 'rates-summed',
    severity: 'error',
    check: (subject) =>
      ratesOf(subject)
        .filter(({ table }) => table.hitPolicy === 'COLLECT' && table.aggregation !== 'MIN' && table.aggregation !== 'MAX')
        .map(({ decision }) =>
          fault(decision, 'sčítá více pravidel, nejvyšší sazbu proto nelze ohlídat. Použijte pravidla, z nichž platí jedno.'),
        ),
  },
  {
    name: 'rates-without-maximum',
    severity: 'warning',
    check: (subject) =>
      ratesOf(subject)
        .filter((rates) => maximumOf(rates) === undefined)
        .map(({ decision }) => fault(decision, 'neuvádí nejvyšší sazbu podle zákona (spis:statutoryMax), nelze ji proto ohlídat.')),
  },
  {
    name: 'rate-above-statutory-maximum',
    severity: 'error',
    check: (subject) => ratesOf(subject).flatMap((rates) => ratesAbove(rates, amountsOn(subject.law, dayOf(rates.decision)))),
  },
  {
    name: 'rate-not-whole',
    severity: 'error',
    check: (subject) =>
      ratesOf(subject).flatMap(({ decision, table, column }) =>
        table.rules
          .filter((rule) => /^-?[\d.]+$/.test(rule.outputs[column] ?? '') && !/^\d+$/.test(rule.outputs[column] ?? ''))
          .map((rule) =>
            fault(
              decision,
              `má v pravidle ${rule.number} sazbu ${rule.outputs[column] ?? ''}. Částky se píší v celých haléřích a nesmějí být záporné.`,
            ),
          ),
      ),
  },
];

/** Outputs of tables that are money: their unit is haléř. */
export function ratesOf({ decisions }: Pick<PackageSubject, 'decisions'>): readonly Rates[] {
  return [...decisions.decisions.values()].flatMap(moneyOf);
}

function moneyOf(decision: Decision): readonly Rates[] {
  const { logic } = decision;
  if (logic.kind !== 'table') return [];
  return logic.outputs.flatMap((output, column) =>
    /^hal/i.test(output.unit ?? decision.unit ?? '') ? [{ decision, table: logic, output, column }] : [],
  );
}

/** Says of itself that it comes from an ordinance or is bounded by the law: a table of money, whether it names a unit or not. */
function isAboutMoney(decision: Decision): boolean {
  const outputs = decision.logic.kind === 'table' ? decision.logic.outputs : [];
  return [decision, ...outputs].some(({ statutoryMax, unit }) => statutoryMax !== undefined || unit !== undefined) || !!decision.ordinance;
}

/** FEEL of the highest rate; empty counts as none. */
export function maximumOf({ output, decision }: Pick<Rates, 'output' | 'decision'>): string | undefined {
  return [output.statutoryMax, decision.statutoryMax].find((maximum) => maximum !== undefined && maximum.trim() !== '');
}

/** The law of this day bounds the table: that of its effect, and without one the newest. */
export const dayOf = ({ effectiveFrom }: Decision): string =>
  /^\d{4}-\d{2}-\d{2}$/.test(effectiveFrom ?? '') ? (effectiveFrom ?? '') : '9999-12-31';

function ratesAbove({ decision, table, output, column }: Rates, law: Readonly<Record<string, number>>): readonly Fault[] {
  const maximum = maximumOf({ decision, output });
  if (maximum === undefined) return [];
  const combinations = combinationsFor(table, maximum);
  if (combinations === undefined)
    return [fault(decision, 'má nejvyšší sazbu, která závisí na údaji bez výčtu hodnot. Doplňte sloupci dovolené hodnoty.')];
  return table.rules.flatMap((rule) => {
    const broken = combinations.map((facts) => brokenBy({ rule, table, column, maximum, law }, facts)).find((found) => found !== undefined);
    return broken === undefined ? [] : [fault(decision, `v pravidle ${rule.number} ${broken}`)];
  });
}

/** Every combination of values that the maximum asks about; `undefined` when it asks about something that cannot be listed. */
function combinationsFor(table: Table, maximum: string): readonly Facts[] | undefined {
  let combinations: readonly Facts[] = [{}];
  for (const name of namesIn(maximum).filter((one) => one !== LAW_NAME)) {
    const input = table.inputs.find(({ expression }) => expression === name);
    const values = input && valuesOf(input);
    if (!values || combinations.length * values.length > MOST_COMBINATIONS) return undefined;
    combinations = combinations.flatMap((facts) => values.map((value) => ({ ...facts, [name]: value })));
  }
  return combinations;
}

function valuesOf(input: DecisionInput): readonly unknown[] | undefined {
  if (input.type === 'boolean') return [true, false];
  if (!input.allowedValues) return undefined;
  const values = evaluateFeel(`[${input.allowedValues}]`, {});
  return Array.isArray(values) ? values : undefined;
}

interface Judged {
  readonly rule: DecisionRule;
  readonly table: Table;
  readonly column: number;
  readonly maximum: string;
  readonly law: Readonly<Record<string, number>>;
}

/** What is wrong with the rule for these facts, in words. */
function brokenBy({ rule, table, column, maximum, law }: Judged, facts: Facts): string | undefined {
  try {
    const applies = table.inputs.every(
      ({ expression }, index) => !Object.hasOwn(facts, expression) || cellPasses(rule.inputs[index] ?? '-', facts[expression], facts),
    );
    if (!applies) return undefined;
    const limit = evaluateFeel(maximum, { ...facts, [LAW_NAME]: law });
    if (typeof limit !== 'number') return 'nelze určit nejvyšší sazbu: spis:statutoryMax nedává číslo.';
    const rate = evaluateFeel(rule.outputs[column] ?? '', facts);
    if (typeof rate !== 'number') return 'není sazba číslo, nelze ji proto porovnat se zákonem. Napište ji v haléřích.';
    return rate > limit ? `je sazba ${rate / 100} Kč vyšší, než dovoluje zákon (${limit / 100} Kč). Snižte ji.` : undefined;
  } catch (error) {
    if (error instanceof FeelError) return `nelze sazbu porovnat se zákonem: ${error.message}`;
    throw error;
  }
}

const cellPasses = (cell: string, value: unknown, facts: Facts): boolean => cell === '-' || unaryTest(cell, value, facts);

export function fault(decision: Decision, message: string): Fault {
  return { file: decision.file, element: decision.id, message: `Tabulka „${decision.name}“ ${message}` };
}
