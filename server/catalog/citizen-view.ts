// What the citizen reads, derived from where the tokens stand: the state now, and what usually follows. Pure; nothing of it is ever stored.
import { findNode } from '../engine/index.ts';
import type { CitizenText, ProcessModel, ProcessNode } from '../engine/process-model.ts';
import { outcomeTitle } from './outcomes.ts';

export type Who = 'citizen' | 'office' | 'outside' | 'system' | 'nobody';
export type ViewLang = 'cs' | 'en';

/** An open wait as it is needed here; rows of tasks, timers, effects, subscriptions and incidents all fit. */
export interface StandingToken {
  readonly kind: 'task' | 'effect' | 'timer' | 'message' | 'signal' | 'condition' | 'join' | 'incident';
  readonly elementId: string;
  readonly since: string;
  readonly dueAt: string | null;
  readonly attachedTo?: string | null;
}
export interface CitizenState {
  /** Element whose text this is; null when nothing of the diagram speaks. */
  readonly elementId: string | null;
  readonly title: string;
  readonly text: string;
  readonly who: Who;
  readonly since: string | null;
  readonly until: string | null;
  readonly ended: boolean;
  readonly outcome: string | null;
}

const WAITING: Readonly<Record<ViewLang, { title: string; text: string }>> = {
  cs: { title: 'Zpracováváme', text: 'Podání zpracovává úřad. Až se něco změní, dáme vám vědět.' },
  en: { title: 'Being processed', text: 'The office is processing your submission. We will let you know when something changes.' },
};
const NOBODY: Readonly<Record<ViewLang, string>> = {
  cs: 'Řízení skončilo, nic dalšího není potřeba.',
  en: 'The case is closed; nothing more is needed.',
};

/** The element's text in the language, else in Czech. */
export function citizenText(node: ProcessNode | undefined, lang: ViewLang): CitizenText | undefined {
  return node?.citizen[lang] ?? node?.citizen['cs'];
}

/** The one state that matters to the citizen: his own task before everything, then whom the case waits for. */
export function citizenState(
  model: ProcessModel,
  tokens: readonly StandingToken[],
  ended: { readonly elementId: string | null; readonly outcome: string; readonly at: string } | null,
  lang: ViewLang,
): CitizenState {
  if (ended) return endState(model, ended, lang);
  const ranked = tokens
    .flatMap((token) => {
      const node = findNode(model, token.elementId);
      const rank = node === undefined ? 0 : rankOf(node, token, lang);
      return rank === 0 ? [] : [{ token, node, rank }];
    })
    .sort((a, b) => b.rank - a.rank || a.token.since.localeCompare(b.token.since));
  const first = ranked[0];
  const text = citizenText(first?.node, lang);
  const base = { ended: false, outcome: null, since: first?.token.since ?? null };
  if (!first || !text) return { ...WAITING[lang], ...base, elementId: null, who: 'office', until: null };
  return {
    ...base,
    elementId: first.token.elementId,
    title: text.title,
    text: text.text,
    who: whoOf(text),
    until: untilOf(model, first.token, tokens),
  };
}

function endState(
  model: ProcessModel,
  ended: { readonly elementId: string | null; readonly outcome: string; readonly at: string },
  lang: ViewLang,
): CitizenState {
  const text = ended.elementId === null ? undefined : citizenText(findNode(model, ended.elementId), lang);
  return {
    elementId: ended.elementId,
    title: text?.title ?? outcomeTitle(ended.outcome, lang),
    text: text?.text ?? NOBODY[lang],
    who: 'nobody',
    since: ended.at,
    until: null,
    ended: true,
    outcome: ended.outcome,
  };
}

/** 0 = says nothing to the citizen: what is merely offered, waits for withdrawal, boundary timers, steps without a text. Quiet years say theirs last. */
function rankOf(node: ProcessNode, token: StandingToken, lang: ViewLang): number {
  const text = citizenText(node, lang);
  if (!text || node.offer === true) return 0;
  if (text.who === 'nobody') return 1;
  if (node.kind === 'boundaryEvent' || node.kind === 'startEvent' || token.kind === 'timer') return 0;
  if (text.who === 'citizen') return token.kind === 'task' ? 6 : 5;
  return text.who === 'office' ? 4 : text.who === 'outside' ? 3 : 2;
}

