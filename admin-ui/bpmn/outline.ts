// A process as a list of steps in the order they follow each other: what a person reads who cannot use the drawing.
import { definitionsOf, isKind } from './diagram.ts';
import type { ElementRegistry, Model } from './diagram.ts';
import { readAttribute } from './extensions.ts';
import { translate } from './translate.ts';

export interface OutlineRow {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  readonly lane: string;
  readonly role: string;
  readonly form: string;
  /** Where it goes on, with the name of the flow. */
  readonly next: string;
}

/** Steps, events and gateways; flows are told in `next`. Starts first, then breadth-first along the flows, then the rest. */
export function outlineOf(registry: ElementRegistry): readonly OutlineRow[] {
  const shapes = registry.getAll().filter((shape) => shape.labelTarget === undefined);
  const nodes = [...new Set(shapes.map(({ businessObject }) => businessObject))].filter((model) => isKind(model, 'bpmn:FlowNode'));
  const lanes = lanesOf(shapes.map(({ businessObject }) => businessObject));
  return ordered(nodes).map((model) => ({
    id: model.id,
    name: model.name ?? '',
    kind: kindOf(model),
    lane: lanes.get(model.id) ?? '',
    role: readAttribute(model, 'role'),
    form:
      readAttribute(model, 'form') || readAttribute(model, 'effect') || readAttribute(model, 'decision') || readAttribute(model, 'outcome'),
    next: nextOf(model),
  }));
}

const flowsOf = (model: Model): readonly Model[] => (model.get('outgoing') as readonly Model[] | undefined) ?? [];
const targetOf = (flow: Model): Model | undefined => flow.get('targetRef') as Model | undefined;

function ordered(nodes: readonly Model[]): readonly Model[] {
  const seen = new Set<Model>();
  const attached = (model: Model): readonly Model[] =>
    nodes.filter((node) => node.$type === 'bpmn:BoundaryEvent' && node.get('attachedToRef') === model);
  const walk = (queue: Model[]): void => {
    for (let model = queue.shift(); model !== undefined; model = queue.shift()) {
      if (seen.has(model)) continue;
      seen.add(model);
      queue.push(...attached(model), ...flowsOf(model).flatMap((flow) => targetOf(flow) ?? []));
    }
  };
  const starts = nodes.filter(({ $type }) => $type === 'bpmn:StartEvent');
  const isAside = (start: Model): boolean => start.$parent?.$type === 'bpmn:SubProcess';
  for (const queue of [starts.filter((start) => !isAside(start)), starts.filter(isAside)]) walk(queue);
  return [...seen, ...nodes.filter((node) => !seen.has(node))];
}

function lanesOf(models: readonly Model[]): ReadonlyMap<string, string> {
  const pairs = models
    .filter(({ $type }) => $type === 'bpmn:Lane')
    .flatMap((lane) => ((lane.get('flowNodeRef') as readonly Model[] | undefined) ?? []).map(({ id }) => [id, lane.name ?? ''] as const));
  return new Map(pairs);
}

function kindOf(model: Model): string {
  const definition = definitionsOf(model)[0]?.$type.replace(/^bpmn:(.+)EventDefinition$/, '$1 ') ?? '';
  const words = model.$type.replace('bpmn:', '').replace(/([a-z])([A-Z])/g, '$1 $2');
  const soft = model.$type === 'bpmn:BoundaryEvent' && model.get('cancelActivity') === false ? ' Non Interrupting' : '';
  return translate(`${definition}${words}${soft}`);
}

function nextOf(model: Model): string {
  return flowsOf(model)
    .map((flow) => {
      const target = targetOf(flow);
      const to = target?.name ?? target?.id ?? '';
      return flow.name === undefined || flow.name === '' ? to : `${flow.name}: ${to}`;
    })
    .join('; ');
}
