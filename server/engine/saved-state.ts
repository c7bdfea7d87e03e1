// The stored form of a case, version 2: our own few words, no engine's envelope, and nothing that the model or a default can tell. Times are
// milliseconds after the case's beginning. States of older versions are read by a file of their own.
import { attach, insideOf } from './live-case.ts';
import type { Item, LiveCase } from './live-case.ts';
import type { DecisionModel } from './decision-model.ts';
import type { ProcessModel } from './process-model.ts';
import { KIND_LETTERS, KINDS, STATE_VERSION } from './saved-shape.ts';
import type { SavedItem, SavedState } from './saved-shape.ts';
import { readVersion1 } from './saved-state-v1.ts';
import type { EngineState, Instant, StepContext } from './types.ts';

export function saveState(live: LiveCase): EngineState {
  const beginning = Date.parse(live.root.at);
  const items: SavedItem[] = [];
  for (const item of live.items.values()) if (item !== live.root) items.push(savedItem(item, beginning));
  const { root } = live;
  const saved: SavedState = {
    version: STATE_VERSION,
    n: live.counter,
    t: beginning,
    v: root.vars ?? {},
    i: items,
    ...(root.isInterrupted ? { int: 1 } : {}),
    ...(root.done && root.done.length > 0 ? { o: root.done } : {}),
    ...(live.suspendedAt === undefined ? {} : { suspended: live.suspendedAt }),
    ...(live.end === undefined ? {} : { end: live.end }),
    ...(live.ended ? { ended: 1 } : {}),
    ...(live.isStarted ? {} : { new: 1 }),
  };
  // Through text, so that nothing in it is shared with the live case and all of it is JSON.
  return JSON.parse(JSON.stringify(saved)) as EngineState;
}

function savedItem(item: Item, beginning: number): SavedItem {
  const since = Date.parse(item.at) - beginning;
  return {
    e: item.e,
    n: item.n,
    ...(item.x === `${item.e}#${item.n}` ? {} : { id: item.x }),
    k: KIND_LETTERS[item.k],
    ...(item.parent && item.parent.n > 0 ? { p: item.parent.n } : {}),
    ...(item.host ? { h: item.host.n } : {}),
    ...(since === 0 ? {} : { t: since }),
    ...(item.vars ? { v: item.vars } : {}),
    ...(item.due === undefined ? {} : { d: Date.parse(item.due) - beginning }),
    ...(item.every === undefined ? {} : { r: item.every }),
    ...(item.left === undefined ? {} : { l: item.left }),
    ...(item.isStill ? { q: 1 } : {}),
    ...(item.key === undefined ? {} : { y: item.key }),
    ...(item.input ? { in: item.input } : {}),
    ...(item.was ? { w: 1 } : {}),
    ...(item.trigger === undefined ? {} : { g: item.trigger }),
    ...(item.came ? { cm: item.came } : {}),
    ...(item.incident ? { x: item.incident } : {}),
    ...savedInside(item),
  };
}

function savedInside(item: Item): Partial<SavedItem> {
  return {
    ...(item.isInterrupted ? { i: 1 } : {}),
    ...(item.isEnough ? { en: 1 } : {}),
    ...(item.queued ? { qu: item.queued } : {}),
    ...(item.done && item.done.length > 0 ? { o: item.done } : {}),
    ...(item.toUndo ? { u: item.toUndo } : {}),
    ...(item.resumes ? { re: 1 } : {}),
    ...(item.tokens ? { j: Object.fromEntries(item.tokens) } : {}),
    ...(item.first ? { f: item.first } : {}),
    ...(item.rounds ? { m: item.rounds } : {}),
    ...(item.index === undefined ? {} : { ix: item.index }),
    ...(item.given === undefined ? {} : { gi: item.given }),
    ...(item.wrote ? { wr: [...item.wrote] } : {}),
    ...(item.isNoted ? { z: 1 } : {}),
  };
}

/** Throws when the state is of another version or names elements the model does not have. */
export function loadCase(model: ProcessModel, decisions: DecisionModel, state: EngineState | undefined, context: StepContext): LiveCase {
  const saved = state === undefined ? undefined : readState(state);
  const live = emptyCase(model, decisions, context, saved);
  const byNumber = new Map<number, Item>([[0, live.root]]);
  for (const row of saved?.i ?? []) byNumber.set(row.n, bareItem(row, live.root.model, Number(saved?.t)));
  const items = (saved?.i ?? []).map((row) => link(row, byNumber));
  for (const item of items) identify(live, item);
  for (const item of items) settleDown(live, item);
  return live;
}

/** A state of any version in the form of the newest one. */
export function readState(state: EngineState): SavedState {
  if (state.version === STATE_VERSION) return state as unknown as SavedState;
  if (state.version === 1) return readVersion1(state);
  throw new Error(`state version ${state.version} is not known`);
}

