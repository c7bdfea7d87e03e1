// The variable a list lies in, as BPMN wants it: a reference to a data object or, when none is drawn, to a property of the process (10.4.1).
import { isKind } from './diagram.ts';
import type { Model, Services, Shape } from './diagram.ts';
import { applyEdits, made } from './edits.ts';
import type { Edit } from './edits.ts';

export type DataSide = 'loopDataInputRef' | 'loopDataOutputRef';

export function readData(loop: Model, side: DataSide): string {
  const item = loop.get(side) as Model | undefined;
  return item?.name ?? item?.id ?? '';
}

/** A property that only this loop used is renamed or taken away, so that typing leaves nothing behind. */
export function writeData(services: Services, element: Shape, loop: Model, side: DataSide, name: string): void {
  const process = processOf(element.businessObject);
  const current = loop.get(side) as Model | undefined;
  const own = current?.$type === 'bpmn:Property' && !isUsedElsewhere(services, current, loop, side) ? current : undefined;
  const known = name === '' ? undefined : dataNamed(element.businessObject, name);
  if (own !== undefined && name !== '' && known === undefined) {
    applyEdits(services, element, [{ model: own, properties: { name } }]);
    return;
  }
  const fresh = name !== '' && known === undefined ? made(services, process, 'bpmn:Property', { name }) : undefined;
  const gone = own === known ? undefined : own;
  const properties = propertiesOf(process).filter((one) => one !== gone);
  const edits: Edit[] = [{ model: loop, properties: { [side]: known ?? fresh } }];
  if (fresh !== undefined || gone !== undefined)
    edits.unshift({ model: process, properties: { properties: fresh === undefined ? properties : [...properties, fresh] } });
  applyEdits(services, element, edits);
}

const propertiesOf = (container: Model): readonly Model[] =>
  isKind(container, 'bpmn:Process', 'bpmn:Activity') ? ((container.get('properties') as readonly Model[] | undefined) ?? []) : [];

function processOf(model: Model): Model {
  return isKind(model, 'bpmn:Process') || model.$parent === undefined ? model : processOf(model.$parent);
}

/** What an expression here would find under the name, the nearest first. */
function dataNamed(model: Model, name: string): Model | undefined {
  const container = model.$parent;
  if (container === undefined || !isKind(container, 'bpmn:FlowElementsContainer')) return undefined;
  const drawn = ((container.get('flowElements') as readonly Model[] | undefined) ?? []).filter((one) =>
    isKind(one, 'bpmn:DataObjectReference', 'bpmn:DataObject'),
  );
  return [...drawn, ...propertiesOf(container)].find((one) => one.name === name) ?? dataNamed(container, name);
}

function isUsedElsewhere(services: Services, property: Model, loop: Model, side: DataSide): boolean {
  const other = side === 'loopDataInputRef' ? 'loopDataOutputRef' : 'loopDataInputRef';
  if (loop.get(other) === property) return true;
  return services.elementRegistry.getAll().some(({ businessObject }) => {
    if (!isKind(businessObject, 'bpmn:Activity')) return false;
    const foreign = businessObject.get('loopCharacteristics') as Model | undefined;
    if (foreign === undefined || foreign === loop || !isKind(foreign, 'bpmn:MultiInstanceLoopCharacteristics')) return false;
    return foreign.get('loopDataInputRef') === property || foreign.get('loopDataOutputRef') === property;
  });
}
