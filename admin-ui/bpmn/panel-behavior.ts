// What the surroundings learn when instances of a repeated activity end: nothing, or a signal after the first or after each (BPMN 2.0.2, 13.3.7).
import type { Model, Services, Shape } from './diagram.ts';
import { addRoots, applyEdits, definitionsRoot, made, rootElements } from './edits.ts';
import { selectField, textField } from './panel-fields.ts';
import type { Entry } from './panel-fields.ts';

const BEHAVIORS = [
  { value: 'All', label: 'nic, pokračuje se po všech' },
  { value: 'One', label: 'signál po prvním provedení' },
  { value: 'None', label: 'signál po každém provedení' },
  { value: 'Complex', label: 'podle pravidel v souboru (Complex)' },
];

export function behaviorEntries(element: Shape, services: Services, loop: Model): readonly Entry[] {
  const behavior = String(loop.get('behavior') ?? 'All');
  const property = behavior === 'One' ? 'oneBehaviorEventRef' : behavior === 'None' ? 'noneBehaviorEventRef' : undefined;
  return [
    selectField({
      id: 'spis-behavior',
      label: 'Co se dozví okolí',
      options: BEHAVIORS.filter(({ value }) => value !== 'Complex' || behavior === 'Complex'),
      read: () => behavior,
      write: (next) =>
        services.modeling.updateModdleProperties(element, loop, {
          behavior: next === '' ? 'All' : next,
          ...(next === 'One' ? {} : { oneBehaviorEventRef: undefined }),
          ...(next === 'None' ? {} : { noneBehaviorEventRef: undefined }),
        }),
    }),
    ...(property === undefined ? [] : [signalField(element, services, loop, property)]),
  ];
}

function signalField(element: Shape, services: Services, loop: Model, property: string): Entry {
  const signal = (): Model | undefined => (loop.get(property) as Model | undefined)?.get('signalRef') as Model | undefined;
  return textField({
    id: 'spis-behavior-signal',
    label: 'Signál',
    description: 'Zachytí ho událost signálu na okraji kroku.',
    read: () => signal()?.name ?? '',
    write: (name) => writeSignal(services, element, loop, property, name.trim()),
  });
}

/** The trigger is a shared one, as the specification wants it; its signal may be an existing one. */
function writeSignal(services: Services, element: Shape, loop: Model, property: string, name: string): void {
  const model = element.businessObject;
  if (name === '') return applyEdits(services, element, [{ model: loop, properties: { [property]: undefined } }]);
  const root = definitionsRoot(model);
  const known = rootElements(model, 'bpmn:Signal').find((signal) => signal.name === name);
  const trigger = loop.get(property) as Model | undefined;
  const current = trigger?.get('signalRef') as Model | undefined;
  if (trigger !== undefined && current !== undefined && known === undefined)
    return applyEdits(services, element, [{ model: current, properties: { name } }]);
  const signal = known ?? made(services, root, 'bpmn:Signal', { name });
  const fresh = known === undefined ? [signal] : [];
  if (trigger !== undefined)
    return applyEdits(services, element, [addRoots(model, fresh), { model: trigger, properties: { signalRef: signal } }]);
  const definition = made(services, root, 'bpmn:SignalEventDefinition', { signalRef: signal });
  applyEdits(services, element, [addRoots(model, [...fresh, definition]), { model: loop, properties: { [property]: definition } }]);
}
