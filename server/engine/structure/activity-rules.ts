// Activities: tasks, calls, loops and multi-instance (BPMN 2.0.2, 10.3.3, 10.3.6, 10.3.8, Tables 10.3 to 10.30).
import { elementOf, elementsOf, flagOf, textOf } from '../xml-element.ts';
import type { XmlElement } from '../xml-element.ts';
import { bodyOf, hasForeignWord, is, numberOf } from './kinds.ts';
import type { ModelIndex, StructureRule } from './rule.ts';

const ACTIVITY = ['bpmn:Activity'];
const RECEIVE = ['bpmn:ReceiveTask'];
const CALL = ['bpmn:CallActivity'];
const LOOP = ['bpmn:StandardLoopCharacteristics'];
const MULTI = ['bpmn:MultiInstanceLoopCharacteristics'];
const CALLED = ['bpmn:Process', 'bpmn:GlobalTask'];

export const activityRules: readonly StructureRule[] = [
  {
    name: 'start-quantity',
    severity: 'error',
    section: '10.3',
    on: ACTIVITY,
    says: 'Atribut startQuantity musí být aspoň 1.',
    check: (activity) => (numberOf(activity, 'startQuantity') ?? 1) < 1,
  },
  {
    name: 'completion-quantity',
    severity: 'error',
    section: '10.3',
    on: ACTIVITY,
    says: 'Atribut completionQuantity musí být aspoň 1.',
    check: (activity) => (numberOf(activity, 'completionQuantity') ?? 1) < 1,
  },
  {
    name: 'receive-instantiate-incoming',
    severity: 'error',
    section: '10.3.3',
    on: RECEIVE,
    says: 'Do přijetí zprávy, které proces zakládá, smí vést tok jen z počáteční události.',
    check: (task, model) =>
      flagOf(task, 'instantiate') && model.incoming(task).some((flow) => !is(elementOf(flow, 'sourceRef'), 'bpmn:StartEvent')),
  },
  {
    name: 'receive-instantiate-nested',
    severity: 'error',
    section: '13.2',
    on: RECEIVE,
    says: 'Proces smí zakládat jen přijetí zprávy přímo v něm, ne v podprocesu.',
    check: (task, model) => flagOf(task, 'instantiate') && is(model.scopeOf(task), 'bpmn:SubProcess'),
  },
  {
    name: 'receive-without-message',
    severity: 'warning',
    section: '10.3.3',
    on: RECEIVE,
    says: 'Přijímací úloha neříká, na kterou zprávu čeká.',
    check: (task, model) => !elementOf(task, 'messageRef') && !elementOf(task, 'operationRef') && !model.isDangling(task, 'messageRef'),
  },
  {
    name: 'script-without-format',
    severity: 'execution',
    section: '10.3.3',
    on: ['bpmn:ScriptTask'],
    says: 'Skript neříká, v jakém je jazyce (scriptFormat).',
    check: (task) => textOf(task, 'script') !== undefined && textOf(task, 'scriptFormat') === undefined,
  },
  {
    name: 'call-without-element',
    severity: 'execution',
    section: '10.3.6',
    on: CALL,
    says: 'Volání neříká, který proces nebo úkol volá (calledElement).',
    check: (call) => textOf(call, 'calledElement') === undefined && !hasForeignWord(call, /(calledElement|caseRef|decisionRef)/i),
  },
  {
    name: 'called-element-unknown',
    severity: 'warning',
    section: '10.3.6',
    on: CALL,
    says: 'Volaný proces v tomto souboru není; musí být zveřejněn jinde.',
    check: (call, model) => textOf(call, 'calledElement') !== undefined && !calledElement(call, model),
  },
  {
    name: 'called-element-wrong-type',
    severity: 'error',
    section: '10.3.6',
    on: CALL,
    says: 'Volat lze jen proces nebo globální úkol.',
    check: (call, model) => {
      const called = calledElement(call, model);
      return called !== undefined && !is(called, ...CALLED);
    },
  },
  {
    name: 'call-recursion',
    severity: 'warning',
    section: '10.3.6',
    on: CALL,
    says: 'Proces volá sám sebe; zajistěte, aby jednou přestal.',
    check: (call, model) => {
      const called = calledElement(call, model);
      return called !== undefined && called === model.processOf(call);
    },
  },
  {
    name: 'loop-without-limit',
    severity: 'warning',
    section: '10.3.8',
    on: LOOP,
    says: 'Opakování nemá podmínku ani nejvyšší počet; nikdy neskončí.',
    check: (loop) => bodyOf(loop, 'loopCondition') === undefined && numberOf(loop, 'loopMaximum') === undefined,
  },
  {
    name: 'loop-maximum-negative',
    severity: 'error',
    section: '10.3.8',
    on: LOOP,
    says: 'Nejvyšší počet opakování (loopMaximum) nesmí být záporný.',
    check: (loop) => (numberOf(loop, 'loopMaximum') ?? 0) < 0,
  },
  {
    name: 'multi-instance-without-count',
    severity: 'execution',
    section: '10.3.8',
    on: MULTI,
    says: 'Vícenásobná činnost neříká, kolikrát nebo přes který seznam se provede (loopCardinality nebo loopDataInputRef).',
    check: (loop, model) =>
      !elementOf(loop, 'loopCardinality') &&
      !elementOf(loop, 'loopDataInputRef') &&
      !model.isDangling(loop, 'loopDataInputRef') &&
      !hasForeignWord(loop, /(collection|loopCharacteristics|elementVariable)/i),
  },
  {
    name: 'multi-instance-two-counts',
    severity: 'warning',
    section: '10.3.8',
    on: MULTI,
    says: 'Vícenásobná činnost má počet i seznam; platí jen jedno.',
    check: (loop) => elementOf(loop, 'loopCardinality') !== undefined && elementOf(loop, 'loopDataInputRef') !== undefined,
  },
  {
    name: 'loop-cardinality-empty',
    severity: 'execution',
    section: '10.3.8',
    on: MULTI,
    says: 'Počet opakování (loopCardinality) je prázdný.',
    check: (loop) => elementOf(loop, 'loopCardinality') !== undefined && bodyOf(loop, 'loopCardinality') === undefined,
  },
  {
    name: 'loop-cardinality-number',
    severity: 'error',
    section: '10.3.8',
    on: MULTI,
    says: 'Počet opakování musí být celé nezáporné číslo.',
    check: (loop) => {
      const text = bodyOf(loop, 'loopCardinality')?.replace(/^=\s*/, '') ?? '';
      return /^(-?\d+(\.\d+)?|"[^"]*"|true|false)$/.test(text) && !/^\d+$/.test(text);
    },
  },
  behaviorEvent(
    'one-behavior-event-missing',
    'One',
    'oneBehaviorEventRef',
    'Chování One neříká, která událost nastane po prvním dokončení.',
  ),
  behaviorEvent(
    'none-behavior-event-missing',
    'None',
    'noneBehaviorEventRef',
    'Chování None neříká, která událost nastane po každém dokončení.',
  ),
  {
    name: 'complex-behavior-missing',
    severity: 'execution',
    section: '10.3.8',
    on: MULTI,
    says: 'Složité chování (Complex) nemá žádné pravidlo.',
    check: (loop) => textOf(loop, 'behavior') === 'Complex' && elementsOf(loop, 'complexBehaviorDefinition').length === 0,
  },
  {
    name: 'complex-behavior-unused',
    severity: 'warning',
    section: '10.3.8',
    on: MULTI,
    says: 'Pravidla složitého chování platí jen při behavior="Complex"; tady se přehlížejí.',
    check: (loop) => textOf(loop, 'behavior') !== 'Complex' && elementsOf(loop, 'complexBehaviorDefinition').length > 0,
  },
  {
    name: 'complex-behavior-event',
    severity: 'error',
    section: '10.3.8',
    on: ['bpmn:ComplexBehaviorDefinition'],
    says: 'Událost složitého chování smí být jen signál, zpráva, eskalace nebo kompenzace.',
    check: (behavior) => {
      const event = elementOf(behavior, 'event');
      return (event ? elementsOf(event, 'eventDefinitions') : []).some(
        (definition) => !/:(Signal|Message|Escalation|Compensate|Error)EventDefinition$/.test(definition.$type),
      );
    },
  },
];

function behaviorEvent(name: string, behavior: string, reference: string, says: string): StructureRule {
  const check: StructureRule['check'] = (loop, model) =>
    textOf(loop, 'behavior') === behavior && !elementOf(loop, reference) && !model.isDangling(loop, reference);
  return { name, severity: 'execution', section: '10.3.8', on: MULTI, says, check };
}

/** `calledElement` is a qualified name; its prefix says nothing inside one file. A call named like what it calls means another file. */
function calledElement(call: XmlElement, model: ModelIndex): XmlElement | undefined {
  const name = textOf(call, 'calledElement') ?? '';
  const found = model.elementsById[name] ?? model.elementsById[name.replace(/^[^:]*:/, '')];
  return found === call ? undefined : found;
}
