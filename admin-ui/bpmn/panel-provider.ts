// The office's own groups in the properties panel, instead of any foreign engine's.
import { Group } from '@bpmn-io/properties-panel';
import type { Choices } from './choices.ts';
import { definitionsOf, isKind } from './diagram.ts';
import type { Model, Services, Shape } from './diagram.ts';
import { readAttribute, readCitizen, readInputs, writeAttribute, writeCitizen, writeInput } from './extensions.ts';
import type { Attribute, CitizenLang } from './extensions.ts';
import { deadlineEventEntries, warningEntries } from './panel-deadlines.ts';
import { activityEntries, rareEntries } from './panel-activities.ts';
import { dataGroups } from './panel-data.ts';
import type { ListPanelGroup } from './panel-data.ts';
import { eventEntries } from './panel-events.ts';
import { conditionEntries, defaultFlowEntries, timerEntries } from './panel-flow.ts';
import { messageEntries } from './panel-messages.ts';
import { repeatEntries } from './panel-repeat.ts';
import { areaField, selectField, textField } from './panel-fields.ts';
import type { Entry } from './panel-fields.ts';

export interface PanelGroup {
  readonly id: string;
  readonly label: string;
  readonly component: unknown;
  readonly entries: readonly Entry[];
  readonly shouldOpen: boolean;
}
/** Read at every rendering, so that a form added a moment ago is offered at once. */
export interface ChoiceSource {
  current(): Choices;
}

const whoOptions = [
  { value: 'office', label: 'úřad' },
  { value: 'citizen', label: 'občan' },
  { value: 'outside', label: 'někdo mimo úřad' },
  { value: 'system', label: 'systém' },
];
/** Groups of the library that our own replace. Those of errors, escalations, signals, links and compensation stay: they write plain BPMN. */
const dropped = new Set(['timer', 'message', 'adHocCompletion', 'multiInstance']);
const opened = new Set(['general', 'error', 'escalation', 'signal', 'link', 'compensation']);

export class OfficePanelProvider {
  static readonly $inject = ['propertiesPanel', 'injector', 'choiceSource'];
  private readonly services: Services;
  private readonly source: ChoiceSource;

  constructor(
    panel: { registerProvider(priority: number, provider: unknown): void },
    injector: { get(name: string): unknown },
    source: ChoiceSource,
  ) {
    this.services = new Proxy({}, { get: (_target, name) => injector.get(String(name)) }) as Services;
    this.source = source;
    panel.registerProvider(400, this);
  }

  getGroups(element: Shape): (groups: readonly PanelGroup[]) => readonly (PanelGroup | ListPanelGroup)[] {
    return (groups) => {
      const kept = groups.filter(({ id }) => !dropped.has(id)).map((group) => ({ ...group, shouldOpen: opened.has(group.id) }));
      const front = kept.filter(({ id }) => opened.has(id));
      return [...front, ...officeGroups(element, this.services, this.source.current()), ...kept.filter(({ id }) => !opened.has(id))];
    };
  }
}

export function officeGroups(element: Shape, services: Services, choices: Choices): readonly (PanelGroup | ListPanelGroup)[] {
  const groups = [
    group('spis-step', 'Krok v úřadu', [...stepEntries(element, services, choices), ...activityEntries(element, services, choices)]),
    group('spis-inputs', 'Vstupy účinku', inputEntries(element, services, choices)),
    group('spis-repeat', 'Opakování', repeatEntries(element, services), isRepeated(element)),
    group('spis-flow', 'Čas, zprávy a cesty', [
      ...timerEntries(element, services, choices),
      ...warningEntries(element, services),
      ...messageEntries(element, services, choices),
      ...eventEntries(element, services),
      ...conditionEntries(element, services),
      ...defaultFlowEntries(element, services),
    ]),
    group('spis-deadlines', 'Co krok znamená pro lhůty', deadlineEventEntries(element, services, choices), false),
    group('spis-citizen-cs', 'Text pro občana – česky', citizenEntries(element, services, 'cs')),
    group('spis-citizen-en', 'Text pro občana – anglicky', citizenEntries(element, services, 'en'), false),
    group('spis-rare', 'Méně obvyklé', rareEntries(element, services), false),
  ];
  const data = dataGroups(element, services, choices);
  const filled = groups.filter(({ entries }) => entries.length > 0);
  const at = filled.findIndex(({ id }) => id.startsWith('spis-citizen'));
  return at < 0 ? [...filled, ...data] : [...filled.slice(0, at), ...data, ...filled.slice(at)];
}

const isRepeated = ({ businessObject }: Shape): boolean =>
  isKind(businessObject, 'bpmn:Activity') && businessObject.get('loopCharacteristics') !== undefined;

