// FEEL over the variables of a case. A model's fault comes back as a value, never as an exception.
import { evaluateCondition, evaluateFeel, FeelError } from '../../forms/feel.ts';
import type { Failure, LiveCase } from './live-case.ts';
import type { ProcessNode } from './process-model.ts';
import { dayOf } from './timer-text.ts';
import type { Json, Variables } from './types.ts';

export type Outcome<T> = { readonly value: T } | { readonly failure: Failure };

export function evaluate(live: LiveCase, expression: string): Outcome<Json> {
  return attempt(() => evaluateFeel(expression, scopeVariables(live), { today: dayOf(live.context.now) }));
}

/** A null condition (an unfilled field) counts as false, as in FEEL's `if`. */
export function holds(live: LiveCase, expression: string): Outcome<boolean> {
  return attempt(() => evaluateCondition(expression, scopeVariables(live), { today: dayOf(live.context.now) }));
}

/** The `spis:input` mappings of a step. */
export function inputOf(live: LiveCase, node: ProcessNode): Outcome<Variables> {
  const result: Record<string, Json> = {};
  for (const { name, value } of node.inputs) {
    const outcome = value.startsWith('=') ? evaluate(live, value) : { value };
    if ('failure' in outcome) return { failure: { ...outcome.failure, reason: `Vstup „${name}“: ${outcome.failure.reason}` } };
    result[name] = outcome.value;
  }
  return { value: result };
}

export function scopeVariables(live: LiveCase): Variables {
  return { ...live.variables, ...live.context.constants };
}

export function assign(live: LiveCase, name: string, value: Json): void {
  live.variables = { ...live.variables, [name]: value };
}

function attempt<T>(work: () => T): Outcome<T> {
  try {
    return { value: work() };
  } catch (error) {
    // The border between a diagram's mistake and ours: only FEEL's own errors become incidents.
    if (error instanceof FeelError) return { failure: { code: 'expression-failed', reason: error.message } };
    throw error;
  }
}
