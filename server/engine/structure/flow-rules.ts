// Sequence flows: what may be joined with what, conditions and default flows (BPMN 2.0.2, 7.6.1 and 8.4.13).
import { elementOf, flagOf } from '../xml-element.ts';
import type { XmlElement } from '../xml-element.ts';
import { hasCondition, is, isCompensation, isEventSubProcess, valueOf } from './kinds.ts';
import { at } from './rule.ts';
import type { StructureRule } from './rule.ts';

const FLOW = ['bpmn:SequenceFlow'];
const DECIDING = ['bpmn:ExclusiveGateway', 'bpmn:InclusiveGateway', 'bpmn:ComplexGateway'];

interface Ends {
  readonly source: XmlElement;
  readonly target: XmlElement;
}

export const flowRules: readonly StructureRule[] = [
  {
    name: 'flow-crosses-pool',
    severity: 'error',
    section: '7.6.1',
    on: FLOW,
    says: 'Tok nesmí vést z jednoho procesu (bazénu) do druhého. Použijte tok zpráv.',
    check: (flow, model) => {
      const ends = endsOf(flow);
      return ends !== undefined && model.processOf(ends.source) !== model.processOf(ends.target);
    },
  },
  {
    name: 'flow-crosses-sub-process',
    severity: 'error',
    section: '7.6.1',
    on: FLOW,
    says: 'Tok nesmí vést přes hranici podprocesu.',
    check: (flow, model) => {
      const ends = endsOf(flow);
      if (!ends || model.processOf(ends.source) !== model.processOf(ends.target)) return false;
      return model.scopeOf(ends.source) !== model.scopeOf(ends.target);
    },
  },
  {
    name: 'flow-in-other-scope',
    severity: 'error',
    section: '8.4.8',
    on: FLOW,
    says: 'Tok je v souboru uložen jinde než kroky, které spojuje; musí být ve stejném procesu nebo podprocesu.',
    check: (flow, model) => {
      const ends = endsOf(flow);
      return (
        ends !== undefined &&
        model.scopeOf(ends.source) === model.scopeOf(ends.target) &&
        model.scopeOf(flow) !== model.scopeOf(ends.source)
      );
    },
  },
  {
    name: 'flow-to-itself',
    severity: 'warning',
    section: '8.4.13',
    on: FLOW,
    says: 'Tok vede z brány nebo události zpět do ní samé.',
    check: (flow) => {
      const ends = endsOf(flow);
      return ends !== undefined && ends.source === ends.target && !is(ends.source, 'bpmn:Activity');
    },
  },
  {
    name: 'flow-twice',
    severity: 'warning',
    section: '8.4.13',
    on: ['bpmn:FlowNode'],
    says: 'Dva toky bez podmínky vedou mezi stejnými kroky; krok se provede dvakrát.',
    check: (node, model) => {
      const plain = model.outgoing(node).filter((flow) => !hasCondition(flow) && elementOf(flow, 'targetRef'));
      const seen = new Set<XmlElement | undefined>();
      return at(plain.filter((flow) => seen.size === seen.add(elementOf(flow, 'targetRef')).size));
    },
  },
  {
    name: 'condition-from-start-event',
    severity: 'error',
    section: '10.5.2',
    on: FLOW,
    says: 'Tok z počáteční události nesmí mít podmínku.',
    check: (flow) => isConditionalFrom(flow, 'bpmn:StartEvent'),
  },
  {
    name: 'condition-from-event',
    severity: 'error',
    section: '8.4.13',
    on: FLOW,
    says: 'Tok z události nesmí mít podmínku; podmínku má jen tok z činnosti nebo z rozhodovací brány.',
    check: (flow) => isConditionalFrom(flow, 'bpmn:IntermediateCatchEvent', 'bpmn:IntermediateThrowEvent', 'bpmn:BoundaryEvent'),
  },
  {
    name: 'condition-from-parallel-gateway',
    severity: 'warning',
    section: '10.6.4',
    on: FLOW,
    says: 'Podmínka toku ze souběžné brány neplatí; token jde všemi toky.',
    check: (flow) => isConditionalFrom(flow, 'bpmn:ParallelGateway'),
  },
  {
    name: 'condition-from-event-gateway',
    severity: 'error',
    section: '10.6.6',
    on: FLOW,
    says: 'Tok z brány událostí nesmí mít podmínku; rozhoduje to, co nastane první.',
    check: (flow) => isConditionalFrom(flow, 'bpmn:EventBasedGateway'),
  },
  {
    name: 'lonely-condition',
    severity: 'error',
    section: '8.4.13',
    on: ['bpmn:Activity'],
    says: 'Jediný tok z činnosti nesmí mít podmínku; přidejte další tok, nebo podmínku smažte.',
    check: (activity, model) => {
      const flows = model.outgoing(activity);
      return at(flows.filter((flow) => flows.length === 1 && hasCondition(flow)));
    },
  },
  {
    name: 'condition-empty',
    severity: 'warning',
    section: '8.4.6',
    on: FLOW,
    says: 'Podmínka toku je prázdná; tok se bere, jako by podmínku neměl.',
    check: (flow) => elementOf(flow, 'conditionExpression') !== undefined && !hasCondition(flow),
  },
  {
    name: 'default-flow-not-outgoing',
    severity: 'error',
    section: '8.4.13',
    on: ['bpmn:Activity', ...DECIDING],
    says: 'Výchozí tok musí vycházet z téhož prvku.',
    check: (node) => {
      const flow = elementOf(node, 'default');
      return is(flow, 'bpmn:SequenceFlow') && flow !== undefined && elementOf(flow, 'sourceRef') !== node;
    },
  },
  {
    name: 'default-flow-with-condition',
    severity: 'error',
    section: '8.4.13',
    on: ['bpmn:Activity', ...DECIDING],
    says: 'Výchozí tok nesmí mít podmínku; bere se, když žádná jiná neplatí.',
    check: (node) => {
      const flow = elementOf(node, 'default');
      return flow !== undefined && is(flow, 'bpmn:SequenceFlow') && elementOf(flow, 'sourceRef') === node && hasCondition(flow)
        ? at([flow])
        : [];
    },
  },
  {
    name: 'default-not-allowed',
    severity: 'error',
    section: '8.4.13',
    on: ['bpmn:ParallelGateway', 'bpmn:EventBasedGateway', 'bpmn:Event'],
    says: 'Výchozí tok smí mít jen činnost nebo výlučná, inkluzivní či složitá brána.',
    check: (node) => node.$attrs?.['default'] !== undefined,
  },
  {
    name: 'default-without-condition',
    severity: 'warning',
    section: '8.4.13',
    on: ['bpmn:Activity'],
    says: 'Činnost má výchozí tok, ale žádný její tok nemá podmínku.',
    check: (activity, model) => {
      const flow = elementOf(activity, 'default');
      return flow !== undefined && elementOf(flow, 'sourceRef') === activity && !model.outgoing(activity).some(hasCondition);
    },
  },
  {
    name: 'gateway-without-default',
    severity: 'warning',
    section: '10.6.2',
    on: ['bpmn:ExclusiveGateway', 'bpmn:InclusiveGateway'],
    only: 'bare',
    says: 'Brána nemá výchozí tok; když žádná podmínka neplatí, případ uvázne.',
    check: (gateway, model) => {
      const flows = model.outgoing(gateway);
      return flows.length > 1 && flows.every(hasCondition) && !elementOf(gateway, 'default') && !model.isDangling(gateway, 'default');
    },
  },
  {
    name: 'flow-without-condition',
    severity: 'warning',
    section: '10.6.2',
    on: DECIDING.slice(0, 2),
    only: 'bare',
    says: 'Tok z brány nemá podmínku a není výchozí.',
    check: (gateway, model) => {
      const flows = model.outgoing(gateway);
      const chosen = elementOf(gateway, 'default');
      return flows.length < 2 ? [] : at(flows.filter((flow) => flow !== chosen && !elementOf(flow, 'conditionExpression')));
    },
  },
  {
    name: 'implicit-split',
    severity: 'warning',
    section: '10.6.1',
    on: ['bpmn:Activity', 'bpmn:Event'],
    only: 'bare',
    says: 'Z prvku vede víc toků bez podmínky: vezmou se všechny zároveň. Nakreslete raději souběžnou bránu.',
    check: (node, model) => {
      const plain = model.outgoing(node).filter((flow) => !hasCondition(flow) && flow !== elementOf(node, 'default'));
      return nodesAt(plain, 'targetRef').size > 1;
    },
  },
  {
    name: 'implicit-join',
    severity: 'warning',
    section: '10.6.1',
    on: ['bpmn:Activity', 'bpmn:IntermediateCatchEvent', 'bpmn:IntermediateThrowEvent'],
    only: 'bare',
    says: 'Do kroku vede víc toků; provede se pro každý zvlášť. Nakreslete raději spojovací bránu.',
    check: (node, model) =>
      !isCompensation(node) &&
      !isEventSubProcess(node) &&
      !(is(node, 'bpmn:ReceiveTask') && flagOf(node, 'instantiate')) &&
      isJoined(nodesAt(model.incoming(node), 'sourceRef')),
  },
  {
    name: 'flow-immediate',
    severity: 'warning',
    section: '8.4.13',
    on: FLOW,
    says: 'Ve spustitelném procesu nesmí být mezi kroky tok s isImmediate="false".',
    check: (flow, model) => valueOf(flow, 'isImmediate') === false && model.isExecutable(flow),
  },
];

/** Both ends, when they are flow nodes; other rules say so when they are not. */
function endsOf(flow: XmlElement): Ends | undefined {
  const source = elementOf(flow, 'sourceRef');
  const target = elementOf(flow, 'targetRef');
  return source && target && is(source, 'bpmn:FlowNode') && is(target, 'bpmn:FlowNode') ? { source, target } : undefined;
}

function isConditionalFrom(flow: XmlElement, ...types: readonly string[]): boolean {
  return is(elementOf(flow, 'sourceRef'), ...types) && hasCondition(flow);
}

/** Nodes at one end of some flows, each once. */
function nodesAt(flows: readonly XmlElement[], end: 'sourceRef' | 'targetRef'): ReadonlySet<XmlElement> {
  return new Set(flows.flatMap((flow) => elementOf(flow, end) ?? []).filter((node) => is(node, 'bpmn:FlowNode')));
}

/** Behind an event-based gateway more than one flow is wrong for another reason. */
function isJoined(sources: ReadonlySet<XmlElement>): boolean {
  return sources.size > 1 && ![...sources].some((source) => is(source, 'bpmn:EventBasedGateway'));
}