function emptyCase(model: ProcessModel, decisions: DecisionModel, context: StepContext, saved: SavedState | undefined): LiveCase {
  const at = saved ? instantAt(saved.t) : context.now;
  const root: Item = {
    n: 0,
    x: '',
    e: model.processId,
    model,
    k: 'scope',
    at,
    inside: new Set(),
    hosted: new Set(),
    isGone: false,
    vars: { ...saved?.v },
    ...(saved?.int ? { isInterrupted: true } : {}),
    ...(saved?.o ? { done: [...saved.o] } : {}),
  };
  return {
    model,
    decisions,
    context,
    root,
    items: new Map(saved?.ended ? [] : [['', root]]),
    joins: new Set(),
    conditions: new Set(),
    queue: [],
    throws: [],
    touched: new Set(),
    trace: [],
    thrown: [],
    counter: saved?.n ?? 0,
    isDirty: false,
    visits: 0,
    begun: 0,
    isStarted: saved !== undefined && saved.new === undefined,
    ...(saved?.suspended === undefined ? {} : { suspendedAt: saved.suspended }),
    ...(saved?.end === undefined ? {} : { end: saved.end }),
    ended: saved?.ended === 1,
  };
}

function bareItem(row: SavedItem, model: ProcessModel, beginning: number): Item {
  const kind = KINDS.get(row.k);
  if (!kind) throw new Error(`state names kind ${row.k}, which is not known`);
  return {
    n: row.n,
    x: row.id ?? `${row.e}#${row.n}`,
    e: row.e,
    model,
    k: kind,
    at: instantAt(beginning + (row.t ?? 0)),
    inside: new Set(),
    hosted: new Set(),
    isGone: false,
    ...(row.v ? { vars: { ...row.v } } : {}),
    ...(row.d === undefined ? {} : { due: instantAt(beginning + row.d) }),
    ...(row.r === undefined ? {} : { every: row.r }),
    ...(row.l === undefined ? {} : { left: row.l }),
    ...(row.q ? { isStill: true } : {}),
    ...(row.y === undefined ? {} : { key: row.y }),
    ...(row.in ? { input: row.in } : {}),
    ...(kind === 'condition' ? { was: row.w === 1 } : {}),
    ...(row.g === undefined ? {} : { trigger: row.g }),
    ...(row.cm ? { came: [...row.cm] } : {}),
    ...(row.x ? { incident: row.x } : {}),
    ...insideOfRow(row),
  };
}

function insideOfRow(row: SavedItem): Partial<Item> {
  return {
    ...(row.i ? { isInterrupted: true } : {}),
    ...(row.en ? { isEnough: true } : {}),
    ...(row.qu ? { queued: [...row.qu] } : {}),
    ...(row.o ? { done: [...row.o] } : {}),
    ...(row.u ? { toUndo: [...row.u] } : {}),
    ...(row.re ? { resumes: true } : {}),
    ...(row.j ? { tokens: new Map(Object.entries(row.j)) } : {}),
    ...(row.f ? { first: row.f } : {}),
    ...(row.m ? { rounds: { ...row.m, ...(row.m.out ? { out: [...row.m.out] } : {}) } } : {}),
    ...(row.ix === undefined ? {} : { index: row.ix }),
    ...(row.gi === undefined ? {} : { given: row.gi }),
    ...(row.wr ? { wrote: new Set(row.wr) } : {}),
    ...(row.z ? { isNoted: true } : {}),
  };
}

/** Links first, in any order: a listener may stand before its host. */
function link(row: SavedItem, byNumber: ReadonlyMap<number, Item>): Item {
  const item = byNumber.get(row.n);
  const around = byNumber.get(row.h ?? row.p ?? 0);
  if (!item || !around) throw new Error(`state names item ${row.h ?? row.p ?? 0}, which is not in it`);
  if (row.h === undefined) item.parent = around;
  else item.host = around;
  return item;
}

/** What is around an item decides to which process its element belongs. */
function identify(live: LiveCase, item: Item): void {
  const around = item.parent ?? item.host;
  if (!around || item.node) return;
  identify(live, around);
  const inside = insideOf(around);
  const model = item.parent || !around.model.nodes.has(item.e) ? inside : around.model;
  const node = model.nodes.get(item.e);
  if (!node) throw new Error(`state names element ${item.e}, process ${model.processId} has none such`);
  const called = item.k === 'scope' || item.k === 'undo' ? model.library.get(node.calls ?? '') : undefined;
  Object.assign(item, { model, node, ...(called ? { calls: called } : {}) } satisfies Partial<Item>);
}

function settleDown(live: LiveCase, item: Item): void {
  attach(live, item);
  if (item.k === 'condition') live.conditions.add(item);
  if (item.k !== 'join' || !item.parent) return;
  (item.parent.joins ??= new Map()).set(item.e, item);
  if (item.node?.kind === 'inclusiveGateway' || item.node?.kind === 'complexGateway') live.joins.add(item);
}

function instantAt(milliseconds: number): Instant {
  return new Date(milliseconds).toISOString();
}
