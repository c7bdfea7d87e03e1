// Data into a step and out of it: `spis:input` and `spis:output`, data associations, and what happens without any (BPMN 2.0.2, 10.4.2).
import { assignOutput, evaluate, lookUp, outside, viewpoint } from '../expressions.ts';
import type { Outcome } from '../expressions.ts';
import { isInstance } from '../live-case.ts';
import type { Failure, Item, LiveCase } from '../live-case.ts';
import type { DataCopy, ProcessNode } from '../process-model.ts';
import type { Json, Variables } from '../types.ts';

export function hasInput(node: ProcessNode): boolean {
  return node.inputs.length > 0 || node.dataIn !== undefined;
}

export function hasOutput(node: ProcessNode): boolean {
  return node.outputs.length > 0 || node.dataOut !== undefined || node.result !== undefined;
}

/** What is mapped into the step, by name. */
export function inputOf(live: LiveCase, item: Item): Outcome<Variables> {
  const result: Record<string, Json> = {};
  const { node } = item;
  if (!node) return { value: result };
  const at = viewpoint(item);
  for (const { name, value } of node.inputs) {
    const outcome = value.startsWith('=') ? evaluate(live, at, value, item.vars) : { value };
    if ('failure' in outcome) return { failure: { ...outcome.failure, reason: `Vstup „${name}“: ${outcome.failure.reason}` } };
    result[name] = outcome.value;
  }
  for (const copy of node.dataIn ?? []) {
    const failure = runCopy(live, at, copy, (names) => lookUp(live, at, names), (name, value) => void (result[name] = value));
    if (failure) return { failure };
  }
  return { value: result };
}

/** Payload of a thrown message or signal: one data input is the payload itself. */
export function payloadOf(live: LiveCase, item: Item): Outcome<Json> {
  const input = inputOf(live, item);
  if ('failure' in input || !item.node) return input;
  const values = Object.values(input.value);
  if (item.node.inputs.length === 0 && values.length === 1) return { value: values[0] ?? null };
  return { value: values.length === 0 ? null : input.value };
}

/** Writes what a step gave. `fallback`: the variable when none is named; `undefined` drops it then (plain BPMN merges an object). */
export function takeOutput(live: LiveCase, item: Item, output: Json, fallback: string | undefined): Failure | undefined {
  const { node } = item;
  if (!node) return undefined;
  const loop = isInstance(item) && node.loop?.kind === 'multi' ? node.loop : undefined;
  const mapped = mapOutputs(live, item, output);
  if (mapped) return mapped;
  const name = node.result ?? loop?.outputItem;
  // What is mapped to the part of an output collection is that part.
  const isMapped = node.result === undefined && node.outputs.some((mapping) => mapping.name === name);
  if (name !== undefined && !isMapped) assignOutput(live, item, name, output);
  else if (name === undefined && !hasOutput(node)) takeUnnamed(live, item, output, fallback);
  return undefined;
}

function takeUnnamed(live: LiveCase, item: Item, output: Json, fallback: string | undefined): void {
  if (!item.model.bare) {
    if (fallback !== undefined) assignOutput(live, item, fallback, output);
    return;
  }
  if (isObject(output)) for (const [name, value] of Object.entries(output)) assignOutput(live, item, name, value);
}

/** `spis:output` and data output associations over the output. */
export function mapOutputs(live: LiveCase, item: Item, output: Json): Failure | undefined {
  const { node } = item;
  if (!node || (node.outputs.length === 0 && !node.dataOut)) return undefined;
  const extra: Record<string, Json> = { [node.result ?? node.id]: output, ...(isObject(output) ? output : {}) };
  for (const { name, value } of node.outputs) {
    const outcome = evaluate(live, item, value, extra);
    if ('failure' in outcome) return { ...outcome.failure, reason: `Výstup „${name}“: ${outcome.failure.reason}` };
    assignOutput(live, item, name, outcome.value);
  }
  const find = (names: readonly string[]): Json | undefined => {
    const own = isObject(output) ? names.find((name) => Object.hasOwn(output, name)) : undefined;
    if (own !== undefined) return extra[own];
    return item.k === 'scope' ? lookUp(live, item, names) : output;
  };
  for (const copy of node.dataOut ?? []) {
    const failure = runCopy(live, item.k === 'scope' ? item : outside(item), copy, find, (name, value) => assignOutput(live, item, name, value), extra);
    if (failure) return failure;
  }
  return undefined;
}

function runCopy(
  live: LiveCase,
  at: Item,
  copy: DataCopy,
  find: (names: readonly string[]) => Json | undefined,
  give: (name: string, value: Json) => void,
  extra: Variables = {},
): Failure | undefined {
  for (const { from, to } of copy.assignments) {
    const outcome = evaluate(live, at, from, extra);
    if ('failure' in outcome) return outcome.failure;
    give(to, outcome.value);
  }
  if (copy.target === '' || (copy.assignments.length > 0 && copy.transformation === undefined)) return undefined;
  if (copy.transformation === undefined) {
    give(copy.target, find(copy.names) ?? null);
    return undefined;
  }
  const source = find(copy.names);
  const outcome = evaluate(live, at, copy.transformation, source === undefined ? extra : { ...extra, [copy.names[0] ?? '']: source });
  if ('failure' in outcome) return outcome.failure;
  give(copy.target, outcome.value);
  return undefined;
}

export function isObject(value: Json): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
