// One element of the diagram to one row of the table, or a finding when it is not among the supported ones.
import { checkFeel } from '../../forms/feel.ts';
import { deadlineWords } from './compile-deadline.ts';
import { compileEvent } from './compile-event.ts';
import type { ModelFinding } from './model-error.ts';
import type { CitizenText, NodeKind, ProcessNode } from './process-model.ts';
import { elementOf, elementsOf, extensionsOf, flagOf, idOf, textOf } from './xml-element.ts';
import type { XmlElement } from './xml-element.ts';

export interface CompileNotes {
  readonly findings: ModelFinding[];
  /** Node id to lane id. */
  readonly lanes: ReadonlyMap<string, string>;
}

const KINDS: ReadonlyMap<string, NodeKind> = new Map([
  ['bpmn:StartEvent', 'startEvent'],
  ['bpmn:EndEvent', 'endEvent'],
  ['bpmn:IntermediateCatchEvent', 'catchEvent'],
  ['bpmn:IntermediateThrowEvent', 'throwEvent'],
  ['bpmn:BoundaryEvent', 'boundaryEvent'],
  ['bpmn:UserTask', 'userTask'],
  ['bpmn:ManualTask', 'manualTask'],
  ['bpmn:ServiceTask', 'serviceTask'],
  ['bpmn:SendTask', 'sendTask'],
  ['bpmn:ReceiveTask', 'receiveTask'],
  ['bpmn:BusinessRuleTask', 'businessRuleTask'],
  ['bpmn:ScriptTask', 'scriptTask'],
  ['bpmn:ExclusiveGateway', 'exclusiveGateway'],
  ['bpmn:ParallelGateway', 'parallelGateway'],
  ['bpmn:InclusiveGateway', 'inclusiveGateway'],
  ['bpmn:EventBasedGateway', 'eventBasedGateway'],
  ['bpmn:SubProcess', 'subProcess'],
]);
const RESERVED = /^(__|constructor$|prototype$|toString$|valueOf$|hasOwnProperty$)/;
const VARIABLE = /^[\p{L}_][\p{L}\p{N}_]*$/u;
const OUR_EXTENSIONS = new Set(['spis:Input', 'spis:Citizen', 'spis:DeadlineEvent']);
const PLAIN_IMPLEMENTATIONS = new Set(['##WebService', '##unspecified', '##Unspecified']);

export function compileNode(element: XmlElement, scope: string, notes: CompileNotes): ProcessNode | undefined {
  const id = idOf(element);
  const note = (rule: string, message: string): void => void notes.findings.push({ rule, severity: 'error', element: id, message });
  const kind = kindOf(element);
  if (!kind) {
    note('unsupported-element', `Prvek ${element.$type.replace('bpmn:', '')} umí nakreslit editor, ale případ ho neumí provést.`);
    return undefined;
  }
  if (RESERVED.test(id)) note('reserved-id', 'Takový identifikátor prvku není dovolen.');
  refuseMarkers(element, note);
  refuseForeign(element, note);
  const event = kind.endsWith('Event') ? compileEvent(element, kind, note) : undefined;
  const lane = notes.lanes.get(id);
  const attachedTo = elementOf(element, 'attachedToRef');
  return {
    id,
    kind,
    name: textOf(element, 'name') ?? '',
    scope,
    ...(lane ? { lane } : {}),
    ...spisWords(element, kind, note),
    ...deadlineWords(element, note),
    ...(event ? { event } : {}),
    ...messageName(element, event),
    ...(kind === 'scriptTask' ? scriptOf(element, note) : {}),
    ...(attachedTo ? { attachedTo: idOf(attachedTo) } : {}),
    ...defaultFlow(element),
    ...documentation(element),
    isInterrupting: isInterrupting(element, kind),
    incoming: [],
    outgoing: [],
    boundaries: [],
    inputs: inputsOf(element, note),
    outputs: [],
    citizen: citizenOf(element),
  };
}

type Note = (rule: string, message: string) => void;

function kindOf(element: XmlElement): NodeKind | undefined {
  const kind = KINDS.get(element.$type);
  return kind === 'subProcess' && flagOf(element, 'triggeredByEvent') ? 'eventSubProcess' : kind;
}

function isInterrupting(element: XmlElement, kind: NodeKind): boolean {
  if (kind === 'boundaryEvent') return element.get('cancelActivity') !== false;
  if (kind === 'startEvent') return element.get('isInterrupting') !== false;
  return true;
}

