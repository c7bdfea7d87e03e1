// Pools and message flows of a file (BPMN 2.0.2, 9.2, 9.3): which process a pool shows, and from where to where messages are drawn.
import { elementOf, elementsOf, idOf } from './xml-element.ts';
import type { XmlElement } from './xml-element.ts';

export interface Collaboration {
  readonly messageFlows: readonly { readonly source: string; readonly target: string }[];
  /** Participant id to process id; black boxes are not in it. */
  readonly pools: ReadonlyMap<string, string>;
}

export function collaborationOf(definitions: XmlElement): Collaboration {
  const drawn = elementsOf(definitions, 'rootElements').filter((root) => root.$instanceOf?.('bpmn:Collaboration') === true);
  const pools = drawn.flatMap((one) =>
    elementsOf(one, 'participants').flatMap((participant): [string, string][] => {
      const process = elementOf(participant, 'processRef');
      return process ? [[idOf(participant), idOf(process)]] : [];
    }),
  );
  const messageFlows = drawn.flatMap((one) =>
    elementsOf(one, 'messageFlows').flatMap((flow) => {
      const source = elementOf(flow, 'sourceRef');
      const target = elementOf(flow, 'targetRef');
      return source && target ? [{ source: idOf(source), target: idOf(target) }] : [];
    }),
  );
  return { messageFlows, pools: new Map(pools) };
}
