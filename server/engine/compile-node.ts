// One element of the diagram to one row of the table, or a finding when nobody knows how to run it.
import { activityWords } from './compile-activity.ts';
import { dataOf } from './compile-data.ts';
import { deadlineWords } from './compile-deadline.ts';
import { compileEvent, named } from './compile-event.ts';
import { checkedFeel, documentationOf, feelOf, noteFor, RESERVED, VARIABLE } from './compile-notes.ts';
import type { CompileNotes, Note } from './compile-notes.ts';
import type { CitizenText, NodeKind, ProcessNode } from './process-model.ts';
import { elementOf, elementsOf, extensionsOf, flagOf, idOf, textOf } from './xml-element.ts';
import type { XmlElement } from './xml-element.ts';

const KINDS: ReadonlyMap<string, NodeKind> = new Map([
  ['bpmn:StartEvent', 'startEvent'],
  ['bpmn:EndEvent', 'endEvent'],
  ['bpmn:IntermediateCatchEvent', 'catchEvent'],
  ['bpmn:IntermediateThrowEvent', 'throwEvent'],
  ['bpmn:BoundaryEvent', 'boundaryEvent'],
  ['bpmn:Task', 'task'],
  ['bpmn:UserTask', 'userTask'],
  ['bpmn:ManualTask', 'manualTask'],
  ['bpmn:ServiceTask', 'serviceTask'],
  ['bpmn:SendTask', 'sendTask'],
  ['bpmn:ReceiveTask', 'receiveTask'],
  ['bpmn:BusinessRuleTask', 'businessRuleTask'],
  ['bpmn:ScriptTask', 'scriptTask'],
  ['bpmn:GlobalTask', 'task'],
  ['bpmn:GlobalUserTask', 'userTask'],
  ['bpmn:GlobalManualTask', 'manualTask'],
  ['bpmn:GlobalScriptTask', 'scriptTask'],
  ['bpmn:GlobalBusinessRuleTask', 'businessRuleTask'],
  ['bpmn:CallActivity', 'callActivity'],
  ['bpmn:ExclusiveGateway', 'exclusiveGateway'],
  ['bpmn:ParallelGateway', 'parallelGateway'],
  ['bpmn:InclusiveGateway', 'inclusiveGateway'],
  ['bpmn:ComplexGateway', 'complexGateway'],
  ['bpmn:EventBasedGateway', 'eventBasedGateway'],
  ['bpmn:SubProcess', 'subProcess'],
  ['bpmn:Transaction', 'subProcess'],
  ['bpmn:AdHocSubProcess', 'subProcess'],
]);
const PLAIN_IMPLEMENTATIONS = new Set(['##WebService', '##unspecified', '##Unspecified']);
const OUR_EXTENSIONS = new Set(['spis:Input', 'spis:Output', 'spis:Citizen', 'spis:DeadlineEvent']);
const WORDS = ['form', 'role', 'standIn', 'effect', 'result', 'decision', 'deadline', 'outcome'] as const;

export function compileNode(element: XmlElement, scope: string, notes: CompileNotes): ProcessNode | undefined {
  const id = idOf(element);
  const note = noteFor(notes, id);
  const kind = kindOf(element);
  if (!kind) {
    note('unsupported-element', `Prvek ${element.$type.replace('bpmn:', '')} umí nakreslit editor, ale případ ho neumí provést.`);
    return undefined;
  }
  if (RESERVED.test(id)) note('reserved-id', 'Takový identifikátor prvku není dovolen.');
  if (!notes.bare) refuseForeign(element, note);
  const event = kind.endsWith('Event') ? compileEvent(element, { bare: notes.bare, note }) : undefined;
  const lane = notes.lanes.get(id);
  const attachedTo = elementOf(element, 'attachedToRef');
  const handler = notes.handlers.get(id);
  const documentation = documentationOf(element);
  const standard = elementOf(element, 'default');
  const words = spisWords(element, note);
  demandWords(element, kind, words, note);
  return {
    id,
    kind,
    name: textOf(element, 'name') ?? '',
    scope,
    ...(lane ? { lane } : {}),
    ...words,
    ...(textOf(element, 'spis:offer') === 'true' ? { offer: true } : {}),
    ...deadlineWords(element, note),
    ...(event ? { event } : {}),
    ...messageName(element, event),
    ...keyOf(element, note),
    ...activityWords(element, kind, notes, note),
    ...gatewayWords(element, note),
    ...(attachedTo ? { attachedTo: idOf(attachedTo) } : {}),
    ...(handler && event?.kind === 'compensation' ? { handler } : {}),
    ...(standard ? { defaultFlow: idOf(standard) } : {}),
    ...(documentation ? { documentation } : {}),
    isInterrupting: isInterrupting(element, kind),
    incoming: [],
    outgoing: [],
    boundaries: [],
    ...dataOf(element, notes, note),
    citizen: citizenOf(element),
  };
}

