// Sub-processes of every kind: embedded, event, transaction, ad-hoc (BPMN 2.0.2, 10.3.5 and 13.3.4).
import { elementOf, flagOf, textOf } from '../xml-element.ts';
import type { XmlElement } from '../xml-element.ts';
import { definitionsOf, hasTrigger, is, isEventSubProcess, isUnlessFalse } from './kinds.ts';
import { at } from './rule.ts';
import type { ModelIndex, StructureRule } from './rule.ts';

const SUB_PROCESS = ['bpmn:SubProcess'];
const AD_HOC = ['bpmn:AdHocSubProcess'];
const TRANSACTION = ['bpmn:Transaction'];
const METHODS = new Set(['##Compensate', '##Store', '##Image', 'compensate', 'store', 'image']);

export const subProcessRules: readonly StructureRule[] = [
  {
    name: 'sub-process-empty',
    severity: 'warning',
    section: '10.3.5',
    on: SUB_PROCESS,
    says: 'Podproces je prázdný.',
    check: (scope, model) => !is(scope, ...AD_HOC) && !isEventSubProcess(scope) && model.nodesIn(scope).length === 0,
  },
  {
    name: 'event-sub-process-incoming',
    severity: 'error',
    section: '10.3.5',
    on: SUB_PROCESS,
    says: 'Do podprocesu události nesmí vést tok; spouští ho jeho událost.',
    check: (scope, model) => isEventSubProcess(scope) && model.incoming(scope).length > 0,
  },
  {
    name: 'event-sub-process-outgoing',
    severity: 'error',
    section: '10.3.5',
    on: SUB_PROCESS,
    says: 'Z podprocesu události nesmí vést tok.',
    check: (scope, model) => isEventSubProcess(scope) && model.outgoing(scope).length > 0,
  },
  {
    name: 'event-sub-process-loop',
    severity: 'error',
    section: '10.3.5',
    on: SUB_PROCESS,
    says: 'Podproces události se nesmí opakovat; opakuje se sám, kdykoli událost nastane.',
    check: (scope) => isEventSubProcess(scope) && elementOf(scope, 'loopCharacteristics') !== undefined,
  },
  {
    name: 'event-sub-process-for-compensation',
    severity: 'warning',
    section: '10.7.1',
    on: SUB_PROCESS,
    says: 'Podproces události nemá být kompenzační činností; kompenzaci spouští jeho začátek.',
    check: (scope) => isEventSubProcess(scope) && flagOf(scope, 'isForCompensation'),
  },
  {
    name: 'event-sub-process-kind',
    severity: 'warning',
    section: '10.3.5',
    on: [...AD_HOC, ...TRANSACTION],
    says: 'Podproces události nemá být zároveň transakcí ani volným podprocesem.',
    check: isEventSubProcess,
  },
  twice(
    'event-sub-process-error-twice',
    'bpmn:ErrorEventDefinition',
    'Dva podprocesy události začínají toutéž chybou; zachytí ji jen jeden.',
    'warning',
  ),
  twice(
    'event-sub-process-escalation-twice',
    'bpmn:EscalationEventDefinition',
    'Dva podprocesy události začínají toutéž eskalací; zachytí ji jen jeden.',
    'warning',
  ),
  twice(
    'compensation-event-sub-process-twice',
    'bpmn:CompensateEventDefinition',
    'Podproces smí mít jen jeden podproces události pro kompenzaci.',
    'error',
  ),
  {
    name: 'compensation-event-sub-process-at-top',
    severity: 'warning',
    section: '10.7.1',
    on: ['bpmn:StartEvent'],
    says: 'Podproces, který začíná kompenzací, má smysl jen uvnitř podprocesu.',
    check: (start, model) => {
      const scope = model.scopeOf(start);
      return isEventSubProcess(scope) && hasTrigger(start, 'compensate') && is(scope?.$parent, 'bpmn:Process');
    },
  },
  {
    name: 'transaction-method',
    severity: 'warning',
    section: '10.3.5',
    on: TRANSACTION,
    says: 'Způsob zrušení transakce (method) smí být ##Compensate, ##Store nebo ##Image.',
    check: (transaction) => {
      const method = textOf(transaction, 'method');
      return method !== undefined && !METHODS.has(method) && !/^\w+:\/\//.test(method);
    },
  },
  {
    name: 'transaction-cancel-uncaught',
    severity: 'warning',
    section: '10.3.5',
    on: TRANSACTION,
    says: 'Transakce se umí zrušit, ale na jejím okraji není událost, která by pokračovala.',
    check: (transaction, model) =>
      model.nodesIn(transaction).some((node) => is(node, 'bpmn:EndEvent') && hasTrigger(node, 'cancel')) &&
      !model.boundaries(transaction).some((event) => hasTrigger(event, 'cancel')),
  },
  {
    name: 'ad-hoc-without-activity',
    severity: 'execution',
    section: '10.3.5',
    on: AD_HOC,
    says: 'Volný (ad-hoc) podproces musí obsahovat aspoň jednu činnost.',
    check: (scope, model) => !model.nodesIn(scope).some((node) => is(node, 'bpmn:Activity')),
  },
  {
    name: 'ad-hoc-completion-missing',
    severity: 'warning',
    section: '10.3.5',
    on: AD_HOC,
    says: 'Volný (ad-hoc) podproces neříká, kdy je hotov (completionCondition).',
    check: (scope) => elementOf(scope, 'completionCondition') === undefined,
  },
  {
    name: 'ad-hoc-cancel-sequential',
    severity: 'warning',
    section: '10.3.5',
    on: AD_HOC,
    says: 'Atribut cancelRemainingInstances má smysl jen při souběžném pořadí.',
    check: (scope) => textOf(scope, 'ordering') === 'Sequential' && !isUnlessFalse(scope, 'cancelRemainingInstances'),
  },
];

function repeated(elements: readonly XmlElement[], keyOf: (element: XmlElement) => string | undefined): readonly XmlElement[] {
  const seen = new Set<string>();
  return elements.filter((element) => {
    const key = keyOf(element);
    if (key === undefined) return false;
    const isKnown = seen.has(key);
    seen.add(key);
    return isKnown;
  });
}

/** Two event sub-processes beside each other that begin with the same thing. */
function twice(name: string, type: string, says: string, severity: 'error' | 'warning'): StructureRule {
  const check: StructureRule['check'] = (scope, model) =>
    at(repeated(model.nodesIn(scope).filter(isEventSubProcess), (inner) => codeOf(inner, type, model)));
  return { name, severity, section: '10.5.6', on: ['bpmn:Process', ...SUB_PROCESS], says, check };
}

/** Code of the error or escalation a sub-process starts with; '*' = every one. `undefined` = it starts otherwise, or its reference leads nowhere. */
function codeOf(scope: XmlElement, type: string, model: ModelIndex): string | undefined {
  const definitions = model
    .nodesIn(scope)
    .filter((node) => is(node, 'bpmn:StartEvent'))
    .flatMap(definitionsOf);
  const definition = definitions.find(({ $type }) => $type === type);
  if (!definition || model.isDangling(definition, 'errorRef') || model.isDangling(definition, 'escalationRef')) return undefined;
  const target = type === 'bpmn:ErrorEventDefinition' ? elementOf(definition, 'errorRef') : elementOf(definition, 'escalationRef');
  return (target && (textOf(target, 'errorCode') ?? textOf(target, 'escalationCode'))) ?? '*';
}
