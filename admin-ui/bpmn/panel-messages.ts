// Messages: those of the office, and those that cases send to each other under a name and a key of their own.
import type { Choices } from './choices.ts';
import { definitionOf, isKind } from './diagram.ts';
import type { Model, Services, Shape } from './diagram.ts';
import { applyEdits, rootElements, rootNamed } from './edits.ts';
import { readAttribute, writeAttribute } from './extensions.ts';
import { selectField, textField } from './panel-fields.ts';
import type { Entry } from './panel-fields.ts';

/** Stands for „a new one" in the list; no name of a message begins with a space. */
const NEW = ' nova';
const NEW_NAME = 'nova-zprava';

export function messageEntries(element: Shape, services: Services, choices: Choices): readonly Entry[] {
  const model = element.businessObject;
  const holder = isKind(model, 'bpmn:ReceiveTask', 'bpmn:SendTask') ? model : definitionOf(model, 'bpmn:MessageEventDefinition');
  if (holder === undefined) return [];
  const message = (): Model | undefined => holder.get('messageRef') as Model | undefined;
  const office = choices.vocabulary.messages;
  const isOwn = message() !== undefined && !office.some(({ name }) => name === message()?.name);
  return [
    selectField({
      id: 'spis-message',
      label: 'Zpráva',
      description: sends(model) ? 'Co se pošle jinému případu.' : 'Na jakou událost se čeká.',
      options: [
        ...office.map(({ name, title }) => ({ value: name, label: `${title} (${name})` })),
        ...ownNames(model, office).map((name) => ({ value: name, label: `${name} (mezi případy)` })),
        { value: NEW, label: 'nová zpráva mezi případy…' },
      ],
      read: () => message()?.name ?? '',
      write: (name) => writeMessage(services, element, holder, name),
    }),
    ...(isOwn ? [nameField(services, element, message)] : []),
    ...(message() === undefined ? [] : [keyField(services, element)]),
  ];
}

const sends = (model: Model): boolean => isKind(model, 'bpmn:SendTask', 'bpmn:ThrowEvent');

function ownNames(model: Model, office: Choices['vocabulary']['messages']): readonly string[] {
  const names = rootElements(model, 'bpmn:Message').map(({ name }) => name ?? '');
  return [...new Set(names)].filter((name) => name !== '' && !office.some((known) => known.name === name));
}

function writeMessage(services: Services, element: Shape, holder: Model, name: string): void {
  if (name === '') return applyEdits(services, element, [{ model: holder, properties: { messageRef: undefined } }]);
  const { root, edits } = rootNamed(services, element.businessObject, 'bpmn:Message', name === NEW ? NEW_NAME : name);
  applyEdits(services, element, [...edits, { model: holder, properties: { messageRef: root } }]);
}

function nameField(services: Services, element: Shape, message: () => Model | undefined): Entry {
  return textField({
    id: 'spis-message-name',
    label: 'Jméno zprávy',
    description: 'Stejné jméno musí mít zpráva u odesílatele i u příjemce.',
    read: () => message()?.name ?? '',
    write: (name) => {
      const model = message();
      if (model !== undefined && name.trim() !== '') applyEdits(services, element, [{ model, properties: { name: name.trim() } }]);
    },
  });
}

function keyField(services: Services, element: Shape): Entry {
  const model = element.businessObject;
  return textField({
    id: 'spis-key',
    label: 'Klíč zprávy (FEEL)',
    description: 'Podle něj se pozná, kterému případu zpráva patří, například podani.cisloJednaci. Bez klíče stačí jméno.',
    read: () => readAttribute(model, 'key'),
    write: (value) => writeAttribute(services, element, 'key', value),
  });
}
