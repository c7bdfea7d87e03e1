// Makes a decision: required decisions first, then its table or expression, with the reasons kept (DMN 1.5, chapters 8 and 10).
import { evaluateFeel, FeelError, unaryTest } from '../../forms/feel.ts';
import type { FeelOptions } from '../../forms/feel.ts';
import { DecisionError } from './decision-model.ts';
import type { Decision, DecisionInput, DecisionLogic, DecisionModel, DecisionOutput, DecisionRule } from './decision-model.ts';
import { outcomeOf } from './hit-policy.ts';
import type { MatchedRule } from './hit-policy.ts';
import type { DecisionTrace, Json, Variables } from './types.ts';

export interface DecisionResult {
  readonly output: Json;
  /** Required decisions first, each once. */
  readonly trace: readonly DecisionTrace[];
}

type Table = Extract<DecisionLogic, { kind: 'table' }>;
interface Sitting {
  readonly model: DecisionModel;
  readonly made: Map<string, DecisionTrace>;
  variables: Variables;
  readonly options: FeelOptions;
}

/** `options.today` as in forms/feel. Throws `DecisionError`: no rule, several rules, a value that is not allowed, a failed expression. */
export function decide(model: DecisionModel, decisionId: string, variables: Variables, options: FeelOptions = {}): DecisionResult {
  const sitting: Sitting = { model, made: new Map(), variables, options };
  const output = make(sitting, decisionId);
  return { output, trace: [...sitting.made.values()] };
}

function make(sitting: Sitting, decisionId: string): Json {
  const decision = sitting.model.decisions.get(decisionId);
  if (!decision) throw new DecisionError('unknown-decision', decisionId, `Rozhodnutí ${decisionId} není v souborech DMN.`);
  const before = sitting.made.get(decisionId);
  if (before) return before.output;
  for (const required of decision.requires) {
    const output = make(sitting, required);
    const name = sitting.model.decisions.get(required)?.variable ?? required;
    sitting.variables = { ...sitting.variables, [required]: output, [name]: output };
  }
  const trace =
    decision.logic.kind === 'table'
      ? useTable(sitting, decision, decision.logic)
      : useExpression(sitting, decision, decision.logic.expression);
  sitting.made.set(decisionId, trace);
  return trace.output;
}

function useExpression(sitting: Sitting, decision: Decision, expression: string): DecisionTrace {
  const output = evaluate(sitting, decision, 'výraz', expression);
  checkUnit(decision, decision.unit, output);
  return { decisionId: decision.id, name: decision.name, inputs: {}, output, rules: [] };
}

function useTable(sitting: Sitting, decision: Decision, table: Table): DecisionTrace {
  const values = table.inputs.map((input) => inputValue(sitting, decision, input));
  const matched = table.rules
    .filter((rule) => matches(sitting, decision, rule, values))
    .map((rule) => matchedRule(sitting, decision, table, rule));
  const { output, rules } = outcomeOf(decision, table, matched, () => defaultOutput(sitting, decision, table));
  return {
    decisionId: decision.id,
    name: decision.name,
    inputs: Object.fromEntries(table.inputs.map((input, index) => [input.label, values[index] ?? null])),
    output,
    rules: rules.map(({ number, id, annotation }) => ({ number, id, ...(annotation === undefined ? {} : { annotation }) })),
  };
}

function inputValue(sitting: Sitting, decision: Decision, input: DecisionInput): Json {
  const value = evaluate(sitting, decision, `vstup „${input.label}“`, input.expression);
  if (input.allowedValues !== undefined && !passes(sitting, decision, input.allowedValues, value)) {
    throw new DecisionError('value-not-allowed', decision.id, `Vstup „${input.label}“ nemá dovolenou hodnotu.`);
  }
  return value;
}

function matches(sitting: Sitting, decision: Decision, rule: DecisionRule, values: readonly Json[]): boolean {
  return rule.inputs.every((cell, index) => cell === '-' || passes(sitting, decision, cell, values[index] ?? null));
}

function matchedRule(sitting: Sitting, decision: Decision, table: Table, rule: DecisionRule): MatchedRule {
  const outputs = table.outputs.map((output, index) => {
    const value = evaluate(sitting, decision, `pravidlo ${rule.number}`, rule.outputs[index] ?? '');
    checkUnit(decision, output.unit ?? decision.unit, value);
    return value;
  });
  return {
    rule,
    outputs,
    priorities: () => table.outputs.map((output, index) => priorityOf(sitting, decision, output, outputs[index] ?? null)),
  };
}

/** Place of the value in the list of allowed values; the first is the most important (DMN 1.5, 8.2.8). */
function priorityOf(sitting: Sitting, decision: Decision, output: DecisionOutput, value: Json): number {
  const list = evaluate(sitting, decision, `hodnoty výstupu „${output.label}“`, `[${output.allowedValues ?? ''}]`);
  const place = Array.isArray(list) ? list.findIndex((entry) => JSON.stringify(entry) === JSON.stringify(value)) : -1;
  if (place < 0) throw new DecisionError('value-not-allowed', decision.id, `Výstup „${output.label}“ není v seznamu hodnot.`);
  return place;
}

function defaultOutput(sitting: Sitting, decision: Decision, table: Table): readonly Json[] | undefined {
  if (!table.outputs.every((output) => output.defaultValue !== undefined)) return undefined;
  return table.outputs.map((output) => {
    const value = evaluate(sitting, decision, 'výchozí hodnota', output.defaultValue ?? 'null');
    checkUnit(decision, output.unit ?? decision.unit, value);
    return value;
  });
}

/** Money is whole haléře: a decision in haléře that gives a fraction is wrong, not rounded. */
function checkUnit(decision: Decision, unit: string | undefined, value: Json): void {
  if (unit === undefined || !/^hal/i.test(unit) || value === null) return;
  if (!Number.isSafeInteger(value)) throw new DecisionError('wrong-type', decision.id, 'Částka musí být v celých haléřích.');
}

function passes(sitting: Sitting, decision: Decision, tests: string, value: Json): boolean {
  return attempt(decision, 'podmínka', () => unaryTest(tests, value, sitting.variables, sitting.options));
}

function evaluate(sitting: Sitting, decision: Decision, where: string, expression: string): Json {
  return attempt(decision, where, () => evaluateFeel(expression, sitting.variables, sitting.options));
}

function attempt<T>(decision: Decision, where: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof FeelError)
      throw new DecisionError('expression-failed', decision.id, `Rozhodnutí „${decision.name}“, ${where}: ${error.message}`, error);
    throw error;
  }
}
