// Entries for what makes a process move: deadlines of timers, conditions and default flows.
import type { Choices } from './choices.ts';
import { definitionOf, isKind } from './diagram.ts';
import type { Model, Services, Shape } from './diagram.ts';
import { readAttribute, writeAttribute } from './extensions.ts';
import { bodyOf, expression, expressionField } from './panel-expressions.ts';
import { areaField, selectField } from './panel-fields.ts';
import type { Entry } from './panel-fields.ts';

const TIMES = ['timeDuration', 'timeDate', 'timeCycle'] as const;

export function timerEntries(element: Shape, services: Services, choices: Choices): readonly Entry[] {
  const timer = definitionOf(element.businessObject, 'bpmn:TimerEventDefinition');
  if (timer === undefined) return [];
  const timeField = (property: (typeof TIMES)[number], label: string, description: string): Entry =>
    expressionField(
      { element, services, owner: timer, property },
      { id: `spis-${property}`, label, description },
      TIMES.filter((other) => other !== property),
    );
  return [
    selectField({
      id: 'spis-deadline',
      label: 'Lhůta',
      description: 'Lhůta ze situace, počítaná podle jejího zákona. Nahrazuje dobu i okamžik.',
      options: choices.deadlines,
      read: () => readAttribute(element.businessObject, 'deadline'),
      write: (value) => writeAttribute(services, element, 'deadline', value),
    }),
    timeField('timeDuration', 'Doba', 'Například P30D nebo výraz FEEL začínající ='),
    timeField('timeDate', 'Okamžik', 'Například 2027-01-31 nebo výraz FEEL začínající ='),
    timeField('timeCycle', 'Opakování', 'Například R3/P7D (třikrát po týdnu) nebo R/P1M (každý měsíc)'),
  ];
}

const SPLITTING = ['bpmn:ExclusiveGateway', 'bpmn:InclusiveGateway', 'bpmn:ComplexGateway', 'bpmn:Activity'];

export function conditionEntries(element: Shape, services: Services): readonly Entry[] {
  const flow = element.businessObject;
  if (!isKind(flow, 'bpmn:SequenceFlow')) return [];
  const source = flow.get('sourceRef') as Model;
  if (!isKind(source, ...SPLITTING)) return [];
  return [
    areaField({
      id: 'spis-condition',
      label: 'Podmínka (FEEL)',
      description: 'Například: uplnost.uplne = true. Výchozí tok podmínku nemá.',
      read: () => bodyOf(flow.get('conditionExpression')),
      write: (value) => services.modeling.updateProperties(element, { conditionExpression: expression(services, flow, value) }),
    }),
  ];
}

export function defaultFlowEntries(element: Shape, services: Services): readonly Entry[] {
  const gateway = element.businessObject;
  if (!isKind(gateway, ...SPLITTING)) return [];
  const flows = (gateway.get('outgoing') as readonly Model[] | undefined) ?? [];
  if (flows.length < 2) return [];
  return [
    selectField({
      id: 'spis-default',
      label: 'Výchozí tok',
      description: 'Cesta, když neplatí žádná podmínka.',
      options: flows.map((flow) => ({ value: flow.id, label: flowLabel(flow) })),
      read: () => (gateway.get('default') as Model | undefined)?.id ?? '',
      write: (id) => services.modeling.updateProperties(element, { default: flows.find((flow) => flow.id === id) }),
    }),
  ];
}
function flowLabel(flow: Model): string {
  const target = flow.get('targetRef') as Model | undefined;
  return flow.name ?? `→ ${target?.name ?? target?.id ?? flow.id}`;
}
