// What goes into a step and what comes out of it, as lists of `spis:input` and `spis:output`.
import { ListGroup } from '@bpmn-io/properties-panel';
import type { Choices } from './choices.ts';
import { definitionsOf, isKind } from './diagram.ts';
import type { Model, Services, Shape } from './diagram.ts';
import { readAttribute, readMappings, writeMappings } from './extensions.ts';
import type { Direction, Mapping } from './extensions.ts';
import { textField } from './panel-fields.ts';
import type { Entry } from './panel-fields.ts';
import { translate } from './translate.ts';

interface ListItem {
  readonly id: string;
  readonly label: string;
  readonly entries: readonly Entry[];
  readonly autoFocusEntry: string;
  readonly remove: (event: Event) => void;
}
export interface ListPanelGroup {
  readonly id: string;
  readonly label: string;
  readonly component: unknown;
  readonly items: readonly ListItem[];
  readonly add: (event: Event) => void;
  readonly shouldOpen: boolean;
  readonly translate: typeof translate;
}
interface Side {
  readonly direction: Direction;
  readonly id: string;
  readonly label: string;
  readonly newName: string;
  readonly hint: string;
  /** Names that have a field of their own elsewhere in the panel. */
  readonly shown: ReadonlySet<string>;
}

const NOTHING: ReadonlySet<string> = new Set();

export function dataGroups(element: Shape, services: Services, choices: Choices): readonly ListPanelGroup[] {
  const model = element.businessObject;
  if (element.labelTarget !== undefined) return [];
  const effect = choices.vocabulary.effects.find(({ name }) => name === readAttribute(model, 'effect'));
  const shown = new Set(effect?.inputs.map(({ name }) => name));
  const input: Side = {
    direction: 'spis:Input',
    id: 'spis-in',
    label: inputLabel(model),
    newName: 'vstup',
    hint: 'Text, nebo výraz FEEL začínající =, například =podani.clenove',
    shown,
  };
  const output: Side = {
    direction: 'spis:Output',
    id: 'spis-out',
    label: 'Co krok předá dál',
    newName: 'vystup',
    hint: 'Výraz FEEL nad tím, co krok vrátil, například stanovisko.souhlas',
    shown: NOTHING,
  };
  return [
    ...(takesInput(model) ? [listGroup(element, services, input)] : []),
    ...(givesOutput(model) ? [listGroup(element, services, output)] : []),
  ];
}

const throwsData = (model: Model): boolean =>
  isKind(model, 'bpmn:ThrowEvent') &&
  definitionsOf(model).some((definition) => isKind(definition, 'bpmn:MessageEventDefinition', 'bpmn:SignalEventDefinition'));
const catchesData = (model: Model): boolean =>
  isKind(model, 'bpmn:CatchEvent') &&
  definitionsOf(model).some((definition) => isKind(definition, 'bpmn:MessageEventDefinition', 'bpmn:SignalEventDefinition'));

function inputLabel(model: Model): string {
  if (isKind(model, 'bpmn:CallActivity')) return 'Co volaný proces dostane';
  if (throwsData(model)) return 'Co zpráva nebo signál nese';
  return isKind(model, 'bpmn:ServiceTask', 'bpmn:SendTask') ? 'Další vstupy' : 'Co krok dostane';
}

function takesInput(model: Model): boolean {
  if (isKind(model, 'bpmn:SubProcess')) return model.get('triggeredByEvent') !== true;
  return throwsData(model) || isKind(model, 'bpmn:CallActivity', 'bpmn:ServiceTask', 'bpmn:SendTask', 'bpmn:BusinessRuleTask');
}
function givesOutput(model: Model): boolean {
  if (isKind(model, 'bpmn:SubProcess')) return model.get('triggeredByEvent') !== true;
  return catchesData(model) || (isKind(model, 'bpmn:Activity') && !isPlain(model));
}
const isPlain = (model: Model): boolean => model.$type === 'bpmn:Task' || model.$type === 'bpmn:ManualTask';

function listGroup(element: Shape, services: Services, side: Side): ListPanelGroup {
  const read = (): readonly Mapping[] => readMappings(element.businessObject, side.direction);
  const write = (mappings: readonly Mapping[]): void => writeMappings(services, element, side.direction, mappings);
  const all = read();
  const own = all.map((mapping, index) => ({ mapping, index })).filter(({ mapping }) => !side.shown.has(mapping.name));
  return {
    id: side.id,
    label: side.label,
    component: ListGroup,
    shouldOpen: all.length > 0,
    translate,
    items: own.map(({ mapping, index }) => ({
      id: `${side.id}-${index}`,
      label: mapping.name,
      autoFocusEntry: `${side.id}-${index}-name`,
      entries: mappingEntries(side, index, read, write),
      remove: (event) => {
        event.stopPropagation();
        write(read().filter((_, at) => at !== index));
      },
    })),
    add: (event) => {
      event.stopPropagation();
      write([...read(), { name: freeName(side.newName, read()), value: '' }]);
    },
  };
}

function mappingEntries(
  side: Side,
  index: number,
  read: () => readonly Mapping[],
  write: (mappings: readonly Mapping[]) => void,
): readonly Entry[] {
  const change = (part: Partial<Mapping>): void => write(read().map((mapping, at) => (at === index ? { ...mapping, ...part } : mapping)));
  return [
    textField({
      id: `${side.id}-${index}-name`,
      label: 'Jméno',
      read: () => read()[index]?.name ?? '',
      write: (name) => change({ name: name.trim() }),
    }),
    textField({
      id: `${side.id}-${index}-value`,
      label: 'Hodnota',
      description: side.hint,
      read: () => read()[index]?.value ?? '',
      write: (value) => change({ value }),
    }),
  ];
}

function freeName(wanted: string, taken: readonly Mapping[]): string {
  const names = new Set(taken.map(({ name }) => name));
  let number = 1;
  while (names.has(`${wanted}${number}`)) number += 1;
  return `${wanted}${number}`;
}
