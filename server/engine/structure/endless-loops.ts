// Loops that nothing leaves and nothing halts. Asked backwards: from which nodes can a token come to an end or to a wait? The others run for ever. Linear.
import { elementOf } from '../xml-element.ts';
import type { XmlElement } from '../xml-element.ts';
import { is } from './kinds.ts';
import type { ModelIndex } from './model-index.ts';

/** Steps at which a token may rest, or that may end otherwise than by their flow. */
const RESTS = [
  'bpmn:UserTask',
  'bpmn:ManualTask',
  'bpmn:ReceiveTask',
  'bpmn:ServiceTask',
  'bpmn:SendTask',
  'bpmn:SubProcess',
  'bpmn:CallActivity',
  'bpmn:CatchEvent',
  'bpmn:EventBasedGateway',
  'bpmn:EndEvent',
];

/** One node per scope: the first of those in the loop that more than one flow enters. */
export function endlessLoops(scope: XmlElement, model: ModelIndex): readonly XmlElement[] {
  const nodes = model.nodesIn(scope);
  const open = nodes.filter((node) => is(node, ...RESTS) || model.outgoing(node).length === 0);
  const leaving = new Set(open);
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    for (const flow of model.incoming(node)) {
      const source = elementOf(flow, 'sourceRef');
      if (!source || leaving.has(source)) continue;
      leaving.add(source);
      open.push(source);
    }
  }
  const caught = nodes.filter((node) => !leaving.has(node));
  const entry = caught.find((node) => model.incoming(node).length > 1) ?? caught[0];
  return entry ? [entry] : [];
}
