// Rules about rates: a table of money names its ordinance and its effect in time, and no row goes above what the law allows.
import { evaluateFeel, FeelError, namesIn, unaryTest } from '../../../forms/index.ts';
import type { Decision, DecisionInput, DecisionLogic, DecisionOutput, DecisionRule } from '../../engine/index.ts';
import type { Fault, PackageSubject, Rule } from './rule.ts';

type Table = Extract<DecisionLogic, { kind: 'table' }>;
type Facts = Readonly<Record<string, unknown>>;
interface Rates {
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
    name: 'rates-without-maximum',
    severity: 'warning',
    check: (subject) =>
      ratesOf(subject)
        .filter(({ output, decision }) => !(output.statutoryMax ?? decision.statutoryMax))
        .map(({ decision }) => fault(decision, 'neuvádí nejvyšší sazbu podle zákona (spis:statutoryMax), nelze ji proto ohlídat.')),
  },
  {
    name: 'rate-above-statutory-maximum',
    severity: 'error',
    check: (subject) => ratesOf(subject).flatMap(ratesAbove),
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
function ratesOf({ decisions }: PackageSubject): readonly Rates[] {
  return [...decisions.decisions.values()].flatMap((decision) => {
    const { logic } = decision;
    if (logic.kind !== 'table') return [];
    return logic.outputs.flatMap((output, column) =>
      /^hal/i.test(output.unit ?? decision.unit ?? '') ? [{ decision, table: logic, output, column }] : [],
    );
  });
}

function ratesAbove({ decision, table, output, column }: Rates): readonly Fault[] {
  const maximum = output.statutoryMax ?? decision.statutoryMax;
  if (!maximum) return [];
  const combinations = combinationsFor(table, maximum);
  if (combinations === undefined)
    return [fault(decision, 'má nejvyšší sazbu, která závisí na údaji bez výčtu hodnot. Doplňte sloupci dovolené hodnoty.')];
  return table.rules.flatMap((rule) => {
    const broken = combinations.map((facts) => brokenBy(rule, table, column, facts, maximum)).find((found) => found !== undefined);
    return broken === undefined ? [] : [fault(decision, `v pravidle ${rule.number} ${broken}`)];
  });
}

/** Every combination of values that the maximum asks about; `undefined` when it asks about something that cannot be listed. */
function combinationsFor(table: Table, maximum: string): readonly Facts[] | undefined {
  let combinations: readonly Facts[] = [{}];
  for (const name of namesIn(maximum)) {
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

/** What is wrong with the rule for these facts, in words. */
function brokenBy(rule: DecisionRule, table: Table, column: number, facts: Facts, maximum: string): string | undefined {
  try {
    const applies = table.inputs.every(
      ({ expression }, index) => !Object.hasOwn(facts, expression) || cellPasses(rule.inputs[index] ?? '-', facts[expression], facts),
    );
    if (!applies) return undefined;
    const limit = evaluateFeel(maximum, facts);
    if (typeof limit !== 'number') return 'nelze určit nejvyšší sazbu: spis:statutoryMax nedává číslo.';
    const rate = evaluateFeel(rule.outputs[column] ?? '', facts);
    return typeof rate === 'number' && rate > limit
      ? `je sazba ${rate / 100} Kč vyšší, než dovoluje zákon (${limit / 100} Kč). Snižte ji.`
      : undefined;
  } catch (error) {
    if (error instanceof FeelError) return `nelze sazbu porovnat se zákonem: ${error.message}`;
    throw error;
  }
}

const cellPasses = (cell: string, value: unknown, facts: Facts): boolean => cell === '-' || unaryTest(cell, value, facts);

function fault(decision: Decision, message: string): Fault {
  return { file: decision.file, element: decision.id, message: `Tabulka „${decision.name}“ ${message}` };
}
