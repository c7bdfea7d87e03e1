// What a table answers when one, several or no rules match (DMN 1.5, 8.2.8 and 8.2.11).
import { DecisionError } from './decision-model.ts';
import type { Aggregation, Decision, DecisionLogic, DecisionRule } from './decision-model.ts';
import type { Json } from './types.ts';

export interface MatchedRule {
  readonly rule: DecisionRule;
  readonly outputs: readonly Json[];
  /** Places of its outputs in the lists of priorities; asked only by hit policies P and O. */
  readonly priorities: () => readonly number[];
}

type Table = Extract<DecisionLogic, { kind: 'table' }>;
export interface TableOutcome {
  readonly output: Json;
  readonly rules: readonly DecisionRule[];
}

/** Throws `DecisionError` when the policy is broken, or when nothing matches and there is no default. */
export function outcomeOf(
  decision: Decision,
  table: Table,
  matched: readonly MatchedRule[],
  defaults: () => readonly Json[] | undefined,
): TableOutcome {
  const [first] = matched;
  if (!first) return { output: withoutMatch(decision, table, defaults()), rules: [] };
  const one = (match: MatchedRule): TableOutcome => ({ output: shaped(table, match.outputs), rules: [match.rule] });
  const all = { rules: matched.map((match) => match.rule) };
  switch (table.hitPolicy) {
    case 'UNIQUE':
      if (matched.length > 1) throw several(decision, matched);
      return one(first);
    case 'FIRST':
      return one(first);
    case 'ANY':
      if (matched.some((match) => JSON.stringify(match.outputs) !== JSON.stringify(first.outputs))) throw several(decision, matched);
      return { ...all, output: shaped(table, first.outputs) };
    case 'PRIORITY':
      return one([...matched].sort(byPriority)[0] ?? first);
    case 'OUTPUT ORDER': {
      const ordered = [...matched].sort(byPriority);
      return { output: ordered.map((match) => shaped(table, match.outputs)), rules: ordered.map((match) => match.rule) };
    }
    case 'RULE ORDER':
      return { ...all, output: matched.map((match) => shaped(table, match.outputs)) };
    case 'COLLECT': {
      const values = matched.map((match) => shaped(table, match.outputs));
      return { ...all, output: table.aggregation === undefined ? values : aggregate(decision, table.aggregation, values) };
    }
  }
}

function byPriority(left: MatchedRule, right: MatchedRule): number {
  const rights = right.priorities();
  const difference = left
    .priorities()
    .map((place, index) => place - (rights[index] ?? 0))
    .find((step) => step !== 0);
  return difference ?? left.rule.number - right.rule.number;
}

function shaped(table: Table, outputs: readonly Json[]): Json {
  if (table.outputs.length === 1) return outputs[0] ?? null;
  return Object.fromEntries(table.outputs.map((output, index) => [output.name, outputs[index] ?? null]));
}

/** Lists and counts of nothing are an answer; a single value that nothing gives is not. */
function withoutMatch(decision: Decision, table: Table, defaults: readonly Json[] | undefined): Json {
  const isList =
    table.hitPolicy === 'RULE ORDER' ||
    table.hitPolicy === 'OUTPUT ORDER' ||
    (table.hitPolicy === 'COLLECT' && table.aggregation === undefined);
  if (defaults) return isList ? [shaped(table, defaults)] : shaped(table, defaults);
  if (isList) return [];
  if (table.aggregation === 'COUNT') return 0;
  throw new DecisionError('no-rule-matches', decision.id, `V rozhodnutí „${decision.name}“ neplatí žádné pravidlo.`);
}

function several(decision: Decision, matched: readonly MatchedRule[]): DecisionError {
  const numbers = matched.map((match) => match.rule.number).join(', ');
  return new DecisionError('several-rules-match', decision.id, `V rozhodnutí „${decision.name}“ platí naráz pravidla ${numbers}.`);
}

function aggregate(decision: Decision, aggregation: Aggregation, values: readonly Json[]): Json {
  if (aggregation === 'COUNT') return values.length;
  const numbers = values.map((value) => {
    if (typeof value === 'number') return value;
    throw new DecisionError('wrong-type', decision.id, `V rozhodnutí „${decision.name}“ není výsledek pravidla číslo.`);
  });
  if (aggregation === 'SUM') return numbers.reduce((sum, number) => sum + number, 0);
  return numbers.reduce((best, number) => (aggregation === 'MIN' ? Math.min(best, number) : Math.max(best, number)));
}
