// Rules that need the whole diagram: where a process starts, what a boundary event sits on, what an event gateway leads to.
import type { ModelFinding } from './model-error.ts';
import { nodeOf } from './process-model.ts';
import type { ProcessModel, ProcessNode } from './process-model.ts';

type Rule = (node: ProcessNode, model: ProcessModel) => readonly [rule: string, message: string] | undefined;

const ACTIVITIES = new Set([
  'userTask',
  'manualTask',
  'serviceTask',
  'sendTask',
  'receiveTask',
  'businessRuleTask',
  'scriptTask',
  'subProcess',
]);

export function checkModel(model: ProcessModel): readonly ModelFinding[] {
  const findings: ModelFinding[] = [...checkScopes(model), ...checkFlows(model)];
  for (const node of model.nodes.values()) {
    for (const rule of RULES) {
      const found = rule(node, model);
      if (found) findings.push({ rule: found[0], severity: 'error', element: node.id, message: found[1] });
    }
  }
  return findings;
}

const RULES: readonly Rule[] = [
  (node) => {
    if (node.kind !== 'boundaryEvent') return undefined;
    return node.event?.kind === 'error' && !node.isInterrupting
      ? ['unsupported-element', 'Chyba na okraji úkolu vždy přerušuje (BPMN 2.0.2, 10.5.4).']
      : undefined;
  },
  (node, model) => {
    if (node.kind !== 'boundaryEvent') return undefined;
    const host = model.nodes.get(node.attachedTo ?? '');
    return host && ACTIVITIES.has(host.kind) && host.scope === node.scope
      ? undefined
      : ['bad-boundary', 'Událost nesedí na okraji činnosti.'];
  },
  (node) =>
    node.kind === 'boundaryEvent' && node.incoming.length > 0 ? ['bad-boundary', 'Do události na okraji nesmí vést tok.'] : undefined,
  (node) => (isCycle(node) && !mayRepeat(node) ? ['bad-timer', 'Opakování smí mít jen nepřerušující časovač na okraji úkolu.'] : undefined),
  (node) =>
    node.kind === 'eventBasedGateway' && node.outgoing.length < 2
      ? ['bad-event-gateway', 'Z brány událostí musí vést aspoň dva toky.']
      : undefined,
  (node, model) => {
    if (node.kind !== 'eventBasedGateway') return undefined;
    const targets = node.outgoing.map((flow) => nodeOf(model, model.flows.get(flow)?.target ?? ''));
    const ok = targets.every(
      (target) =>
        target.incoming.length === 1 && (target.kind === 'catchEvent' || (target.kind === 'receiveTask' && target.boundaries.length === 0)),
    );
    return ok ? undefined : ['bad-event-gateway', 'Brána událostí smí vést jen k událostem zprávy nebo času (BPMN 2.0.2, 10.6.6).'];
  },
  (node) => (node.kind === 'receiveTask' && !node.messageName ? ['missing-message', 'Přijímací úloha nemá určenu zprávu.'] : undefined),
  (node) => (node.kind === 'startEvent' && node.incoming.length > 0 ? ['bad-start', 'Do počáteční události nesmí vést tok.'] : undefined),
  (node) => (node.kind === 'endEvent' && node.outgoing.length > 0 ? ['bad-end', 'Z koncové události nesmí vést tok.'] : undefined),
  (node) =>
    node.kind === 'endEvent' && node.event?.kind === 'error' && !node.event.code
      ? ['missing-error-code', 'Koncová chyba nemá kód (errorCode).']
      : undefined,
  (node) =>
    node.kind === 'eventSubProcess' && node.incoming.length + node.outgoing.length > 0
      ? ['bad-event-sub-process', 'Podproces události nesmí být spojen tokem (BPMN 2.0.2, 13.5.4).']
      : undefined,
  (node) => (mustHaveIncoming(node) && node.incoming.length === 0 ? ['unreachable', 'K prvku nevede žádný tok.'] : undefined),
];

function mustHaveIncoming(node: ProcessNode): boolean {
  return node.kind !== 'startEvent' && node.kind !== 'boundaryEvent' && node.kind !== 'eventSubProcess';
}

function isCycle(node: ProcessNode): boolean {
  return node.event?.kind === 'timer' && node.event.timer.kind === 'cycle';
}

function mayRepeat(node: ProcessNode): boolean {
  return (node.kind === 'boundaryEvent' || node.kind === 'startEvent') && !node.isInterrupting;
}

function checkScopes(model: ProcessModel): readonly ModelFinding[] {
  return [...model.scopes.values()].flatMap((scope): ModelFinding[] => {
    const starts = scope.starts.map((id) => nodeOf(model, id));
    const kinds = starts.map((start) => start.event?.kind ?? 'none');
    const note = (rule: string, message: string): ModelFinding[] => [{ rule, severity: 'error', element: scope.id, message }];
    if (scope.id === model.processId) {
      if (kinds.includes('error')) return note('bad-start', 'Proces nemůže začít chybou.');
      if (starts.length === 0) return note('missing-start', 'Proces nemá počáteční událost.');
      if (kinds.filter((kind) => kind === 'none').length > 1) return note('bad-start', 'Proces má více prostých začátků.');
      return starts.every((start) => start.isInterrupting) ? [] : note('bad-start', 'Začátek procesu nemůže být nepřerušující.');
    }
    if (nodeOf(model, scope.id).kind === 'subProcess') {
      return kinds.length === 1 && kinds[0] === 'none' ? [] : note('bad-start', 'Podproces musí mít právě jeden prostý začátek.');
    }
    const [start] = starts;
    if (starts.length !== 1 || !start || kinds[0] === 'none')
      return note('bad-start', 'Podproces události musí mít právě jeden začátek se zprávou, časem nebo chybou.');
    return kinds[0] === 'error' && !start.isInterrupting ? note('bad-start', 'Začátek chybou vždy přerušuje.') : [];
  });
}

function checkFlows(model: ProcessModel): readonly ModelFinding[] {
  return [...model.flows.values()].flatMap((flow): ModelFinding[] => {
    const source = model.nodes.get(flow.source);
    const target = model.nodes.get(flow.target);
    if (source && target && source.scope === flow.scope && target.scope === flow.scope) return [];
    return [{ rule: 'broken-flow', severity: 'error', element: flow.id, message: 'Tok nesmí vést přes hranici podprocesu.' }];
  });
}