/** Loops, compensation and token quantities change the meaning of an activity; none is run (BPMN 2.0.2, 10.3, Table 10.3). */
function refuseMarkers(element: XmlElement, note: Note): void {
  if (elementOf(element, 'loopCharacteristics'))
    note('unsupported-element', 'Opakování a vícenásobné provedení úkolu zatím případ neumí; nakreslete smyčku bránou.');
  if (flagOf(element, 'isForCompensation')) note('unsupported-element', 'Kompenzační činnost případ neumí provést.');
  for (const quantity of ['startQuantity', 'completionQuantity']) {
    const value = element.$instanceOf?.('bpmn:Activity') ? element.get(quantity) : 1;
    if (value !== undefined && value !== 1) note('unsupported-element', `Atribut ${quantity} musí být 1.`);
  }
  if (element.$type === 'bpmn:EventBasedGateway') {
    if (flagOf(element, 'instantiate') || textOf(element, 'eventGatewayType') === 'Parallel') {
      note('unsupported-element', 'Brána událostí smí být jen výlučná a nesmí zakládat proces.');
    }
  }
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

function spisWords(
  element: XmlElement,
  kind: NodeKind,
  note: Note,
): Partial<Record<'form' | 'role' | 'effect' | 'result' | 'decision' | 'deadline' | 'outcome', string>> {
  const words: Partial<Record<'form' | 'role' | 'effect' | 'result' | 'decision' | 'deadline' | 'outcome', string>> = {};
  for (const name of ['form', 'role', 'effect', 'result', 'decision', 'deadline', 'outcome'] as const) {
    const value = textOf(element, `spis:${name}`);
    if (value !== undefined) words[name] = value;
  }
  if (words.result !== undefined && (!VARIABLE.test(words.result) || RESERVED.test(words.result)))
    note('bad-variable', `Jméno proměnné „${words.result}“ není dovoleno.`);
  if ((kind === 'serviceTask' || kind === 'sendTask') && !words.effect) note('missing-effect', 'Servisní úloha nemá spis:effect.');
  if (kind === 'businessRuleTask' && !words.decision && !words.effect) note('missing-decision', 'Rozhodovací úloha nemá spis:decision.');
  if ((kind === 'userTask' || kind === 'manualTask') && !words.role) note('missing-role', 'Uživatelský úkol nemá spis:role.');
  return words;
}

function messageName(element: XmlElement, event: ProcessNode['event']): { messageName?: string } {
  if (event?.kind === 'message') return { messageName: event.message };
  const message = element.$type === 'bpmn:ReceiveTask' ? elementOf(element, 'messageRef') : undefined;
  const name = message && (textOf(message, 'name') ?? idOf(message));
  return name ? { messageName: name } : {};
}

function scriptOf(element: XmlElement, note: Note): { script: string } {
  const format = textOf(element, 'scriptFormat') ?? '';
  const script = textOf(element, 'script')?.replace(/^\s*=/, '') ?? '';
  if (!/^((application|text)\/)?(x-)?feel$/i.test(format)) note('script-language', 'Skript smí být jen ve FEEL (scriptFormat="feel").');
  const mistake = checkFeel(script);
  if (mistake !== undefined) note('bad-expression', `Skript: ${mistake}`);
  return { script };
}

function inputsOf(element: XmlElement, note: Note): readonly { name: string; value: string }[] {
  return extensionsOf(element, 'spis:Input').map((input) => {
    const name = textOf(input, 'name') ?? '';
    const value = textOf(input, 'value') ?? '';
    if (!VARIABLE.test(name) || RESERVED.test(name)) note('bad-variable', `Jméno vstupu „${name}“ není dovoleno.`);
    const mistake = value.startsWith('=') ? checkFeel(value) : undefined;
    if (mistake !== undefined) note('bad-expression', `Vstup ${name}: ${mistake}`);
    return { name, value };
  });
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

function defaultFlow(element: XmlElement): { defaultFlow?: string } {
  const flow = elementOf(element, 'default');
  return flow ? { defaultFlow: idOf(flow) } : {};
}

function documentation(element: XmlElement): { documentation?: string } {
  const [first] = elementsOf(element, 'documentation');
  const text = first && textOf(first, 'text');
  return text ? { documentation: text } : {};
}
