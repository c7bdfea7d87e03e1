// Short words for drawing a process in a test, and a case that is driven by element ids.
import { compileDecisions, compileProcess, step } from '../../server/engine/index.ts';
import type {
  DecisionModel,
  EffectAnswer,
  EngineState,
  Json,
  ProcessModel,
  StepContext,
  StepResult,
  Stimulus,
  Variables,
  Wait,
} from '../../server/engine/index.ts';

export const NOON = '2026-03-02T11:00:00.000Z';

/** Ids of a kind that are referred to somewhere: `message-x` by an attribute or an element. */
function used(body: string, word: string): readonly string[] {
  return [...new Set([...body.matchAll(new RegExp(`Ref="${word}-([^"]+)"`, 'g'))].flatMap((match) => match[1] ?? []))];
}

/** Messages, errors, signals and escalations are declared by use: `message-x`, `error-x`, `signal-x`, `escalation-x`. */
export function diagram(...parts: readonly string[]): string {
  return file(`<bpmn:process id="proces" isExecutable="true">${parts.join('')}</bpmn:process>`);
}

/** A process that others call. */
export const called = (id: string, ...parts: readonly string[]): string => `<bpmn:process id="${id}">${parts.join('')}</bpmn:process>`;

/** Processes and whatever stands beside them. */
export function file(...roots: readonly string[]): string {
  const body = roots.join('');
  const messages = used(body, 'message');
  const errors = used(body, 'error');
  const signals = used(body, 'signal');
  const escalations = used(body, 'escalation');
  return `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:spis="urn:vyrizeno:bpmn:1" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" id="definice" targetNamespace="x">
${messages.map((name) => `<bpmn:message id="message-${name}" name="${name}"/>`).join('')}
${errors.map((code) => `<bpmn:error id="error-${code}" errorCode="${code}"/>`).join('')}
${signals.map((name) => `<bpmn:signal id="signal-${name}" name="${name}"/>`).join('')}
${escalations.map((code) => `<bpmn:escalation id="escalation-${code}" escalationCode="${code}"/>`).join('')}
${body}</bpmn:definitions>`;
}

let flows = 0;
/** Flows a -> b -> c. */
export function path(...ids: readonly string[]): string {
  return ids
    .slice(1)
    .map((id, index) => flow(ids[index] ?? '', id))
    .join('');
}
export function flow(source: string, target: string, condition?: string, id = `f${(flows += 1)}-${source}-${target}`): string {
  const inside =
    condition === undefined
      ? ''
      : `<bpmn:conditionExpression xsi:type="bpmn:tFormalExpression"><![CDATA[${condition}]]></bpmn:conditionExpression>`;
  return `<bpmn:sequenceFlow id="${id}" sourceRef="${source}" targetRef="${target}">${inside}</bpmn:sequenceFlow>`;
}
export const start = (id = 's', inside = '', attributes = ''): string =>
  `<bpmn:startEvent id="${id}" ${attributes}>${inside}</bpmn:startEvent>`;
export const end = (id = 'e', inside = '', attributes = ''): string => `<bpmn:endEvent id="${id}" ${attributes}>${inside}</bpmn:endEvent>`;
export const task = (id: string, attributes = '', inside = ''): string =>
  `<bpmn:userTask id="${id}" name="Úkol ${id}" spis:role="clerk" ${attributes}>${inside}</bpmn:userTask>`;
export const service = (id: string, attributes = '', inside = ''): string =>
  `<bpmn:serviceTask id="${id}" spis:effect="try.${id}" ${attributes}>${inside}</bpmn:serviceTask>`;
export const script = (id: string, feel: string, attributes = ''): string =>
  `<bpmn:scriptTask id="${id}" scriptFormat="feel" ${attributes}><bpmn:script><![CDATA[${feel}]]></bpmn:script></bpmn:scriptTask>`;
export const gateway = (kind: 'exclusive' | 'parallel' | 'inclusive' | 'eventBased' | 'complex', id: string, attributes = ''): string =>
  `<bpmn:${kind}Gateway id="${id}" ${attributes}/>`;
