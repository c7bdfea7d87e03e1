// Start and end events: which triggers are allowed where, what may lead in and out (BPMN 2.0.2, 10.5.2, 10.5.3, Tables 10.84 to 10.88 and 10.93).
import { flagOf } from '../xml-element.ts';
import type { XmlElement } from '../xml-element.ts';
import { definitionsOf, hasTrigger, is, isEventSubProcess, isNone, isUnlessFalse, triggersOf } from './kinds.ts';
import type { Trigger } from './kinds.ts';
import type { ModelIndex, StructureRule } from './rule.ts';

const START = ['bpmn:StartEvent'];
const END = ['bpmn:EndEvent'];

export const startEndRules: readonly StructureRule[] = [
  {
    name: 'start-event-incoming',
    severity: 'error',
    section: '10.5.2',
    on: START,
    says: 'Do počáteční události nesmí vést tok.',
    check: (start, model) => model.incoming(start).length > 0,
  },
  {
    name: 'start-event-without-outgoing',
    severity: 'warning',
    section: '10.5.2',
    on: START,
    says: 'Z počáteční události nevede žádný tok.',
    check: (start, model) => model.outgoing(start).length === 0,
  },
  topLevel('start-error-top-level', 'error', 'Proces nemůže začít chybou; tak smí začít jen podproces události.'),
  topLevel('start-escalation-top-level', 'escalation', 'Proces nemůže začít eskalací; tak smí začít jen podproces události.'),
  topLevel('start-compensation-top-level', 'compensate', 'Proces nemůže začít kompenzací; tak smí začít jen podproces události.'),
  never('start-cancel', START, 'cancel', '10.5.2', 'Počáteční událost nesmí být zrušení transakce.'),
  never('start-terminate', START, 'terminate', '10.5.2', 'Počáteční událost nesmí být ukončení všeho.'),
  never('start-link', START, 'link', '10.5.2', 'Počáteční událost nesmí být odkaz.'),
  {
    name: 'sub-process-start-trigger',
    severity: 'error',
    section: '10.5.2',
    on: START,
    says: 'Podproces začíná vždy prostou událostí; spoušť smí mít jen začátek procesu nebo podprocesu události.',
    check: (start, model) => isPlainSubProcess(model.scopeOf(start)) && hasTriggerOtherThan(start, ['cancel', 'terminate', 'link']),
  },
  {
    name: 'event-sub-process-start-none',
    severity: 'error',
    section: '10.5.2',
    on: START,
    says: 'Podproces události musí začínat událostí se spouští.',
    check: (start, model) => isEventSubProcess(model.scopeOf(start)) && isNone(start) && !model.isDangling(start, 'eventDefinitionRef'),
  },
  notInterrupting('error-start-not-interrupting', 'error', 'Podproces, který začíná chybou, vždy přerušuje.'),
  notInterrupting('compensation-start-not-interrupting', 'compensate', 'Podproces, který začíná kompenzací, nemůže být nepřerušující.'),
  {
    name: 'interrupting-ignored',
    severity: 'warning',
    section: '10.5.2',
    on: START,
    says: 'Nepřerušující začátek má smysl jen v podprocesu události; tady se atribut přehlíží.',
    check: (start, model) => !isEventSubProcess(model.scopeOf(start)) && !isUnlessFalse(start, 'isInterrupting'),
  },
  {
    name: 'several-none-starts',
    severity: 'warning',
    section: '10.5.2',
    on: ['bpmn:Process'],
    says: 'Proces má víc prostých začátků; při spuštění se musí říct, kterým začít.',
    check: (process, model) => starts(process, model).filter(isNone).length > 1,
  },
  {
    name: 'sub-process-several-starts',
    severity: 'error',
    section: '13.3.4',
    on: ['bpmn:SubProcess'],
    says: 'Podproces smí mít jen jednu počáteční událost.',
    check: (scope, model) => isPlainSubProcess(scope) && !is(scope, 'bpmn:AdHocSubProcess') && starts(scope, model).length > 1,
  },
  {
    name: 'event-sub-process-without-start',
    severity: 'error',
    section: '10.5.2',
    on: ['bpmn:SubProcess'],
    says: 'Podproces události nemá počáteční událost.',
    check: (scope, model) => isEventSubProcess(scope) && starts(scope, model).length === 0,
  },
  {
    name: 'event-sub-process-several-starts',
    severity: 'error',
    section: '10.5.2',
    on: ['bpmn:SubProcess'],
    says: 'Podproces události musí mít právě jednu počáteční událost.',
    check: (scope, model) => isEventSubProcess(scope) && starts(scope, model).length > 1,
  },
  {
    name: 'end-without-start',
    severity: 'error',
    section: '10.5.2',
    on: ['bpmn:Process', 'bpmn:SubProcess'],
    says: 'Kde je koncová událost, musí být i počáteční.',
    check: (scope, model) =>
      !isEventSubProcess(scope) &&
      !is(scope, 'bpmn:AdHocSubProcess') &&
      starts(scope, model).length === 0 &&
      ends(scope, model).length > 0 &&
      !model.nodesIn(scope).some(isInstantiating),
  },
  {
    name: 'start-without-end',
    severity: 'warning',
    section: '10.5.3',
    on: ['bpmn:Process', 'bpmn:SubProcess'],
    only: 'bare',
    says: 'Kde je počáteční událost, má být i koncová.',
    check: (scope, model) => !is(scope, 'bpmn:AdHocSubProcess') && starts(scope, model).length > 0 && ends(scope, model).length === 0,
  },
  {
    name: 'end-event-outgoing',
    severity: 'error',
    section: '10.5.3',
    on: END,
    says: 'Z koncové události nesmí vést tok.',
    check: (end, model) => model.outgoing(end).length > 0,
  },
  {
    name: 'end-event-without-incoming',
    severity: 'warning',
    section: '10.5.3',
    on: END,
    only: 'bare',
    says: 'Do koncové události nevede žádný tok.',
    check: (end, model) => model.incoming(end).length === 0,
  },
  never('end-timer', END, 'timer', '10.5.3', 'Koncová událost nesmí být časovač; na čas čeká jen událost před koncem.'),
  never('end-conditional', END, 'conditional', '10.5.3', 'Koncová událost nesmí být podmínka; na podmínku čeká jen událost před koncem.'),
  never('end-link', END, 'link', '10.5.3', 'Koncová událost nesmí být odkaz; použijte mezilehlou událost.'),
  {
    name: 'end-cancel-outside-transaction',
    severity: 'error',
    section: '10.5.3',
    on: END,
    says: 'Zrušením smí končit jen transakce.',
    check: (end, model) => hasTrigger(end, 'cancel') && !isInTransaction(end, model),
  },
  {
    name: 'terminate-with-others',
    severity: 'warning',
    section: '10.5.3',
    on: END,
    says: 'Koncová událost vše ukončí a zároveň má dělat něco dalšího.',
    check: (end) => hasTrigger(end, 'terminate') && definitionsOf(end).length > 1,
  },
  {
    name: 'ad-hoc-start-event',
    severity: 'error',
    section: '10.3.5',
    on: ['bpmn:AdHocSubProcess'],
    says: 'Volný (ad-hoc) podproces nesmí mít počáteční událost.',
    check: (scope, model) => starts(scope, model).map((element) => ({ element })),
  },
  {
    name: 'ad-hoc-end-event',
    severity: 'error',
    section: '10.3.5',
    on: ['bpmn:AdHocSubProcess'],
    says: 'Volný (ad-hoc) podproces nesmí mít koncovou událost.',
    check: (scope, model) => ends(scope, model).map((element) => ({ element })),
  },
];