const whoOf = (text: CitizenText): Who =>
  ['citizen', 'office', 'outside', 'system', 'nobody'].includes(text.who) ? (text.who as Who) : 'office';

/** The task's own due day, else the interrupting timer on its boundary, else a timer that races it behind the same event gateway. */
function untilOf(model: ProcessModel, token: StandingToken, tokens: readonly StandingToken[]): string | null {
  if (token.dueAt !== null) return token.dueAt;
  const gateway = model.nodes
    .get(token.elementId)
    ?.incoming.map((flow) => model.flows.get(flow)?.source)
    .find((id) => id !== undefined && model.nodes.get(id)?.kind === 'eventBasedGateway');
  const racing = tokens.filter(
    (other) =>
      other.kind === 'timer' &&
      other.dueAt !== null &&
      ((other.attachedTo === token.elementId && findNode(model, other.elementId)?.isInterrupting === true) ||
        (gateway !== undefined &&
          findNode(model, other.elementId)?.incoming.some((flow) => model.flows.get(flow)?.source === gateway) === true)),
  );
  return (
    racing
      .map((other) => other.dueAt)
      .sort()
      .at(0) ?? null
  );
}

/** Elements with a citizen's text on the usual way from `from` (default: the start) to the end: default flows at gateways, else the first one drawn;
 * into sub-processes and called processes, and out of them again. */
export function usualWay(
  model: ProcessModel,
  from: string | null,
  lang: ViewLang,
): readonly { readonly elementId: string; readonly text: CitizenText }[] {
  const way: { elementId: string; text: CitizenText }[] = [];
  const seen = new Set<string>();
  let place = from === null ? startOf(model, model.processId) : placeOf(model, from);
  while (place && !seen.has(place.node.id)) {
    const { node }: Place = place;
    seen.add(node.id);
    const text = citizenText(node, lang);
    if (text && node.id !== from && node.offer !== true) way.push({ elementId: node.id, text });
    place = inside(place, model) ?? after(place, model);
  }
  return way;
}

interface Place {
  readonly model: ProcessModel;
  readonly node: ProcessNode;
}
const modelsOf = (model: ProcessModel): readonly ProcessModel[] => [...new Set([model, ...model.library.values()])];

function placeOf(root: ProcessModel, id: string): Place | undefined {
  for (const model of modelsOf(root)) {
    const node = model.nodes.get(id);
    if (node) return { model, node };
  }
  return undefined;
}

function startOf(model: ProcessModel, scope: string): Place | undefined {
  const node = [...model.nodes.values()].find((one) => one.kind === 'startEvent' && one.scope === scope);
  return node && { model, node };
}

function inside({ model, node }: Place, root: ProcessModel): Place | undefined {
  if (node.kind === 'subProcess') return startOf(model, node.id);
  const called = node.kind === 'callActivity' ? root.library.get(node.calls ?? '') : undefined;
  return called && startOf(called, called.processId);
}

/** The next element; at the end of a sub-process or of a called process that which follows it. */
function after({ model, node }: Place, root: ProcessModel): Place | undefined {
  const flow = model.flows.get(node.defaultFlow ?? node.outgoing[0] ?? '');
  const next = flow && model.nodes.get(flow.target);
  if (next) return { model, node: next };
  const around = model.nodes.get(node.scope);
  if (around) return around.kind === 'subProcess' ? after({ model, node: around }, root) : undefined;
  if (model === root) return undefined;
  for (const other of modelsOf(root))
    for (const caller of other.nodes.values()) if (caller.calls === model.processId) return after({ model: other, node: caller }, root);
  return undefined;
}

/** Past steps that the citizen sees: completed elements with a text; steps under one title that follow each other are one. Cancelled and silent ones are left out. */
export function pastSteps(
  model: ProcessModel,
  completed: readonly { readonly elementId: string; readonly at: string }[],
  lang: ViewLang,
): readonly { readonly elementId: string; readonly at: string; readonly text: CitizenText }[] {
  const steps = completed.flatMap(({ elementId, at }) => {
    const text = citizenText(findNode(model, elementId), lang);
    return text ? [{ elementId, at, text }] : [];
  });
  return steps.filter((step, index) => steps[index - 1]?.text.title !== step.text.title);
}
