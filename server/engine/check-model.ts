// Rules that need the compiled tables: what a token could not pass, what a call leads to, what the engine must be able to rely on.
import type { ModelFinding } from './model-error.ts';
import { triggersOf } from './process-model.ts';
import type { ProcessModel, ProcessNode } from './process-model.ts';

type Found = readonly [rule: string, message: string, element?: string];
type Rule = (node: ProcessNode, model: ProcessModel) => Found | undefined;

export const ACTIVITIES: ReadonlySet<string> = new Set([
  'task',
  'userTask',
  'manualTask',
  'serviceTask',
  'sendTask',
  'receiveTask',
  'businessRuleTask',
  'scriptTask',
  'callActivity',
  'subProcess',
]);

export function checkModel(model: ProcessModel): readonly ModelFinding[] {
  const found: Found[] = [...checkScopes(model), ...checkFlows(model)];
  for (const node of model.nodes.values()) {
    for (const rule of RULES) {
      const [name, message] = rule(node, model) ?? [];
      if (name !== undefined && message !== undefined) found.push([name, message, node.id]);
    }
  }
  return found.map(([rule, message, element]) => ({ rule, severity: 'error', element: element ?? '', message }));
}

const RULES: readonly Rule[] = [
  (node, model) => {
    if (node.kind !== 'boundaryEvent') return undefined;
    const host = model.nodes.get(node.attachedTo ?? '');
    return host && ACTIVITIES.has(host.kind) && host.scope === node.scope
      ? undefined
      : ['bad-boundary', 'Událost nesedí na okraji činnosti.'];
  },
  (node, model) =>
    node.kind === 'callActivity' && !model.library.has(node.calls ?? '')
      ? ['called-element-unknown', `Volaný proces „${node.calls ?? ''}“ v souboru není ani není zveřejněn.`]
      : undefined,
  (node, model) => {
    if (node.kind !== 'eventBasedGateway') return undefined;
    const targets = node.outgoing.flatMap((flow) => model.nodes.get(model.flows.get(flow)?.target ?? '') ?? []);
    const ok = targets.every(
      (target) =>
        target.incoming.length === 1 && (target.kind === 'catchEvent' || (target.kind === 'receiveTask' && target.boundaries.length === 0)),
    );
    return ok ? undefined : ['bad-event-gateway', 'Brána událostí smí vést jen k zachytávajícím událostem (BPMN 2.0.2, 10.6.6).'];
  },
  (node, model) =>
    node.kind === 'eventBasedGateway' && node.outgoing.length < 2 && model.bare !== true
      ? ['bad-event-gateway', 'Z brány událostí musí vést aspoň dva toky.']
      : undefined,
  (node, model) =>
    node.kind === 'receiveTask' && !node.messageName && model.bare !== true
      ? ['missing-message', 'Přijímací úloha nemá určenu zprávu.']
      : undefined,
  (node, model) =>
    node.kind === 'endEvent' &&
    model.bare !== true &&
    triggersOf(node).some((trigger) => trigger.kind === 'error' && trigger.code === undefined)
      ? ['missing-error-code', 'Koncová chyba nemá kód (errorCode).']
      : undefined,
  (node) =>
    node.kind === 'throwEvent' && node.event?.kind === 'link' && node.linkTarget === undefined
      ? ['link-without-target', 'Odkaz nemá na téže úrovni cíl stejného jména (BPMN 2.0.2, 10.5.5).']
      : undefined,
  (node) =>
    node.kind === 'boundaryEvent' && triggersOf(node).some(({ kind }) => kind === 'error' || kind === 'cancel') && !node.isInterrupting
      ? ['bad-boundary', 'Chyba a zrušení na okraji činnosti vždy přerušují (BPMN 2.0.2, 10.5.4).']
      : undefined,
  (node, model) =>
    model.bare !== true && mustHaveIncoming(node) && node.incoming.length === 0 && !startsItself(node, model)
      ? ['unreachable', 'K prvku nevede žádný tok.']
      : undefined,
];

function mustHaveIncoming(node: ProcessNode): boolean {
  return (
    node.kind !== 'startEvent' &&
    node.kind !== 'boundaryEvent' &&
    node.kind !== 'eventSubProcess' &&
    node.isForCompensation !== true &&
    !(node.kind === 'catchEvent' && node.event?.kind === 'link')
  );
}

/** Plain BPMN lets a process begin without a start event; in an ad-hoc sub-process everything is offered at once. */
function startsItself(node: ProcessNode, model: ProcessModel): boolean {
  if (model.isGlobalTask === true || node.instantiates === true) return true;
  const mayBegin = model.bare === true || model.nodes.get(node.scope)?.adHoc !== undefined;
  return mayBegin && model.scopes.get(node.scope)?.starts.includes(node.id) === true;
}

function checkScopes(model: ProcessModel): readonly Found[] {
  return [...model.scopes.values()].flatMap((scope): Found[] => {
    const starts = scope.starts.flatMap((id) => model.nodes.get(id) ?? []);
    const kinds = starts.map((start) => (start.kind === 'startEvent' ? (start.event?.kind ?? 'none') : 'none'));
    const note = (rule: string, message: string): Found[] => [[rule, message, scope.id]];
    if (scope.id === model.processId) {
      if (kinds.some((kind) => kind === 'error' || kind === 'escalation' || kind === 'compensation'))
        return note('bad-start', 'Proces nemůže začít chybou, eskalací ani kompenzací.');
      if (starts.length === 0) return note('missing-start', 'Proces nemá počáteční událost.');
      if (model.bare !== true && kinds.filter((kind) => kind === 'none').length > 1)
        return note('bad-start', 'Proces má více prostých začátků.');
      return model.bare === true || starts.every((start) => start.isInterrupting)
        ? []
        : note('bad-start', 'Začátek procesu nemůže být nepřerušující.');
    }
    const container = model.nodes.get(scope.id);
    if (container?.kind === 'subProcess') {
      const ok = container.adHoc !== undefined || model.bare === true || kinds.length === 1;
      return ok && kinds.every((kind) => kind === 'none') ? [] : note('bad-start', 'Podproces musí mít právě jeden prostý začátek.');
    }
    const [start] = starts;
    if (starts.length !== 1 || !start || kinds[0] === 'none')
      return note('bad-start', 'Podproces události musí mít právě jeden začátek s událostí.');
    return kinds[0] === 'error' && !start.isInterrupting ? note('bad-start', 'Začátek chybou vždy přerušuje.') : [];
  });
}

function checkFlows(model: ProcessModel): readonly Found[] {
  return [...model.flows.values()].flatMap((flow): Found[] => {
    const source = model.nodes.get(flow.source);
    const target = model.nodes.get(flow.target);
    if (source && target && source.scope === flow.scope && target.scope === flow.scope) return [];
    return [['broken-flow', 'Tok nesmí vést přes hranici podprocesu.', flow.id]];
  });
}
