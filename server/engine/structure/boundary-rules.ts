// Events on the boundary of an activity: where they may lie, what may trigger them, whether they interrupt (BPMN 2.0.2, 10.5.4, Tables 10.90 and 10.93).
import { elementOf, textOf } from '../xml-element.ts';
import type { XmlElement } from '../xml-element.ts';
import { definitionsOf, hasTrigger, is, isEventSubProcess, isNone, isUnlessFalse } from './kinds.ts';
import type { Trigger } from './kinds.ts';
import { at } from './rule.ts';
import type { ModelIndex, StructureRule } from './rule.ts';

const BOUNDARY = ['bpmn:BoundaryEvent'];
const SECTION = '10.5.4';

export const boundaryRules: readonly StructureRule[] = [
  {
    name: 'boundary-event-incoming',
    severity: 'error',
    section: SECTION,
    on: BOUNDARY,
    says: 'Do události na okraji nesmí vést tok.',
    check: (event, model) => model.incoming(event).length > 0,
  },
  {
    name: 'boundary-event-without-outgoing',
    severity: 'warning',
    section: SECTION,
    on: BOUNDARY,
    only: 'bare',
    says: 'Z události na okraji nevede žádný tok.',
    check: (event, model) => model.outgoing(event).length === 0 && !hasTrigger(event, 'compensate'),
  },
  {
    name: 'boundary-without-trigger',
    severity: 'error',
    section: SECTION,
    on: BOUNDARY,
    says: 'Událost na okraji neříká, na co čeká.',
    check: (event, model) => isNone(event) && !model.isDangling(event, 'eventDefinitionRef'),
  },
  never('boundary-link', 'link', 'Odkaz nesmí ležet na okraji činnosti.'),
  never('boundary-terminate', 'terminate', 'Ukončení všeho nesmí ležet na okraji činnosti.'),
  {
    name: 'boundary-error-not-interrupting',
    severity: 'error',
    section: SECTION,
    on: BOUNDARY,
    says: 'Chyba na okraji činnosti vždy přerušuje; cancelActivity nesmí být false.',
    check: (event) => hasTrigger(event, 'error') && !isUnlessFalse(event, 'cancelActivity'),
  },
  {
    name: 'boundary-cancel-not-interrupting',
    severity: 'error',
    section: SECTION,
    on: BOUNDARY,
    says: 'Zrušení transakce vždy přerušuje; cancelActivity nesmí být false.',
    check: (event) => hasTrigger(event, 'cancel') && !isUnlessFalse(event, 'cancelActivity'),
  },
  {
    name: 'boundary-cancel-not-transaction',
    severity: 'error',
    section: SECTION,
    on: BOUNDARY,
    says: 'Zrušení smí ležet jen na okraji transakce.',
    check: (event) => hasTrigger(event, 'cancel') && is(hostOf(event), 'bpmn:Activity') && !is(hostOf(event), 'bpmn:Transaction'),
  },
  {
    name: 'boundary-other-scope',
    severity: 'error',
    section: SECTION,
    on: BOUNDARY,
    says: 'Událost na okraji leží v jiném podprocesu než její činnost.',
    check: (event, model) => is(hostOf(event), 'bpmn:Activity') && model.scopeOf(hostOf(event) ?? event) !== model.scopeOf(event),
  },
  {
    name: 'boundary-on-event-sub-process',
    severity: 'error',
    section: SECTION,
    on: BOUNDARY,
    says: 'Na okraji podprocesu události nesmí nic ležet.',
    check: (event) => isEventSubProcess(hostOf(event)),
  },
  {
    name: 'boundary-compensation-with-others',
    severity: 'error',
    section: SECTION,
    on: BOUNDARY,
    says: 'Kompenzace na okraji nesmí mít zároveň jinou spoušť.',
    check: (event) => hasTrigger(event, 'compensate') && definitionsOf(event).length > 1,
  },
  twice(
    'boundary-error-twice',
    'bpmn:ErrorEventDefinition',
    'Na okraji činnosti leží dvě události pro tutéž chybu; zachytí ji jen jedna.',
    errorOf,
  ),
  twice(
    'boundary-escalation-twice',
    'bpmn:EscalationEventDefinition',
    'Na okraji činnosti leží dvě události pro tutéž eskalaci; zachytí ji jen jedna.',
    escalationOf,
  ),
  {
    name: 'boundary-cancel-twice',
    severity: 'error',
    section: SECTION,
    on: ['bpmn:Transaction'],
    says: 'Na okraji transakce smí být jen jedno zrušení.',
    check: (transaction, model) =>
      at(
        model
          .boundaries(transaction)
          .filter((event) => hasTrigger(event, 'cancel'))
          .slice(1),
      ),
  },
];

/** Activity the event lies on, if that is what the reference leads to. */
export function hostOf(event: XmlElement): XmlElement | undefined {
  return elementOf(event, 'attachedToRef');
}

function never(name: string, trigger: Trigger, says: string): StructureRule {
  return { name, severity: 'error', section: SECTION, on: BOUNDARY, says, check: (event) => hasTrigger(event, trigger) };
}

/** Of two catches of the same code the choice is chance; found per activity in one pass over its boundary events. */
function twice(
  name: string,
  type: string,
  says: string,
  codeOf: (definition: XmlElement, model: ModelIndex) => string | undefined,
): StructureRule {
  const check: StructureRule['check'] = (activity, model) => {
    const seen = new Set<string>();
    const again = model.boundaries(activity).filter((event) => {
      const codes = definitionsOf(event)
        .filter((definition) => definition.$type === type)
        .flatMap((definition) => codeOf(definition, model) ?? []);
      const isKnown = codes.some((code) => seen.has(code));
      codes.forEach((code) => seen.add(code));
      return isKnown;
    });
    return at(again);
  };
  return { name, severity: 'warning', section: '10.5.6', on: ['bpmn:Activity'], says, check };
}

/** '*' catches every error; `undefined` = the reference leads nowhere. */
function errorOf(definition: XmlElement, model: ModelIndex): string | undefined {
  if (model.isDangling(definition, 'errorRef')) return undefined;
  const error = elementOf(definition, 'errorRef');
  return (error && textOf(error, 'errorCode')) ?? '*';
}

function escalationOf(definition: XmlElement, model: ModelIndex): string | undefined {
  if (model.isDangling(definition, 'escalationRef')) return undefined;
  const escalation = elementOf(definition, 'escalationRef');
  return (escalation && textOf(escalation, 'escalationCode')) ?? '*';
}
