// How often an activity runs: never again, in a loop, or once for every item of a list (BPMN 2.0.2, 10.3.8).
import { isKind } from './diagram.ts';
import type { Model, Services, Shape } from './diagram.ts';
import { made } from './edits.ts';
import { expressionArea, expressionField } from './panel-expressions.ts';
import { checkField, selectField, textField } from './panel-fields.ts';
import type { Entry } from './panel-fields.ts';
import { behaviorEntries } from './panel-behavior.ts';
import { readData, writeData } from './loop-data.ts';

const KINDS = [
  { value: 'loop', label: 'dokud platí podmínka' },
  { value: 'sequential', label: 'pro každou položku, po sobě' },
  { value: 'parallel', label: 'pro každou položku, souběžně' },
];

export function repeatEntries(element: Shape, services: Services): readonly Entry[] {
  const model = element.businessObject;
  if (!isKind(model, 'bpmn:Activity') || model.get('triggeredByEvent') === true) return [];
  const loop = loopOf(model);
  return [
    selectField({
      id: 'spis-repeat',
      label: 'Krok se opakuje',
      options: KINDS,
      read: () => kindOf(loopOf(model)),
      write: (kind) => writeKind(services, element, kind),
    }),
    ...(loop === undefined ? [] : isMulti(loop) ? multiEntries(element, services, loop) : loopEntries(element, services, loop)),
  ];
}

const loopOf = (model: Model): Model | undefined => model.get('loopCharacteristics') as Model | undefined;
const isMulti = (loop: Model): boolean => isKind(loop, 'bpmn:MultiInstanceLoopCharacteristics');
function kindOf(loop: Model | undefined): string {
  if (loop === undefined) return '';
  if (!isMulti(loop)) return 'loop';
  return loop.get('isSequential') === true ? 'sequential' : 'parallel';
}

function writeKind(services: Services, element: Shape, kind: string): void {
  const model = element.businessObject;
  const loop = loopOf(model);
  const isSequential = kind === 'sequential';
  const wantsMulti = isSequential || kind === 'parallel';
  if (loop !== undefined && isMulti(loop) && wantsMulti) {
    services.modeling.updateModdleProperties(element, loop, { isSequential });
    return;
  }
  const fresh = wantsMulti
    ? made(services, model, 'bpmn:MultiInstanceLoopCharacteristics', { isSequential })
    : kind === 'loop'
      ? made(services, model, 'bpmn:StandardLoopCharacteristics')
      : undefined;
  services.modeling.updateProperties(element, { loopCharacteristics: fresh });
}

function loopEntries(element: Shape, services: Services, loop: Model): readonly Entry[] {
  return [
    expressionArea(
      { element, services, owner: loop, property: 'loopCondition' },
      { id: 'spis-loop-condition', label: 'Opakovat, dokud platí (FEEL)', description: 'Například: kontrola.uplne = false' },
    ),
    checkField({
      id: 'spis-loop-before',
      label: 'Ptát se už před prvním provedením',
      read: () => loop.get('testBefore') === true,
      write: (testBefore) => services.modeling.updateModdleProperties(element, loop, { testBefore }),
    }),
    textField({
      id: 'spis-loop-maximum',
      label: 'Nejvýše kolikrát',
      description: 'Celé číslo. Bez vyplnění bez omezení.',
      read: () => String(loop.get('loopMaximum') ?? ''),
      write: (text) =>
        services.modeling.updateModdleProperties(element, loop, { loopMaximum: /^\d+$/.test(text.trim()) ? Number(text) : undefined }),
    }),
  ];
}

function multiEntries(element: Shape, services: Services, loop: Model): readonly Entry[] {
  const place = { element, services, owner: loop };
  const list = (side: 'loopDataInputRef' | 'loopDataOutputRef', label: string, description: string): Entry =>
    textField({
      id: `spis-${side}`,
      label,
      description,
      read: () => readData(loop, side),
      write: (name) => writeData(services, element, loop, side, name.trim()),
    });
  return [
    list('loopDataInputRef', 'Seznam (proměnná)', 'Jméno proměnné, ve které je seznam. Krok proběhne pro každou jeho položku.'),
    itemField(element, services, loop, 'inputDataItem', 'Položka (proměnná)', 'Pod tímto jménem každé provedení najde svou položku.'),
    expressionField(
      { ...place, property: 'loopCardinality' },
      {
        id: 'spis-cardinality',
        label: 'Počet provedení (FEEL)',
        description: 'Místo seznamu, například: count(podani.clenove). Pořadí provedení je loopCounter.',
      },
    ),
    list('loopDataOutputRef', 'Seznam výsledků (proměnná)', 'Sem se uloží výsledky všech provedení v pořadí položek.'),
    itemField(element, services, loop, 'outputDataItem', 'Výsledek jednoho (proměnná)', 'Co každé provedení přidá do seznamu výsledků.'),
    expressionArea(
      { ...place, property: 'completionCondition' },
      {
        id: 'spis-completion',
        label: 'Dost, když platí (FEEL)',
        description: 'Například: numberOfCompletedInstances >= 2. Zbylá provedení se zruší. Bez vyplnění se čeká na všechna.',
      },
    ),
    ...behaviorEntries(element, services, loop),
  ];
}

function itemField(
  element: Shape,
  services: Services,
  loop: Model,
  property: 'inputDataItem' | 'outputDataItem',
  label: string,
  description: string,
): Entry {
  const type = property === 'inputDataItem' ? 'bpmn:DataInput' : 'bpmn:DataOutput';
  const current = (): Model | undefined => loop.get(property) as Model | undefined;
  return textField({
    id: `spis-${property}`,
    label,
    description,
    read: () => current()?.name ?? '',
    write: (text) => {
      const name = text.trim();
      const item = name === '' ? undefined : made(services, loop, type, { id: current()?.id ?? `${element.id}_${property}`, name });
      services.modeling.updateModdleProperties(element, loop, { [property]: item });
    },
  });
}