function never(name: string, on: readonly string[], trigger: Trigger, section: string, says: string): StructureRule {
  return { name, severity: 'error', section, on, says, check: (event) => hasTrigger(event, trigger) };
}

function topLevel(name: string, trigger: Trigger, says: string): StructureRule {
  const check: StructureRule['check'] = (start, model) => is(model.scopeOf(start), 'bpmn:Process') && hasTrigger(start, trigger);
  return { name, severity: 'error', section: '10.5.2', on: START, says, check };
}

function notInterrupting(name: string, trigger: Trigger, says: string): StructureRule {
  const check: StructureRule['check'] = (start, model) =>
    isEventSubProcess(model.scopeOf(start)) && !isUnlessFalse(start, 'isInterrupting') && hasTrigger(start, trigger);
  return { name, severity: 'error', section: '10.5.2', on: START, says, check };
}

function hasTriggerOtherThan(event: XmlElement, others: readonly Trigger[]): boolean {
  return triggersOf(event).some((trigger) => !others.includes(trigger));
}

function isPlainSubProcess(scope: XmlElement | undefined): boolean {
  return is(scope, 'bpmn:SubProcess') && !isEventSubProcess(scope);
}

function starts(scope: XmlElement, model: ModelIndex): readonly XmlElement[] {
  return model.nodesIn(scope).filter((node) => node.$type === 'bpmn:StartEvent');
}

function ends(scope: XmlElement, model: ModelIndex): readonly XmlElement[] {
  return model.nodesIn(scope).filter((node) => node.$type === 'bpmn:EndEvent');
}

function isInstantiating(node: XmlElement): boolean {
  return is(node, 'bpmn:ReceiveTask', 'bpmn:EventBasedGateway') && flagOf(node, 'instantiate');
}

/** Also in a sub-process inside it (BPMN 2.0.2, 10.5.3: within a Transaction Sub-Process). */
function isInTransaction(end: XmlElement, model: ModelIndex): boolean {
  let scope = model.scopeOf(end);
  while (scope && !is(scope, 'bpmn:Transaction'))
    scope = scope.$parent && is(scope.$parent, 'bpmn:FlowElementsContainer') ? scope.$parent : undefined;
  return scope !== undefined;
}
