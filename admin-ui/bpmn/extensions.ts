// Reads and writes what the `spis` namespace adds to an element: attributes, inputs of effects, the citizen's texts.
// Every write is one undoable step; extension elements of other namespaces stay untouched.
import type { Model, Services, Shape } from './diagram.ts';

export type Attribute = 'form' | 'role' | 'effect' | 'result' | 'decision' | 'deadline' | 'deadlineWarning' | 'outcome' | 'key';
export type CitizenLang = 'cs' | 'en';
export interface CitizenText {
  readonly title: string;
  readonly who: string;
  readonly text: string;
}

export function readAttribute(model: Model, name: Attribute): string {
  const value = model.get(`spis:${name}`);
  return typeof value === 'string' ? value : '';
}
export function writeAttribute({ modeling }: Services, element: Shape, name: Attribute, value: string): void {
  modeling.updateModdleProperties(element, element.businessObject, { [`spis:${name}`]: value.trim() === '' ? undefined : value.trim() });
}

function extensionsOf(model: Model): readonly Model[] {
  const holder = model.get('extensionElements') as Model | undefined;
  return (holder?.get('values') as readonly Model[] | undefined) ?? [];
}
function writeExtensions({ modeling, bpmnFactory }: Services, element: Shape, values: readonly Model[]): void {
  const holder = values.length === 0 ? undefined : bpmnFactory.create('bpmn:ExtensionElements', { values: [...values] });
  for (const value of values) Object.assign(value, { $parent: holder });
  if (holder !== undefined) Object.assign(holder, { $parent: element.businessObject });
  modeling.updateModdleProperties(element, element.businessObject, { extensionElements: holder });
}

const isInput = (value: Model): boolean => value.$type === 'spis:Input';
const isCitizen =
  (lang: CitizenLang) =>
  (value: Model): boolean =>
    value.$type === 'spis:Citizen' && (value.get('lang') ?? 'cs') === lang;

export function readInputs(model: Model): Readonly<Record<string, string>> {
  return Object.fromEntries(
    extensionsOf(model)
      .filter(isInput)
      .map((input) => [String(input.get('name')), String(input.get('value') ?? '')]),
  );
}
/** An empty value takes the input away. */
export function writeInput(services: Services, element: Shape, name: string, value: string): void {
  const all = extensionsOf(element.businessObject);
  const at = all.findIndex((input) => isInput(input) && input.get('name') === name);
  const fresh = value === '' ? [] : [services.bpmnFactory.create('spis:Input', { name, value })];
  writeExtensions(services, element, at < 0 ? [...all, ...fresh] : [...all.slice(0, at), ...fresh, ...all.slice(at + 1)]);
}

/** `input` goes into a step, `output` comes out of it; both in the order they are written. */
export type Direction = 'spis:Input' | 'spis:Output';
export interface Mapping {
  readonly name: string;
  readonly value: string;
}
export function readMappings(model: Model, direction: Direction): readonly Mapping[] {
  return extensionsOf(model)
    .filter(({ $type }) => $type === direction)
    .map((mapping) => ({ name: String(mapping.get('name') ?? ''), value: String(mapping.get('value') ?? '') }));
}
export function writeMappings(services: Services, element: Shape, direction: Direction, mappings: readonly Mapping[]): void {
  const rest = extensionsOf(element.businessObject).filter(({ $type }) => $type !== direction);
  writeExtensions(services, element, [...mappings.map((mapping) => services.bpmnFactory.create(direction, { ...mapping })), ...rest]);
}

export function readCitizen(model: Model, lang: CitizenLang): CitizenText {
  const found = extensionsOf(model).find(isCitizen(lang));
  const read = (name: string): string => String(found?.get(name) ?? '');
  return { title: read('title'), who: read('who'), text: read('text').trim() };
}
/** With title and text both empty the whole text of that language goes. */
export function writeCitizen(services: Services, element: Shape, lang: CitizenLang, change: Partial<CitizenText>): void {
  const all = extensionsOf(element.businessObject);
  const next = { ...readCitizen(element.businessObject, lang), ...change };
  const rest = all.filter((value) => !isCitizen(lang)(value));
  if (next.title === '' && next.text === '') return writeExtensions(services, element, rest);
  const fresh = services.bpmnFactory.create('spis:Citizen', {
    lang,
    title: next.title,
    who: next.who === '' ? 'office' : next.who,
    text: next.text,
  });
  const at = all.findIndex(isCitizen(lang));
  const place = at < 0 ? rest.length : at;
  writeExtensions(services, element, [...rest.slice(0, place), fresh, ...rest.slice(place)]);
}

/** Attributes of `spis:deadlineEvent`. */
export type DeadlineEventWords = Readonly<
  Partial<Record<'deadline' | 'type' | 'date' | 'ref' | 'reason' | 'n' | 'unit' | 'days' | 'how', string>>
>;
const WORDS = ['deadline', 'type', 'date', 'ref', 'reason', 'n', 'unit', 'days', 'how'] as const;
const isDeadlineEvent = (value: Model): boolean => value.$type === 'spis:DeadlineEvent';

export function readDeadlineEvents(model: Model): readonly DeadlineEventWords[] {
  return extensionsOf(model)
    .filter(isDeadlineEvent)
    .map((event) =>
      Object.fromEntries(
        WORDS.flatMap((word) => {
          const value = event.get(word);
          return typeof value === 'string' && value !== '' ? [[word, value]] : [];
        }),
      ),
    );
}
/** Writes the event at this place, or a new one after the last; without a deadline it goes. */
export function writeDeadlineEvents(services: Services, element: Shape, index: number, words: DeadlineEventWords): void {
  const all = extensionsOf(element.businessObject);
  const others = all.filter((value) => !isDeadlineEvent(value));
  const events = all.filter(isDeadlineEvent);
  const filled = Object.fromEntries(Object.entries(words).filter(([, value]) => (value ?? '').trim() !== ''));
  const fresh = filled['deadline'] === undefined ? [] : [services.bpmnFactory.create('spis:DeadlineEvent', filled)];
  writeExtensions(services, element, [...others, ...events.slice(0, index), ...fresh, ...events.slice(index + 1)]);
}
