// Compensation: an activity, the event on its boundary, the association to the activity that takes it back, and who may ask for it (BPMN 2.0.2, 10.7).
import { elementOf } from '../xml-element.ts';
import type { XmlElement } from '../xml-element.ts';
import { eventOf, hasTrigger, is, isCompensation, isEventSubProcess } from './kinds.ts';
import { at } from './rule.ts';
import type { ModelIndex, StructureRule } from './rule.ts';

const BOUNDARY = ['bpmn:BoundaryEvent'];
const ACTIVITY = ['bpmn:Activity'];
const THROWN = ['bpmn:CompensateEventDefinition'];

export const compensationRules: readonly StructureRule[] = [
  {
    name: 'boundary-compensation-twice',
    severity: 'error',
    section: '10.7.1',
    on: ACTIVITY,
    says: 'Na okraji činnosti smí být jen jedna kompenzace.',
    check: (activity, model) =>
      at(
        model
          .boundaries(activity)
          .filter((event) => hasTrigger(event, 'compensate'))
          .slice(1),
      ),
  },
  {
    name: 'compensation-two-ways',
    severity: 'warning',
    section: '10.7.1',
    on: ['bpmn:SubProcess'],
    says: 'Podproces má kompenzaci na okraji i uvnitř; provede se jen jedna.',
    check: (scope, model) =>
      model.boundaries(scope).some((event) => hasTrigger(event, 'compensate')) &&
      model
        .nodesIn(scope)
        .some(
          (inner) =>
            isEventSubProcess(inner) && model.nodesIn(inner).some((node) => is(node, 'bpmn:StartEvent') && hasTrigger(node, 'compensate')),
        ),
  },
  {
    name: 'compensation-boundary-outgoing',
    severity: 'error',
    section: '10.7.1',
    on: BOUNDARY,
    says: 'Z kompenzace na okraji nesmí vést tok; kompenzační činnost se připojuje asociací.',
    check: (event, model) => hasTrigger(event, 'compensate') && model.outgoing(event).length > 0,
  },
  {
    name: 'compensation-boundary-without-handler',
    severity: 'error',
    section: '10.7.1',
    on: BOUNDARY,
    says: 'Kompenzace na okraji není asociací spojena s činností, která má práci vzít zpět.',
    check: (event, model) => hasTrigger(event, 'compensate') && model.outgoing(event).length === 0 && partners(event, model).length === 0,
  },
  {
    name: 'compensation-handler-type',
    severity: 'error',
    section: '10.7.1',
    on: BOUNDARY,
    says: 'Činnost, která bere práci zpět, musí být označena jako kompenzační (isForCompensation="true").',
    check: (event, model) =>
      hasTrigger(event, 'compensate') && partners(event, model).length > 0 && !partners(event, model).some(isCompensation),
  },
  {
    name: 'compensation-several-handlers',
    severity: 'error',
    section: '10.7.1',
    on: BOUNDARY,
    says: 'Kompenzace na okraji smí být spojena jen s jednou kompenzační činností.',
    check: (event, model) => hasTrigger(event, 'compensate') && partners(event, model).filter(isCompensation).length > 1,
  },
  {
    name: 'compensation-handler-other-scope',
    severity: 'error',
    section: '10.7.1',
    on: BOUNDARY,
    says: 'Kompenzační činnost leží v jiném podprocesu než činnost, kterou bere zpět.',
    check: (event, model) =>
      hasTrigger(event, 'compensate') &&
      partners(event, model).some((partner) => isCompensation(partner) && model.scopeOf(partner) !== model.scopeOf(event)),
  },
  {
    name: 'compensation-activity-incoming',
    severity: 'error',
    section: '10.7.1',
    on: ACTIVITY,
    says: 'Do kompenzační činnosti nesmí vést tok.',
    check: (activity, model) => isHandler(activity) && model.incoming(activity).length > 0,
  },
  {
    name: 'compensation-activity-outgoing',
    severity: 'error',
    section: '10.7.1',
    on: ACTIVITY,
    says: 'Z kompenzační činnosti nesmí vést tok.',
    check: (activity, model) => isHandler(activity) && model.outgoing(activity).length > 0,
  },
  {
    name: 'compensation-activity-alone',
    severity: 'warning',
    section: '10.7.1',
    on: ACTIVITY,
    says: 'Kompenzační činnost není připojena k žádné kompenzaci; nikdy se neprovede.',
    check: (activity, model) =>
      isHandler(activity) &&
      model.incoming(activity).length + model.outgoing(activity).length === 0 &&
      !model.associations(activity).some((association) => is(other(association, activity), ...BOUNDARY)),
  },
  {
    name: 'compensation-target-scope',
    severity: 'error',
    section: '10.7.2',
    on: THROWN,
    says: 'Kompenzovat lze jen činnost téhož procesu nebo podprocesu.',
    check: (definition, model) => {
      const target = targetOf(definition);
      const event = eventOf(definition);
      return target !== undefined && is(event, 'bpmn:ThrowEvent') && event !== undefined && !isVisible(target, event, model);
    },
  },
  {
    name: 'compensation-target-uncompensable',
    severity: 'warning',
    section: '10.7.2',
    on: THROWN,
    says: 'Činnost, která se má vzít zpět, nemá kompenzaci; nic se nestane.',
    check: (definition, model) => {
      const target = targetOf(definition);
      return (
        target !== undefined &&
        is(eventOf(definition), 'bpmn:ThrowEvent') &&
        !is(target, 'bpmn:SubProcess', 'bpmn:CallActivity') &&
        !model.boundaries(target).some((event) => hasTrigger(event, 'compensate'))
      );
    },
  },
  {
    name: 'compensation-target-ignored',
    severity: 'warning',
    section: '10.5.5',
    on: THROWN,
    says: 'Kterou činnost vzít zpět, říká jen událost, která kompenzaci vyvolá; tady se activityRef přehlíží.',
    check: (definition) => targetOf(definition) !== undefined && is(eventOf(definition), 'bpmn:CatchEvent'),
  },
];

/** An event sub-process with the mark is wrong for another reason. */
function isHandler(activity: XmlElement): boolean {
  return isCompensation(activity) && !isEventSubProcess(activity);
}

/** Activities joined with the event by an association, whichever way it was drawn. */
function partners(event: XmlElement, model: ModelIndex): readonly XmlElement[] {
  return model.associations(event).flatMap((association) => {
    const partner = other(association, event);
    return partner && is(partner, ...ACTIVITY) ? [partner] : [];
  });
}

function other(association: XmlElement, element: XmlElement): XmlElement | undefined {
  const source = elementOf(association, 'sourceRef');
  return source === element ? elementOf(association, 'targetRef') : source;
}

function targetOf(definition: XmlElement): XmlElement | undefined {
  const target = elementOf(definition, 'activityRef');
  return is(target, ...ACTIVITY) ? target : undefined;
}

/** In the same scope; from a compensation event sub-process also what lies beside it (10.7.2). A transaction may name what it contains. */
function isVisible(target: XmlElement, event: XmlElement, model: ModelIndex): boolean {
  const place = model.scopeOf(target);
  let scope = model.scopeOf(event);
  if (scope === place) return true;
  while (isEventSubProcess(scope) && scope) {
    scope = model.scopeOf(scope);
    if (scope === place) return true;
  }
  return false;
}