function group(id: string, label: string, entries: readonly Entry[], shouldOpen = true): PanelGroup {
  return { id, label, component: Group, entries, shouldOpen };
}

function stepEntries(element: Shape, services: Services, choices: Choices): readonly Entry[] {
  const model = element.businessObject;
  const field = (name: Attribute, label: string, description?: string) => ({
    id: `spis-${name}`,
    label,
    ...(description === undefined ? {} : { description }),
    read: () => readAttribute(model, name),
    write: (value: string) => writeAttribute(services, element, name, value),
  });
  const entries: Entry[] = [];
  if (isKind(model, 'bpmn:StartEvent', 'bpmn:UserTask'))
    entries.push(selectField({ ...field('form', 'Formulář'), options: choices.forms }));
  if (isKind(model, 'bpmn:ManualTask')) entries.push(selectField({ ...field('role', 'Role'), options: choices.roles }));
  if (isKind(model, 'bpmn:UserTask')) {
    entries.push(selectField({ ...field('role', 'Role'), options: choices.roles }));
    entries.push(selectField({ ...field('deadline', 'Lhůta úkolu'), options: choices.deadlines }));
  }
  if (isKind(model, 'bpmn:ServiceTask', 'bpmn:SendTask')) {
    entries.push(
      selectField({
        ...field('effect', 'Účinek'),
        options: choices.vocabulary.effects.map(({ name, title }) => ({ value: name, label: `${title} (${name})` })),
      }),
    );
  }
  if (isKind(model, 'bpmn:BusinessRuleTask')) entries.push(selectField({ ...field('decision', 'Rozhodnutí'), options: choices.decisions }));
  if (isKind(model, 'bpmn:EndEvent')) {
    entries.push(
      selectField({
        ...field('outcome', 'Výsledek'),
        options: choices.vocabulary.outcomes.map(({ name, title }) => ({ value: name, label: `${title} (${name})` })),
      }),
    );
  }
  if (isKind(model, 'bpmn:StartEvent') || givesResult(model)) {
    entries.push(textField(field('result', 'Proměnná výsledku', resultHint(element))));
  }
  return entries;
}

const RESULT_GIVERS = [
  'bpmn:UserTask',
  'bpmn:ServiceTask',
  'bpmn:SendTask',
  'bpmn:BusinessRuleTask',
  'bpmn:ScriptTask',
  'bpmn:ReceiveTask',
  'bpmn:CallActivity',
];
const givesResult = (model: Model): boolean =>
  isKind(model, ...RESULT_GIVERS) ||
  (isKind(model, 'bpmn:CatchEvent') &&
    definitionsOf(model).some((trigger) =>
      isKind(trigger, 'bpmn:MessageEventDefinition', 'bpmn:SignalEventDefinition', 'bpmn:ErrorEventDefinition'),
    ));

function resultHint(element: Shape): string {
  const model = element.businessObject;
  if (isKind(model, 'bpmn:StartEvent')) return 'Bez vyplnění: podani.';
  if (isKind(model, 'bpmn:UserTask', 'bpmn:ScriptTask')) return `Bez vyplnění: ${model.id}.`;
  return 'Bez vyplnění se výsledek neuloží.';
}

function inputEntries(element: Shape, services: Services, choices: Choices): readonly Entry[] {
  const model = element.businessObject;
  if (!isKind(model, 'bpmn:ServiceTask', 'bpmn:SendTask')) return [];
  const effect = choices.vocabulary.effects.find(({ name }) => name === readAttribute(model, 'effect'));
  return (effect?.inputs ?? []).map((input) =>
    textField({
      id: `spis-input-${input.name}`,
      label: input.required ? `${input.title} (povinné)` : input.title,
      description: `${input.name}: text, nebo výraz FEEL začínající =`,
      read: () => readInputs(element.businessObject)[input.name] ?? '',
      write: (value) => writeInput(services, element, input.name, value),
    }),
  );
}

function citizenEntries(element: Shape, services: Services, lang: CitizenLang): readonly Entry[] {
  const model = element.businessObject;
  if (!isKind(model, 'bpmn:Activity', 'bpmn:Event') || element.labelTarget !== undefined) return [];
  const field = (part: 'title' | 'who' | 'text', label: string) => ({
    id: `spis-citizen-${lang}-${part}`,
    label,
    read: () => readCitizen(model, lang)[part],
    write: (value: string) => writeCitizen(services, element, lang, { [part]: value }),
  });
  return [
    textField(field('title', 'Nadpis kroku')),
    ...(lang === 'cs' ? [selectField({ ...field('who', 'Kdo je na tahu'), options: whoOptions })] : []),
    areaField(field('text', 'Jedna či dvě prosté věty')),
  ];
}
