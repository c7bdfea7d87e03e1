// One case from its words to its outcome in numbers: rule, trace, calendar, switches, then the rule's way of counting.
import { Problem } from '../problem.ts';
import { note, type Context, type Outcome, type Step } from './counting/context.ts';
import { readDay, writeDay } from './days/day-number.ts';
import { calendarWith } from './days/working-days.ts';
import { kinds } from './kinds/kinds.ts';
import { readTrace, type Trace } from './reading/read-trace.ts';
import { versionOf, type Rule, type RuleVersion } from './rules/rule.ts';
import { findRule } from './rules/rule-set.ts';
import { readSwitches } from './rules/switches.ts';
import type { CalculateOptions, DeadlineCase } from './types.ts';

export interface Evaluated {
  readonly rule: Rule;
  readonly trace: Trace;
  readonly outcome: Outcome;
  readonly steps: readonly Step[];
}

/** @throws Problem with a code of words/errors.ts */
export function evaluate(question: DeadlineCase, options: CalculateOptions = {}): Evaluated {
  const known = findRule(question.regime, question.rule);
  const switches = readSwitches(options.switches);
  const context = {
    rule: known.rule,
    trace: readTrace(question.events, known, switches.unknown_field === 'error'),
    calendar: calendarWith(options.daysOff),
    switches,
    steps: [] as Step[],
    versionFor: (start: number): RuleVersion => inForce(context, start),
  } satisfies Context;
  const outcome = kinds[known.rule.kind](context);
  return { rule: known.rule, trace: context.trace, outcome, steps: context.steps };
}

/** The wording by the day of the start event. A day before the oldest wording is counted by it, and the explanation says so. */
function inForce(context: Context, start: number): RuleVersion {
  const version = versionOf(context.rule, writeDay(start));
  const from = version === undefined ? undefined : readDay(version.from);
  if (version === undefined || from === undefined) throw new Error(`rule ${context.rule.regime}/${context.rule.rule} has no version`);
  if (start >= from) return version;
  const name = `${context.rule.regime}/${context.rule.rule}`;
  if (context.switches.before_effect === 'error') throw new Problem('invalid', 'rule-not-in-force', { rule: name });
  if (!context.steps.some(({ day }) => day === from)) note(context, from, version.paragraph, (p) => p.oldLaw(from));
  return version;
}