export const boundary = (id: string, host: string, inside: string, attributes = ''): string =>
  `<bpmn:boundaryEvent id="${id}" attachedToRef="${host}" ${attributes}>${inside}</bpmn:boundaryEvent>`;
export const catching = (id: string, inside: string, attributes = ''): string =>
  `<bpmn:intermediateCatchEvent id="${id}" ${attributes}>${inside}</bpmn:intermediateCatchEvent>`;
export const subProcess = (id: string, ...inside: readonly string[]): string =>
  `<bpmn:subProcess id="${id}">${inside.join('')}</bpmn:subProcess>`;
export const eventSubProcess = (id: string, ...inside: readonly string[]): string =>
  `<bpmn:subProcess id="${id}" triggeredByEvent="true">${inside.join('')}</bpmn:subProcess>`;
export const extensions = (...inside: readonly string[]): string => `<bpmn:extensionElements>${inside.join('')}</bpmn:extensionElements>`;
export const input = (name: string, value: string): string => `<spis:input name="${name}" value="${value}"/>`;

export const message = (name: string): string => `<bpmn:messageEventDefinition messageRef="message-${name}"/>`;
export const error = (code: string): string => `<bpmn:errorEventDefinition errorRef="error-${code}"/>`;
export const signal = (name: string): string => `<bpmn:signalEventDefinition signalRef="signal-${name}"/>`;
export const escalation = (code: string): string => `<bpmn:escalationEventDefinition escalationRef="escalation-${code}"/>`;
export const condition = (feel: string): string =>
  `<bpmn:conditionalEventDefinition><bpmn:condition xsi:type="bpmn:tFormalExpression"><![CDATA[${feel}]]></bpmn:condition></bpmn:conditionalEventDefinition>`;
export const compensate = (activity?: string): string =>
  `<bpmn:compensateEventDefinition${activity === undefined ? '' : ` activityRef="${activity}"`}/>`;
export const throwing = (id: string, inside = '', attributes = ''): string =>
  `<bpmn:intermediateThrowEvent id="${id}" ${attributes}>${inside}</bpmn:intermediateThrowEvent>`;
export const call = (id: string, calledElement: string, inside = ''): string =>
  `<bpmn:callActivity id="${id}" calledElement="${calledElement}">${inside}</bpmn:callActivity>`;
/** Undoes `activity` by the task `handler`. */
export const undoing = (activity: string, handler: string): string =>
  `<bpmn:boundaryEvent id="${activity}-zpet" attachedToRef="${activity}"><bpmn:compensateEventDefinition/></bpmn:boundaryEvent>` +
  `<bpmn:association id="${activity}-vazba" sourceRef="${activity}-zpet" targetRef="${handler}" associationDirection="One"/>`;
export const standardLoop = (conditionFeel: string, attributes = ''): string =>
  `<bpmn:standardLoopCharacteristics ${attributes}><bpmn:loopCondition xsi:type="bpmn:tFormalExpression"><![CDATA[${conditionFeel}]]></bpmn:loopCondition></bpmn:standardLoopCharacteristics>`;
export const instances = (cardinality: string, attributes = '', inside = ''): string =>
  `<bpmn:multiInstanceLoopCharacteristics ${attributes}><bpmn:loopCardinality xsi:type="bpmn:tFormalExpression">${cardinality}</bpmn:loopCardinality>${inside}</bpmn:multiInstanceLoopCharacteristics>`;
/** For each of the data object `polozky`, called `polozka`; `vysledek` of each goes to `vysledky`. */
export const forEach = (attributes = '', inside = ''): string =>
  `<bpmn:multiInstanceLoopCharacteristics ${attributes}><bpmn:loopDataInputRef>polozky</bpmn:loopDataInputRef><bpmn:loopDataOutputRef>vysledky</bpmn:loopDataOutputRef><bpmn:inputDataItem id="polozka"/><bpmn:outputDataItem id="vysledek"/>${inside}</bpmn:multiInstanceLoopCharacteristics>`;
