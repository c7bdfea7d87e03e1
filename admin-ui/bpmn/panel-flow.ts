// Entries for what makes a process move: deadlines of timers, messages, conditions and default flows.
import type { Choices } from './choices.ts';
import { definitionOf, isKind } from './diagram.ts';
import type { Model, Services, Shape } from './diagram.ts';
import { readAttribute, writeAttribute } from './extensions.ts';
import { areaField, selectField, textField } from './panel-fields.ts';
import type { Entry } from './panel-fields.ts';

export function timerEntries(element: Shape, services: Services, choices: Choices): readonly Entry[] {
  const timer = definitionOf(element.businessObject, 'bpmn:TimerEventDefinition');
  if (timer === undefined) return [];
  return [
    selectField({
      id: 'spis-deadline',
      label: 'Lhůta',
      description: 'Lhůta ze situace, počítaná podle jejího zákona. Nahrazuje dobu i okamžik.',
      options: choices.deadlines,
      read: () => readAttribute(element.businessObject, 'deadline'),
      write: (value) => writeAttribute(services, element, 'deadline', value),
    }),
    expressionField(element, services, timer, 'timeDuration', 'Doba', 'Například P30D nebo výraz FEEL začínající ='),
    expressionField(element, services, timer, 'timeDate', 'Okamžik', 'Například 2027-01-31 nebo výraz FEEL začínající ='),
  ];
}

function expressionField(element: Shape, services: Services, owner: Model, property: string, label: string, description: string): Entry {
  return textField({
    id: `spis-${property}`,
    label,
    description,
    read: () => bodyOf(owner.get(property)),
    write: (value) => services.modeling.updateModdleProperties(element, owner, { [property]: expression(services, owner, value) }),
  });
}
function bodyOf(value: unknown): string {
  const body = (value as Model | undefined)?.get('body');
  return typeof body === 'string' ? body : '';
}
function expression(services: Services, owner: Model, body: string): Model | undefined {
  if (body.trim() === '') return undefined;
  return Object.assign(services.bpmnFactory.create('bpmn:FormalExpression', { body }), { $parent: owner });
}

export function conditionEntries(element: Shape, services: Services): readonly Entry[] {
  const flow = element.businessObject;
  if (!isKind(flow, 'bpmn:SequenceFlow')) return [];
  const source = flow.get('sourceRef') as Model;
  if (!isKind(source, 'bpmn:ExclusiveGateway', 'bpmn:InclusiveGateway', 'bpmn:Activity')) return [];
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
  if (!isKind(gateway, 'bpmn:ExclusiveGateway', 'bpmn:InclusiveGateway')) return [];
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

export function messageEntries(element: Shape, services: Services, choices: Choices): readonly Entry[] {
  const model = element.businessObject;
  const holder = isKind(model, 'bpmn:ReceiveTask') ? model : definitionOf(model, 'bpmn:MessageEventDefinition');
  if (holder === undefined) return [];
  return [
    selectField({
      id: 'spis-message',
      label: 'Zpráva',
      description: 'Na jakou událost se čeká.',
      options: choices.vocabulary.messages.map(({ name, title }) => ({ value: name, label: `${title} (${name})` })),
      read: () => (holder.get('messageRef') as Model | undefined)?.name ?? '',
      write: (name) =>
        services.modeling.updateModdleProperties(element, holder, {
          messageRef: name === '' ? undefined : messageNamed(services, model, name),
        }),
    }),
  ];
}

/** The file's message of that name; made when there is none yet. */
function messageNamed(services: Services, model: Model, name: string): Model {
  const definitions = definitionsRoot(model);
  const roots = definitions.get('rootElements') as Model[];
  const known = roots.find((root) => isKind(root, 'bpmn:Message') && root.name === name);
  if (known !== undefined) return known;
  const made = Object.assign(services.bpmnFactory.create('bpmn:Message', { name }), { $parent: definitions });
  roots.push(made);
  return made;
}
function definitionsRoot(model: Model): Model {
  return model.$parent === undefined ? model : definitionsRoot(model.$parent);
}
