// The reader's picture of BPMN with four things put right that differ from the XML Schema of BPMN 2.0.2 (Semantic.xsd):
// a global script task's script and a participant association's ends are elements, and two references have other names.
import bpmn from 'bpmn-moddle/resources/bpmn/json/bpmn.json' with { type: 'json' };

interface Property {
  name: string;
  isAttr?: boolean;
}
interface Descriptor {
  readonly types: readonly { readonly name: string; readonly properties?: readonly Property[] }[];
}

/** Written as elements, not as attributes. */
const ELEMENTS = ['GlobalScriptTask.script', 'ParticipantAssociation.innerParticipantRef', 'ParticipantAssociation.outerParticipantRef'];
const RENAMED: Readonly<Record<string, string>> = {
  'ConversationNode.messageFlowRefs': 'messageFlowRef',
  'Participant.endPointRefs': 'endPointRef',
};

export const bpmnDescriptor: Readonly<Record<string, unknown>> = corrected();

function corrected(): Readonly<Record<string, unknown>> {
  const copy: unknown = structuredClone(bpmn);
  for (const { name: type, properties = [] } of (copy as Descriptor).types) {
    for (const property of properties) {
      const name = `${type}.${property.name}`;
      if (ELEMENTS.includes(name)) property.isAttr = false;
      property.name = RENAMED[name] ?? property.name;
    }
  }
  return copy as Readonly<Record<string, unknown>>;
}