export const collections =
  '<bpmn:dataObject id="polozky" isCollection="true"/><bpmn:dataObjectReference id="polozkyR" dataObjectRef="polozky"/>' +
  '<bpmn:dataObject id="vysledky" isCollection="true"/><bpmn:dataObjectReference id="vysledkyR" dataObjectRef="vysledky"/>';
export const terminate = '<bpmn:terminateEventDefinition/>';
export const timer = (kind: 'timeDuration' | 'timeDate' | 'timeCycle', text: string): string =>
  `<bpmn:timerEventDefinition><bpmn:${kind} xsi:type="bpmn:tFormalExpression">${text}</bpmn:${kind}></bpmn:timerEventDefinition>`;

/** A context at a time, with one deadline, `lhuta`, of 30 days. */
export function contextAt(now: string, constants: Variables = {}): StepContext {
  return {
    now,
    constants,
    deadline: (name, from) => {
      if (name !== 'lhuta') throw new Error(`unknown deadline ${name}`);
      return new Date(Date.parse(from) + 30 * 86_400_000).toISOString();
    },
  };
}

/** A case driven by element ids, saved and recovered at every step. */
export interface TestCase {
  readonly now: string;
  result(): StepResult;
  at(now: string): TestCase;
  tell(stimulus: Stimulus): Promise<StepResult>;
  complete(elementId: string, output?: Variables): Promise<StepResult>;
  answer(elementId: string, answer: EffectAnswer): Promise<StepResult>;
  send(name: string, payload?: Json): Promise<StepResult>;
  retry(elementId: string): Promise<StepResult>;
  wake(now: string): Promise<StepResult>;
  wait(elementId: string): Wait;
  /** Ids of the elements that wait, sorted. */
  waiting(): readonly string[];
  /** Ids entered since the beginning. */
  visited(): readonly string[];
}

export async function newCase(xml: string, variables: Variables = {}, dmn: Readonly<Record<string, string>> = {}): Promise<TestCase> {
  return startCase(await compileProcess(xml), variables, await compileDecisions(dmn));
}

export async function startCase(model: ProcessModel, variables: Variables, decisions: DecisionModel): Promise<TestCase> {
  let now = NOON;
  let state: EngineState | undefined;
  let last: StepResult | undefined;
  const visited: string[] = [];
  const tell = async (stimulus: Stimulus): Promise<StepResult> => {
    last = await step(model, decisions, state, stimulus, contextAt(now, { obec: 'Lhota' }));
    state = JSON.parse(JSON.stringify(last.state)) as EngineState;
    visited.push(...last.trace.flatMap((entry) => (entry.kind === 'entered' ? [entry.elementId] : [])));
    return last;
  };
  const wait = (elementId: string): Wait => {
    const found = last?.waits.find((candidate) => candidate.elementId === elementId);
    if (!found) throw new Error(`${elementId} does not wait; waiting: ${last?.waits.map((candidate) => candidate.elementId).join(', ')}`);
    return found;
  };
  await tell({ kind: 'start', variables });
  const driven: TestCase = {
    now,
    result: () => last as StepResult,
    at: (time) => {
      now = time;
      return driven;
    },
    tell,
    complete: (elementId, output = {}) => tell({ kind: 'complete-task', executionId: wait(elementId).executionId, output }),
    answer: (elementId, answer) => tell({ kind: 'answer-effect', executionId: wait(elementId).executionId, answer }),
    send: (name, payload = null) => tell({ kind: 'message', message: name, payload }),
    retry: (elementId) => tell({ kind: 'retry', executionId: wait(elementId).executionId }),
    wake: (time) => {
      now = time;
      return tell({ kind: 'wake' });
    },
    wait,
    waiting: () => (last?.waits ?? []).map((candidate) => candidate.elementId).sort(),
    visited: () => visited,
  };
  return driven;
}
