// Pools, message flows and lanes (BPMN 2.0.2, 7.6.2, 9.3, 9.4, 10.8), with what little of conversations and choreographies a file may bring (9.5, 11).
import { elementOf, elementsOf } from '../xml-element.ts';
import type { XmlElement } from '../xml-element.ts';
import { definitionsOf, hasTrigger, is, isEventSubProcess, numberOf } from './kinds.ts';
import { at } from './rule.ts';
import type { ModelIndex, StructureRule } from './rule.ts';

const MESSAGE_FLOW = ['bpmn:MessageFlow'];
const PARTNERS = ['bpmn:Participant', 'bpmn:Activity', 'bpmn:ConversationNode'];
const SENDERS = [...PARTNERS, 'bpmn:ThrowEvent'];
const RECEIVERS = [...PARTNERS, 'bpmn:CatchEvent'];

export const collaborationRules: readonly StructureRule[] = [
  {
    name: 'participant-process-twice',
    severity: 'warning',
    section: '9.3.1',
    on: ['bpmn:Collaboration'],
    says: 'Dva bazény ukazují na tentýž proces.',
    check: (collaboration) => {
      const seen = new Set<XmlElement>();
      return at(
        elementsOf(collaboration, 'participants').filter((participant) => {
          const process = elementOf(participant, 'processRef');
          if (!process) return false;
          const isKnown = seen.has(process);
          seen.add(process);
          return isKnown;
        }),
      );
    },
  },
  {
    name: 'participant-multiplicity',
    severity: 'error',
    section: '9.3.1',
    on: ['bpmn:Participant'],
    says: 'Počet účastníků nesmí být záporný a nejvyšší nesmí být menší než nejnižší.',
    check: (participant) => {
      const multiplicity = elementOf(participant, 'participantMultiplicity');
      const minimum = (multiplicity && numberOf(multiplicity, 'minimum')) ?? 0;
      const maximum = (multiplicity && numberOf(multiplicity, 'maximum')) ?? 1;
      return (
        multiplicity !== undefined &&
        (minimum < 0 || maximum < 1 || maximum < minimum) &&
        !(minimum > 1 && multiplicity.$attrs?.['maximum'] === undefined && maximum === 1)
      );
    },
  },
  {
    name: 'message-flow-source-kind',
    severity: 'error',
    section: '7.6.2',
    on: MESSAGE_FLOW,
    says: 'Zprávu smí posílat jen bazén, činnost nebo vysílající událost.',
    check: (flow) => isOtherThan(elementOf(flow, 'sourceRef'), SENDERS),
  },
  {
    name: 'message-flow-target-kind',
    severity: 'error',
    section: '7.6.2',
    on: MESSAGE_FLOW,
    says: 'Zprávu smí přijímat jen bazén, činnost, počáteční nebo čekající událost.',
    check: (flow) => isOtherThan(elementOf(flow, 'targetRef'), RECEIVERS),
  },
  {
    name: 'message-flow-same-pool',
    severity: 'error',
    section: '9.4',
    on: MESSAGE_FLOW,
    says: 'Tok zpráv nesmí vést uvnitř jednoho bazénu; uvnitř použijte tok.',
    check: (flow, model) => {
      const source = poolOf(elementOf(flow, 'sourceRef'), model);
      return source !== undefined && source === poolOf(elementOf(flow, 'targetRef'), model);
    },
  },
  {
    name: 'message-flow-event-kind',
    severity: 'warning',
    section: '10.5.1',
    on: MESSAGE_FLOW,
    says: 'Událost na konci toku zpráv nemá spoušť zprávy.',
    check: (flow) => [elementOf(flow, 'sourceRef'), elementOf(flow, 'targetRef')].some((end) => isEventWithoutMessage(end)),
  },
  {
    name: 'message-flow-event-sub-process',
    severity: 'warning',
    section: '9.4',
    on: MESSAGE_FLOW,
    says: 'Tok zpráv má vést k počáteční události podprocesu události, ne k němu samému.',
    check: (flow) => isEventSubProcess(elementOf(flow, 'targetRef')),
  },
  {
    name: 'lane-node-other-process',
    severity: 'error',
    section: '10.8',
    on: ['bpmn:Lane'],
    says: 'Dráha obsahuje krok jiného procesu.',
    check: (lane, model) =>
      elementsOf(lane, 'flowNodeRef').some((node) => is(node, 'bpmn:FlowNode') && model.processOf(node) !== model.processOf(lane)),
  },
  {
    name: 'lane-node-twice',
    severity: 'warning',
    section: '10.8',
    on: ['bpmn:LaneSet'],
    says: 'Krok leží ve dvou sousedních drahách.',
    check: (set) => {
      const seen = new Set<XmlElement>();
      const again = elementsOf(set, 'lanes').flatMap((lane) => {
        const nodes = [...new Set(elementsOf(lane, 'flowNodeRef'))];
        const known = nodes.filter((node) => seen.has(node));
        nodes.forEach((node) => seen.add(node));
        return known;
      });
      return at(again);
    },
  },
  {
    name: 'lane-node-outside',
    severity: 'warning',
    section: '10.8',
    on: ['bpmn:Process'],
    says: 'Proces má dráhy, ale krok neleží v žádné z nich.',
    check: (process, model) => {
      const nodes = model.nodesIn(process).filter((node) => !is(node, 'bpmn:BoundaryEvent') && !isEventSubProcess(node));
      const inLanes = membersOf(process);
      return inLanes.size === 0 ? [] : at(nodes.filter((node) => !inLanes.has(node)));
    },
  },
  {
    name: 'choreography-participants',
    severity: 'error',
    section: '11.4',
    on: ['bpmn:ChoreographyActivity'],
    says: 'Krok choreografie musí mít aspoň dva účastníky.',
    check: (activity, model) => !model.isDangling(activity, 'participantRef') && new Set(elementsOf(activity, 'participantRef')).size < 2,
  },
  {
    name: 'choreography-initiator-outside',
    severity: 'error',
    section: '11.4',
    on: ['bpmn:ChoreographyActivity'],
    says: 'Kdo krok choreografie začíná, musí být jedním z jeho účastníků.',
    check: (activity) => {
      const initiator = elementOf(activity, 'initiatingParticipantRef');
      const participants = elementsOf(activity, 'participantRef');
      return initiator !== undefined && participants.length > 1 && !participants.includes(initiator);
    },
  },
  {
    name: 'choreography-in-process',
    severity: 'error',
    section: '11.2',
    on: ['bpmn:ChoreographyActivity'],
    says: 'Krok choreografie nesmí být v procesu.',
    check: (activity, model) => model.processOf(activity) !== undefined,
  },
  {
    name: 'activity-in-choreography',
    severity: 'error',
    section: '11.2',
    on: ['bpmn:Activity'],
    says: 'V choreografii nesmí být činnost procesu.',
    check: (activity, model) => is(model.scopeOf(activity), 'bpmn:Choreography', 'bpmn:SubChoreography'),
  },
  {
    name: 'conversation-participants',
    severity: 'warning',
    section: '9.5',
    on: ['bpmn:ConversationNode'],
    says: 'Konverzace má mít aspoň dva účastníky.',
    check: (node, model) => !model.isDangling(node, 'participantRef') && elementsOf(node, 'participantRef').length === 1,
  },
];

function isOtherThan(end: XmlElement | undefined, types: readonly string[]): boolean {
  return end !== undefined && !is(end, ...types);
}

/** What stands for a pool: the participant, or the process when the end lies in one. */
function poolOf(end: XmlElement | undefined, model: ModelIndex): XmlElement | undefined {
  if (end === undefined) return undefined;
  return is(end, 'bpmn:Participant') ? (elementOf(end, 'processRef') ?? end) : model.processOf(end);
}

function isEventWithoutMessage(end: XmlElement | undefined): boolean {
  return end !== undefined && is(end, 'bpmn:Event') && definitionsOf(end).length > 0 && !hasTrigger(end, 'message');
}

function membersOf(process: XmlElement): ReadonlySet<XmlElement> {
  const found = new Set<XmlElement>();
  const open = [...elementsOf(process, 'laneSets')];
  for (let set = open.pop(); set !== undefined; set = open.pop()) {
    for (const lane of elementsOf(set, 'lanes')) {
      elementsOf(lane, 'flowNodeRef').forEach((node) => found.add(node));
      const child = elementOf(lane, 'childLaneSet');
      if (child) open.push(child);
    }
  }
  return found;
}