function kindOf(element: XmlElement): NodeKind | undefined {
  const kind = KINDS.get(element.$type);
  return kind === 'subProcess' && flagOf(element, 'triggeredByEvent') ? 'eventSubProcess' : kind;
}

function isInterrupting(element: XmlElement, kind: NodeKind): boolean {
  if (kind === 'boundaryEvent') return element.get('cancelActivity') !== false;
  if (kind === 'startEvent') return element.get('isInterrupting') !== false;
  return true;
}

/** Words of other engines (`camunda:class`, listeners, expressions) are refused: here they would be silently without effect. */
function refuseForeign(element: XmlElement, note: Note): void {
  for (const name of Object.keys(element.$attrs ?? {})) {
    if (name.includes(':') && !name.startsWith('xmlns')) note('foreign-extension', `Atribut ${name} případ nezná.`);
    else if (!name.startsWith('xmlns')) note('foreign-extension', `Atribut ${name} v BPMN není.`);
  }
  const container = elementOf(element, 'extensionElements');
  for (const value of container ? elementsOf(container, 'values') : []) {
    if (!OUR_EXTENSIONS.has(value.$type)) note('foreign-extension', `Rozšíření ${value.$type} případ nezná.`);
  }
  const implementation = textOf(element, 'implementation');
  if (implementation && !PLAIN_IMPLEMENTATIONS.has(implementation))
    note('foreign-extension', 'Atribut implementation není dovolen; účinek se jmenuje ve spis:effect.');
}

type Words = Partial<Record<(typeof WORDS)[number], string>>;

function spisWords(element: XmlElement, note: Note): Words {
  const words: Words = {};
  for (const name of WORDS) {
    const value = textOf(element, `spis:${name}`) ?? (name === 'result' ? textOf(element, 'spis:resultVariable') : undefined);
    if (value !== undefined) words[name] = value;
  }
  if (words.result !== undefined && (!VARIABLE.test(words.result) || RESERVED.test(words.result)))
    note('bad-variable', `Jméno proměnné „${words.result}“ není dovoleno.`);
  return words;
}

function demandWords(element: XmlElement, kind: NodeKind, words: Words, note: Note): void {
  const sendsMessage = kind === 'sendTask' && elementOf(element, 'messageRef') !== undefined;
  if ((kind === 'serviceTask' || kind === 'sendTask') && !words.effect && !sendsMessage)
    note('missing-effect', 'Servisní úloha nemá spis:effect.');
  if (kind === 'businessRuleTask' && !words.decision && !words.effect) note('missing-decision', 'Rozhodovací úloha nemá spis:decision.');
  if ((kind === 'userTask' || kind === 'manualTask') && !words.role) note('missing-role', 'Uživatelský úkol nemá spis:role.');
}

function messageName(element: XmlElement, event: ProcessNode['event']): { messageName?: string } {
  if (event?.kind === 'message') return { messageName: event.message };
  const carries = element.$type === 'bpmn:ReceiveTask' || element.$type === 'bpmn:SendTask';
  const name = carries ? named(elementOf(element, 'messageRef')) : undefined;
  return name ? { messageName: name } : {};
}

function keyOf(element: XmlElement, note: Note): { key?: string } {
  const key = textOf(element, 'spis:key');
  return key === undefined ? {} : { key: checkedFeel(key, 'Klíč zprávy', note) };
}

function gatewayWords(element: XmlElement, note: Note): Partial<Pick<ProcessNode, 'activation' | 'waitsFor' | 'instantiates'>> {
  if (element.$type === 'bpmn:ComplexGateway') {
    const activation = feelOf(elementOf(element, 'activationCondition'), 'Podmínka aktivace', note);
    return activation === undefined ? {} : { activation };
  }
  if (element.$type !== 'bpmn:EventBasedGateway') return {};
  const waitsFor = textOf(element, 'eventGatewayType') === 'Parallel' ? 'all' : 'one';
  return { waitsFor, ...(flagOf(element, 'instantiate') ? { instantiates: true } : {}) };
}

function citizenOf(element: XmlElement): Readonly<Record<string, CitizenText>> {
  return Object.fromEntries(
    extensionsOf(element, 'spis:Citizen').map((text) => [
      textOf(text, 'lang') ?? 'cs',
      {
        title: textOf(text, 'title') ?? '',
        who: textOf(text, 'who') ?? 'office',
        text: textOf(text, 'text')?.replaceAll(/\s+/g, ' ') ?? '',
      },
    ]),
  );
}
