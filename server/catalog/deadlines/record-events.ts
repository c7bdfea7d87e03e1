// From the trace of a step to what it means for deadlines: the elements that were completed say it in their `spis:deadlineEvent`. Pure.
import { evaluateFeel, FeelError } from '../../../forms/index.ts';
import { findNode } from '../../engine/index.ts';
import type { DeadlineEventRule, Json, ProcessModel, TraceEntry, Variables } from '../../engine/index.ts';

/** What happened to a deadline, as it is kept. */
export interface DeadlineEvent {
  readonly deadline: string;
  readonly type: string;
  /** Legal date or instant; empty for events that have no day of their own (`set`, `extended`, `call_period`). */
  readonly at: string;
  /** `ref`, `reason`, `n`, `unit`, `days`, `how`; for `delivery` what is known of it. */
  readonly detail: Readonly<Record<string, Json>>;
  readonly elementId?: string;
  readonly executionId?: string;
}

/** Events without a day. Everything else happened on the day on which its element was completed, unless the diagram says when. */
const DAYLESS = new Set(['set', 'extended', 'call_period', 'anew', 'closed']);

/** An expression about a deadline failed, or what it gives makes no sense. */
class Unclear extends Error {}

/**
 * @param variables the case's own and the constants, as they are after the step. What cannot be evaluated is recorded with `trouble`, so that
 * a fault of the diagram stops no case and an officer sees that the deadline must be put right by hand.
 */
export function eventsOfTrace(model: ProcessModel, trace: readonly TraceEntry[], variables: Variables): readonly DeadlineEvent[] {
  return trace.flatMap((entry) => {
    if (entry.kind !== 'completed') return [];
    const { elementId, executionId, at } = entry;
    const rules = findNode(model, elementId)?.deadlineEvents ?? [];
    const seen = entry.locals ? { ...variables, ...entry.locals } : variables;
    return rules.map((rule) => ({ ...recorded(rule, at, seen), elementId, executionId }));
  });
}

function recorded(rule: DeadlineEventRule, at: string, variables: Variables): DeadlineEvent {
  try {
    return eventOf(rule, at, variables);
  } catch (error) {
    if (!(error instanceof Unclear || error instanceof FeelError)) throw error;
    return { deadline: rule.deadline, type: rule.type, at, detail: { trouble: error.message } };
  }
}

function eventOf(rule: DeadlineEventRule, at: string, variables: Variables): DeadlineEvent {
  const values: Record<string, Json> = {};
  for (const [word, text] of Object.entries(rule.values)) {
    const value = text.startsWith('=') ? (evaluateFeel(text, variables) as Json) : text;
    if (value !== null && value !== '') values[word] = value;
  }
  const { date, ...rest } = values;
  const base = { deadline: rule.deadline, type: rule.type };
  if (rule.type === 'delivery') return { ...base, at, detail: { ...rest, ...deliveryFacts(date) } };
  if (date !== undefined && typeof date !== 'string') throw new Unclear('Den události lhůty není datum.');
  return { ...base, at: date ?? (DAYLESS.has(rule.type) ? '' : at), detail: numbers(rest) };
}

/** Numbers written in an attribute are texts. */
function numbers(values: Readonly<Record<string, Json>>): Readonly<Record<string, Json>> {
  return Object.fromEntries(
    Object.entries(values).map(([word, value]) => [
      word,
      (word === 'n' || word === 'days') && typeof value === 'string' ? Number(value) : value,
    ]),
  );
}

function deliveryFacts(value: Json | undefined): Readonly<Record<string, Json>> {
  if (value === undefined) return {};
  if (typeof value === 'string') return { deliveredAt: value };
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Unclear('Doručení není den ani zpráva o doručení.');
  const facts = value as Readonly<Record<string, Json>>;
  return Object.fromEntries(
    ['how', 'deliveredAt', 'putInBoxAt', 'storedOn'].flatMap((key) =>
      facts[key] === undefined || facts[key] === null ? [] : [[key, facts[key]]],
    ),
  );
}
