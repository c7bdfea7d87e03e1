// What only some events have: the condition they wait for, the step that takes work back.
import { definitionOf, isKind } from './diagram.ts';
import type { Model, Services, Shape } from './diagram.ts';
import { expressionArea } from './panel-expressions.ts';
import { selectField } from './panel-fields.ts';
import type { Entry } from './panel-fields.ts';

export function eventEntries(element: Shape, services: Services): readonly Entry[] {
  return [...conditionalEntries(element, services), ...handlerEntries(element, services)];
}

function conditionalEntries(element: Shape, services: Services): readonly Entry[] {
  const definition = definitionOf(element.businessObject, 'bpmn:ConditionalEventDefinition');
  if (definition === undefined) return [];
  return [
    expressionArea(
      { element, services, owner: definition, property: 'condition' },
      {
        id: 'spis-event-condition',
        label: 'Čeká se, až bude platit (FEEL)',
        description: 'Například: count(stanoviska) >= 2. Ptá se po každém kroku případu.',
      },
    ),
  ];
}

/** The association from a compensation event on the border to its step is drawn or moved by a choice here (BPMN 2.0.2, 10.7.1). */
function handlerEntries(element: Shape, services: Services): readonly Entry[] {
  const model = element.businessObject;
  if (!isKind(model, 'bpmn:BoundaryEvent') || definitionOf(model, 'bpmn:CompensateEventDefinition') === undefined) return [];
  return [
    selectField({
      id: 'spis-handler',
      label: 'Práci vezme zpět krok',
      description: 'Krok bez toků v témže podprocesu; spojí se s událostí tečkovanou vazbou.',
      options: handlersFor(services, model).map((one) => ({ value: one.id, label: one.name ?? one.id })),
      read: () => currentHandler(element)?.target.id ?? '',
      write: (id) => {
        const old = currentHandler(element);
        if (old !== undefined) services.modeling.removeConnection(old.connection);
        const handler = services.elementRegistry.get(id);
        if (handler !== undefined) services.modeling.connect(element, handler, { type: 'bpmn:Association' });
      },
    }),
  ];
}

function currentHandler(event: Shape): { readonly connection: Shape; readonly target: Shape } | undefined {
  const connection = event.outgoing?.find(({ type }) => type === 'bpmn:Association') as (Shape & { readonly target: Shape }) | undefined;
  return connection && { connection, target: connection.target };
}

function handlersFor(services: Services, event: Model): readonly Model[] {
  const host = event.get('attachedToRef') as Model | undefined;
  const flowsOf = (model: Model): number =>
    ['incoming', 'outgoing'].reduce((sum, side) => sum + ((model.get(side) as readonly Model[] | undefined)?.length ?? 0), 0);
  return services.elementRegistry
    .getAll()
    .map(({ businessObject }) => businessObject)
    .filter((model) => isKind(model, 'bpmn:Activity') && model !== host && model.$parent === host?.$parent)
    .filter((model) => model.get('isForCompensation') === true || flowsOf(model) === 0);
}
