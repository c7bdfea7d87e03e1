// The way of tokens: what is never reached, what never ends, joins that wait for a branch that does not come (BPMN 2.0.2, 13.3 and 13.4).
import { elementOf, flagOf } from '../xml-element.ts';
import type { XmlElement } from '../xml-element.ts';
import { hasTrigger, is, isCompensation, isEventSubProcess } from './kinds.ts';
import { endlessLoops } from './endless-loops.ts';
import { branchOrigins } from './branch-origins.ts';
import type { Origin } from './branch-origins.ts';
import { at } from './rule.ts';
import type { Fault, ModelIndex, StructureRule } from './rule.ts';

const SCOPES = ['bpmn:Process', 'bpmn:SubProcess'];

export const pathRules: readonly StructureRule[] = [
  {
    name: 'unreachable',
    severity: 'warning',
    section: '13.2',
    on: SCOPES,
    only: 'bare',
    says: 'K prvku se případ nikdy nedostane.',
    check: (scope, model) => at(unreached(scope, model)),
  },
  {
    name: 'dead-end',
    severity: 'warning',
    section: '13.2',
    on: ['bpmn:Activity'],
    only: 'bare',
    says: 'Z činnosti nevede žádný tok, ačkoli proces má koncovou událost.',
    check: (activity, model) => {
      const scope = model.scopeOf(activity);
      return (
        model.outgoing(activity).length === 0 &&
        !isEventSubProcess(activity) &&
        !isCompensation(activity) &&
        scope !== undefined &&
        !is(scope, 'bpmn:AdHocSubProcess') &&
        model.nodesIn(scope).some((node) => node.$type === 'bpmn:EndEvent')
      );
    },
  },
  {
    name: 'endless-loop',
    severity: 'warning',
    section: '13.3',
    on: SCOPES,
    says: 'Toky tvoří smyčku, ze které nevede cesta ven a ve které se na nic nečeká.',
    check: (scope, model) => at(endlessLoops(scope, model)),
  },
  {
    name: 'join-never-completes',
    severity: 'warning',
    section: '13.4.1',
    on: SCOPES,
    only: 'bare',
    says: 'Souběžná brána čeká na cesty, z nichž půjde jen jedna. Použijte pro spojení výlučnou bránu.',
    check: (scope, model) =>
      joins(scope, model, ['bpmn:ParallelGateway'], ({ splits }) => haveSame(splits, ({ split }) => isExclusive(split))),
  },
  {
    name: 'join-after-boundary',
    severity: 'warning',
    section: '13.4.1',
    on: SCOPES,
    says: 'Souběžná brána čeká i na cestu od události na okraji; když nenastane, případ uvázne.',
    check: (scope, model) =>
      joins(scope, model, ['bpmn:ParallelGateway'], ({ splits }) => splits.some(({ split }) => is(split, 'bpmn:BoundaryEvent'))),
  },
  {
    name: 'parallel-split-merged',
    severity: 'warning',
    section: '13.4.2',
    on: SCOPES,
    says: 'Výlučná brána spojuje souběžné cesty; co je za ní, se provede pro každou zvlášť.',
    check: (scope, model) =>
      joins(scope, model, ['bpmn:ExclusiveGateway'], ({ splits }) => haveSame(splits, ({ split }) => is(split, 'bpmn:ParallelGateway'))),
  },
];

/** Where a token may begin: events (one without a way in has a rule of its own), and activities and gateways without incoming flows (BPMN 2.0.2, 13.2, 13.3.4). */
function begins(node: XmlElement, model: ModelIndex, hasStart: boolean): boolean {
  if (is(node, 'bpmn:StartEvent') || isEventSubProcess(node)) return true;
  if (is(node, 'bpmn:IntermediateCatchEvent') && hasTrigger(node, 'link')) return true;
  if (is(node, 'bpmn:ReceiveTask', 'bpmn:EventBasedGateway') && flagOf(node, 'instantiate')) return true;
  if (is(node, 'bpmn:BoundaryEvent')) return !liesOnActivity(node, model);
  if (is(node, 'bpmn:Event') && model.incoming(node).length === 0) return true;
  if (is(model.scopeOf(node), 'bpmn:AdHocSubProcess')) return false;
  return isCompensation(node) || (!hasStart && model.incoming(node).length === 0);
}

function unreached(scope: XmlElement, model: ModelIndex): readonly XmlElement[] {
  const nodes = model.nodesIn(scope);
  if (is(scope, 'bpmn:AdHocSubProcess')) return [];
  const hasStart = nodes.some((node) => node.$type === 'bpmn:StartEvent');
  const open = nodes.filter((node) => begins(node, model, hasStart));
  const seen = new Set<XmlElement>(open);
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    const next = [...model.outgoing(node).flatMap((flow) => elementOf(flow, 'targetRef') ?? []), ...model.boundaries(node)];
    for (const target of next.filter((candidate) => !seen.has(candidate))) {
      seen.add(target);
      open.push(target);
    }
  }
  return nodes.filter((node) => !seen.has(node) && !is(node, 'bpmn:BoundaryEvent'));
}

/** Otherwise rules of its own say so, and its path is not told again. */
function liesOnActivity(boundary: XmlElement, model: ModelIndex): boolean {
  const host = elementOf(boundary, 'attachedToRef');
  return host !== undefined && is(host, 'bpmn:Activity') && model.scopeOf(host) === model.scopeOf(boundary);
}

function joins(
  scope: XmlElement,
  model: ModelIndex,
  types: readonly string[],
  isTrap: (origins: { readonly splits: readonly Origin[] }) => boolean,
): readonly Fault[] {
  const origins = branchOrigins(model);
  const found = model.nodesIn(scope).filter((node) => {
    const flows = model.incoming(node);
    return is(node, ...types) && flows.length > 1 && isTrap({ splits: flows.map(origins) });
  });
  return at(found);
}

/** Two branches come from different ways out of one split. */
function haveSame(splits: readonly Origin[], isSuch: (origin: Origin) => boolean): boolean {
  const flows = new Map<XmlElement, Set<XmlElement>>();
  for (const origin of splits.filter(isSuch)) {
    const known = flows.get(origin.split) ?? new Set<XmlElement>();
    flows.set(origin.split, known.add(origin.flow));
  }
  return [...flows.values()].some((known) => known.size > 1);
}

function isExclusive(split: XmlElement): boolean {
  return is(split, 'bpmn:ExclusiveGateway', 'bpmn:EventBasedGateway');
}
