// Gateways: direction, number of flows, what an event-based gateway may lead to (BPMN 2.0.2, 8.4.9 and 10.6).
import { elementOf, flagOf, textOf } from '../xml-element.ts';
import type { XmlElement } from '../xml-element.ts';
import { definitionsOf, hasTrigger, is, triggersOf } from './kinds.ts';
import { at } from './rule.ts';
import type { ModelIndex, StructureRule } from './rule.ts';

const GATEWAY = ['bpmn:Gateway'];
const EVENT_GATEWAY = ['bpmn:EventBasedGateway'];
const RECEIVERS = ['bpmn:ReceiveTask', 'bpmn:IntermediateCatchEvent'];
const AWAITED = new Set(['message', 'timer', 'signal', 'conditional']);

export const gatewayRules: readonly StructureRule[] = [
  direction(
    'gateway-converging',
    'Converging',
    'Brána je označena jako spojovací: musí do ní vést víc toků a z ní nejvýše jeden.',
    (into, out) => into > 1 && out < 2,
  ),
  direction(
    'gateway-diverging',
    'Diverging',
    'Brána je označena jako rozdělovací: musí z ní vést víc toků a do ní nejvýše jeden.',
    (into, out) => out > 1 && into < 2,
  ),
  direction(
    'gateway-mixed',
    'Mixed',
    'Brána je označena jako smíšená: musí do ní i z ní vést víc toků.',
    (into, out) => into > 1 && out > 1,
  ),
  {
    name: 'gateway-useless',
    severity: 'warning',
    section: '10.6.1',
    on: GATEWAY,
    only: 'bare',
    says: 'Brána ani nerozděluje, ani nespojuje; můžete ji smazat.',
    check: (gateway, model) =>
      !is(gateway, ...EVENT_GATEWAY) &&
      textOf(gateway, 'gatewayDirection') === 'Unspecified' &&
      model.incoming(gateway).length === 1 &&
      model.outgoing(gateway).length === 1,
  },
  {
    name: 'gateway-without-outgoing',
    severity: 'warning',
    section: '10.6.1',
    on: GATEWAY,
    only: 'bare',
    says: 'Z brány nevede žádný tok.',
    check: (gateway, model) => !is(gateway, ...EVENT_GATEWAY) && model.outgoing(gateway).length === 0,
  },
  {
    name: 'event-gateway-outgoing',
    severity: 'error',
    section: '10.6.6',
    on: EVENT_GATEWAY,
    says: 'Z brány událostí musí vést aspoň dva toky.',
    check: (gateway, model) => model.outgoing(gateway).length < 2,
  },
  {
    name: 'event-gateway-target',
    severity: 'error',
    section: '10.6.6',
    on: EVENT_GATEWAY,
    says: 'Brána událostí smí vést jen k přijetí zprávy nebo k události, která čeká na zprávu, čas, signál nebo podmínku.',
    check: (gateway, model) => at(targets(gateway, model).filter((target) => !isAwaited(target))),
  },
  {
    name: 'event-gateway-mixed',
    severity: 'error',
    section: '10.6.6',
    on: EVENT_GATEWAY,
    says: 'Za bránou událostí nesmí být zároveň událost zprávy a úloha přijetí zprávy.',
    check: (gateway, model) => {
      const all = targets(gateway, model);
      return (
        all.some((target) => is(target, 'bpmn:ReceiveTask')) &&
        all.some((target) => is(target, 'bpmn:IntermediateCatchEvent') && hasTrigger(target, 'message'))
      );
    },
  },
  {
    name: 'event-gateway-target-incoming',
    severity: 'error',
    section: '10.6.6',
    on: EVENT_GATEWAY,
    says: 'Do kroku za bránou událostí nesmí vést jiný tok než z ní.',
    check: (gateway, model) =>
      at(targets(gateway, model).filter((target) => is(target, ...RECEIVERS) && model.incoming(target).length > 1)),
  },
  {
    name: 'event-gateway-target-boundary',
    severity: 'error',
    section: '10.6.6',
    on: EVENT_GATEWAY,
    says: 'Úloha za bránou událostí nesmí mít události na okraji.',
    check: (gateway, model) =>
      at(targets(gateway, model).filter((target) => is(target, 'bpmn:ReceiveTask') && model.boundaries(target).length > 0)),
  },
  {
    name: 'event-gateway-parallel',
    severity: 'error',
    section: '10.6.6',
    on: EVENT_GATEWAY,
    says: 'Souběžná brána událostí smí být jen na začátku procesu (instantiate="true").',
    check: (gateway) => textOf(gateway, 'eventGatewayType') === 'Parallel' && !flagOf(gateway, 'instantiate'),
  },
  {
    name: 'instantiating-gateway-incoming',
    severity: 'error',
    section: '10.6.6',
    on: EVENT_GATEWAY,
    says: 'Do brány událostí, která proces zakládá, nesmí vést tok.',
    check: (gateway, model) =>
      flagOf(gateway, 'instantiate') && model.incoming(gateway).some((flow) => !is(elementOf(flow, 'sourceRef'), 'bpmn:StartEvent')),
  },
  {
    name: 'instantiating-gateway-target',
    severity: 'warning',
    section: '10.6.6',
    on: EVENT_GATEWAY,
    says: 'Souběžná brána událostí, která proces zakládá, nemůže začít časovačem.',
    check: (gateway, model) =>
      flagOf(gateway, 'instantiate') && textOf(gateway, 'eventGatewayType') === 'Parallel'
        ? at(targets(gateway, model).filter((target) => is(target, 'bpmn:IntermediateCatchEvent') && hasTrigger(target, 'timer')))
        : [],
  },
  {
    name: 'instantiating-gateway-nested',
    severity: 'error',
    section: '13.2',
    on: EVENT_GATEWAY,
    says: 'Proces smí zakládat jen brána přímo v něm, ne v podprocesu.',
    check: (gateway, model) => flagOf(gateway, 'instantiate') && is(model.scopeOf(gateway), 'bpmn:SubProcess'),
  },
  {
    name: 'complex-activation-missing',
    severity: 'warning',
    section: '10.6.5',
    on: ['bpmn:ComplexGateway'],
    says: 'Složitá brána spojuje toky, ale neříká, kdy pokračovat (activationCondition).',
    check: (gateway, model) => model.incoming(gateway).length > 1 && !elementOf(gateway, 'activationCondition'),
  },
];

