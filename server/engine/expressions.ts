// FEEL and variables as an element sees them: its own, those of the scopes around it, those of its process (BPMN 2.0.2, 10.4.1).
// A model's fault comes back as a value, never as an exception.
import { evaluateCondition, evaluateFeel, FeelError } from '../../forms/feel.ts';
import { isInstance, scopeRow } from './live-case.ts';
import type { Failure, Item, LiveCase } from './live-case.ts';
import { dayOf } from './timer-text.ts';
import type { Json, Variables } from './types.ts';

export type Outcome<T> = { readonly value: T } | { readonly failure: Failure };

/** `at`: the innermost item whose variables count. `extra` goes before all others. */
export function evaluate(live: LiveCase, at: Item, expression: string, extra?: Variables): Outcome<Json> {
  return attempt(() =>
    asKnown(live, variablesAt(live, at, extra), (known) => evaluateFeel(expression, known, { today: dayOf(live.context.now) })),
  );
}

/** A null condition (an unfilled field) counts as false, as in FEEL's `if`. */
export function holds(live: LiveCase, at: Item, expression: string, extra?: Variables): Outcome<boolean> {
  return attempt(() =>
    asKnown(live, variablesAt(live, at, extra), (known) => evaluateCondition(expression, known, { today: dayOf(live.context.now) })),
  );
}

const MOST_MISSING = 50;

/**
 * In plain BPMN a variable that nobody has written is null (DMN 1.5, 10.3.2.13). In a diagram of ours it is a mistyped name, and an incident.
 */
function asKnown<T>(live: LiveCase, variables: Variables, work: (known: Variables) => T): T {
  if (live.model.bare !== true) return work(variables);
  let known = variables;
  for (let missing = 0; missing < MOST_MISSING; missing += 1) {
    try {
      return work(known);
    } catch (error) {
      if (!(error instanceof FeelError) || error.code !== 'missing-variable' || !error.subject || Object.hasOwn(known, error.subject))
        throw error;
      known = { ...known, [error.subject]: null };
    }
  }
  return work(known);
}

/** As `holds`, for events that wait for a condition: what is not known yet is not true. */
export function isTrueYet(live: LiveCase, at: Item, expression: string): Outcome<boolean> {
  try {
    return { value: evaluateCondition(expression, variablesAt(live, at), { today: dayOf(live.context.now) }) };
  } catch (error) {
    if (!(error instanceof FeelError)) throw error;
    if (error.code === 'missing-variable') return { value: false };
    return { failure: { code: 'expression-failed', reason: error.message } };
  }
}

/** The process or called process around an item. */
export function processOf(live: LiveCase, at: Item): Item {
  let item: Item = at;
  while (!item.calls && item !== live.root) item = item.parent ?? item.host ?? live.root;
  return item;
}

/** From where an item looks at variables: a listener from where it is drawn. */
export function viewpoint(item: Item): Item {
  const { host } = item;
  if (!host) return item.calls ? (item.parent ?? item) : item;
  if (host.k === 'any') return viewpoint(host);
  return item.node?.kind === 'startEvent' ? host : (host.parent ?? host);
}

/** Variables of the sub-processes and the called process around an item: what the case's own do not have. */
export function localVariables(live: LiveCase, at: Item): Variables {
  const locals: Variables[] = [];
  let item: Item | undefined = at.parent ?? at.host;
  for (; item && item !== live.root && !item.calls; item = item.parent ?? item.host) {
    const own = ownVariables(item);
    if (own) locals.push(own);
  }
  return Object.assign({}, item?.calls ? item.vars : undefined, ...locals.reverse()) as Variables;
}

export function variablesAt(live: LiveCase, at: Item, extra?: Variables): Variables {
  const locals: Variables[] = [];
  let item: Item = at;
  for (; !item.calls && item !== live.root; item = item.parent ?? item.host ?? live.root) {
    const own = ownVariables(item);
    if (own) locals.push(own);
  }
  const process = processVariables(live, item);
  if (locals.length === 0 && !extra) return process;
  return Object.assign({}, process, ...locals.reverse(), extra) as Variables;
}

function ownVariables(item: Item): Variables | undefined {
  const data = scopeRow(item)?.data ?? [];
  if (data.length === 0) return item.vars;
  return { ...nulls(data), ...item.vars };
}

function processVariables(live: LiveCase, process: Item): Variables {
  const data = scopeRow(process)?.data ?? [];
  if (data.length === 0 && !live.context.constants) return process.vars ?? {};
  process.seen ??= { ...nulls(data), ...process.vars, ...live.context.constants };
  return process.seen;
}

const nulls = (names: readonly string[]): Variables => Object.fromEntries(names.map((name) => [name, null]));

/** Written where it is declared, else in the process. */
export function assign(live: LiveCase, at: Item, name: string, value: Json): void {
  let item: Item = at;
  while (!item.calls && item !== live.root) {
    if (isOwn(item, name)) break;
    item = item.parent ?? item.host ?? live.root;
  }
  write(item, name, value);
  live.isDirty = true;
}

/** A local variable, a data object of the scope, the part of an output collection that an instance makes. */
function isOwn(item: Item, name: string): boolean {
  if ((item.vars && Object.hasOwn(item.vars, name)) || scopeRow(item)?.data.includes(name) === true) return true;
  const loop = isInstance(item) ? item.node?.loop : undefined;
  return loop?.kind === 'multi' && loop.outputItem === name;
}

/** What a step gives: an instance of a multi-instance activity keeps its part of the output collection. */
export function assignOutput(live: LiveCase, item: Item, name: string, value: Json): void {
  const loop = isInstance(item) ? item.node?.loop : undefined;
  if (loop?.kind === 'multi' && loop.outputItem === name) item.given = value;
  else assign(live, outside(item), name, value);
}

/** A scope's output goes to what is around it. */
export function outside(item: Item): Item {
  return item.k === 'scope' || item.calls ? (item.parent ?? item) : item;
}

export function write(owner: Item, name: string, value: Json): void {
  owner.vars ??= {};
  delete owner.seen;
  if (owner.calls) (owner.wrote ??= new Set()).add(name);
  // Not an assignment: data from outside may be called `__proto__`.
  Object.defineProperty(owner.vars, name, { value, enumerable: true, writable: true, configurable: true });
}

export function lookUp(live: LiveCase, at: Item, names: readonly string[]): Json | undefined {
  const variables = variablesAt(live, at);
  const found =
    names.find((name) => variables[name] !== undefined && variables[name] !== null) ?? names.find((name) => Object.hasOwn(variables, name));
  return found === undefined ? undefined : variables[found];
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
