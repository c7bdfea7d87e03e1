// States saved by the first release, put into the form of version 2. Its scopes, waits and joins had longer names; a join that could never
// be complete was an incident there and is a waiting join here.
import type { SavedItem, SavedState } from './saved-shape.ts';
import type { EngineState, Json, Variables } from './types.ts';

interface Item1 {
  readonly x: string;
  readonly e: string;
  readonly s?: string;
  readonly k: 'scope' | 'task' | 'effect' | 'timer' | 'message' | 'gate' | 'incident';
  readonly at: string;
  readonly h?: string;
  readonly due?: string;
  readonly every?: string;
  readonly left?: number;
  readonly input?: Variables;
  readonly code?: string;
  readonly why?: string;
  readonly m?: 'enter' | 'leave' | 'arm' | 'arrive';
  readonly f?: string;
  readonly c?: number;
  readonly i?: true;
}

interface State1 {
  readonly n: number;
  readonly variables: Variables;
  readonly items: readonly Item1[];
  readonly joins?: readonly (readonly [string, string, Readonly<Record<string, number>>])[];
  readonly end?: string;
  readonly ended?: true;
}

const LETTERS = { scope: 's', task: 't', effect: 'e', timer: 'd', message: 'm', gate: 'w', incident: 'i' } as const;

export function readVersion1(state: EngineState): SavedState {
  const old = state as unknown as State1 & Readonly<Record<string, Json>>;
  const root = old.items.find((item) => item.x === '');
  const beginning = root ? Date.parse(root.at) : 0;
  const rest = old.items.filter((item) => item !== root);
  const joins = (old.joins ?? []).map(([scope, node, tokens], index): SavedItem => {
    const p = numberOf(scope);
    return { e: node, n: old.n + 1 + index, k: 'j', ...(p > 0 ? { p } : {}), j: tokens };
  });
  return {
    version: 2,
    n: old.n + joins.length,
    t: beginning,
    v: old.variables,
    i: [...rest.map((item) => itemOf(item, beginning)), ...joins],
    ...(root?.i ? { int: 1 } : {}),
    ...(old.end === undefined ? {} : { end: old.end }),
    ...(old.ended ? { ended: 1 } : {}),
    ...(root || old.ended ? {} : { new: 1 }),
  };
}

/** Execution ids were `element#number`; the process had an empty one. */
function numberOf(executionId: string): number {
  return executionId === '' ? 0 : Number(executionId.slice(executionId.lastIndexOf('#') + 1));
}

function itemOf(item: Item1, beginning: number): SavedItem {
  const since = Date.parse(item.at) - beginning;
  const scope = numberOf(item.s ?? '');
  return {
    e: item.e,
    n: numberOf(item.x),
    k: LETTERS[item.k],
    ...(item.h === undefined ? (scope > 0 ? { p: scope } : {}) : { h: numberOf(item.h) }),
    ...(since === 0 ? {} : { t: since }),
    ...(item.due === undefined ? {} : { d: Date.parse(item.due) - beginning }),
    ...(item.every === undefined ? {} : { r: item.every }),
    ...(item.left === undefined ? {} : { l: item.left }),
    ...(item.input ? { in: item.input } : {}),
    ...(item.i ? { i: 1 } : {}),
    ...(item.k === 'incident' ? { x: incidentOf(item) } : {}),
  };
}

function incidentOf(item: Item1): NonNullable<SavedItem['x']> {
  return {
    code: item.code ?? '',
    why: item.why ?? '',
    mode: item.m ?? 'enter',
    ...(item.f === undefined ? {} : { flow: item.f }),
    ...(item.c === undefined ? {} : { count: item.c }),
  };
}