function direction(name: string, value: string, says: string, fits: (incoming: number, outgoing: number) => boolean): StructureRule {
  const check: StructureRule['check'] = (gateway, model) =>
    textOf(gateway, 'gatewayDirection') === value &&
    !isShortEventGateway(gateway, model) &&
    !fits(model.incoming(gateway).length, model.outgoing(gateway).length);
  return { name, severity: 'error', section: '8.4.9', on: GATEWAY, says, check };
}

/** An event-based gateway with too few flows is wrong whatever its direction; one rule says so. */
function isShortEventGateway(gateway: XmlElement, model: ModelIndex): boolean {
  return is(gateway, ...EVENT_GATEWAY) && model.outgoing(gateway).length < 2;
}

/** What an event-based gateway leads to, each once. */
function targets(gateway: XmlElement, model: ModelIndex): readonly XmlElement[] {
  return [...new Set(model.outgoing(gateway).flatMap((flow) => elementOf(flow, 'targetRef') ?? []))].filter((target) =>
    is(target, 'bpmn:FlowNode'),
  );
}

/** An event whose trigger is missing or forbidden anywhere is another rule's. */
function isAwaited(target: XmlElement): boolean {
  if (is(target, 'bpmn:ReceiveTask')) return true;
  if (!is(target, 'bpmn:IntermediateCatchEvent')) return false;
  return definitionsOf(target).length === 0 || triggersOf(target).some((trigger) => AWAITED.has(trigger));
}
