// How a case begins: by a start event, by a receive task or event gateway that instantiates, or where nothing leads to (BPMN 2.0.2, 13.2).
import { startsOf } from './activities/scopes.ts';
import { noteDone } from './complete.ts';
import { pass, passGate } from './events/catch.ts';
import { listenBeside, listenInScope } from './listen.ts';
import { newItem, note } from './live-case.ts';
import type { Item, LiveCase } from './live-case.ts';
import { nodeOf, triggersOf } from './process-model.ts';
import type { ProcessNode } from './process-model.ts';
import { StimulusRefused } from './types.ts';
import type { Json } from './types.ts';

/** Throws `StimulusRefused` when the case cannot start there. */
export function refuseUnknownStart(live: LiveCase, startEvent: string | undefined): void {
  if (startEvent !== undefined && !starters(live).some(({ node }) => node.id === startEvent))
    throw new StimulusRefused('no-such-element', `the process does not start at ${startEvent}`);
}

export function startCase(live: LiveCase, startEvent: string | undefined, payload: Json | undefined): void {
  live.isStarted = true;
  listenInScope(live, live.root);
  if (startEvent === undefined) {
    live.touched.add(live.root);
    for (const node of startsOf(live.model)) live.queue.push({ node, scope: live.root });
    return;
  }
  const starter = starters(live).find(({ node }) => node.id === startEvent);
  if (!starter) throw new Error(`the process does not start at ${startEvent}`);
  if (starter.gate) passStartingGate(live, starter.gate, starter.node, payload);
  else pass(live, newItem(live, starter.node, 'busy', { parent: live.root }), payload);
}

/** False when no start waits for the message. */
export function startByMessage(live: LiveCase, message: string, payload: Json): boolean {
  const starter = starters(live).find(({ node }) => node.messageName === message || listensFor(node, message));
  if (starter) startCase(live, starter.node.id, payload);
  return starter !== undefined;
}

const listensFor = (node: ProcessNode, message: string): boolean =>
  triggersOf(node).some((trigger) => trigger.kind === 'message' && trigger.message === message);

interface Starter {
  readonly node: ProcessNode;
  /** The instantiating gateway before it. */
  readonly gate?: ProcessNode;
}

function starters(live: LiveCase): readonly Starter[] {
  const nodes = [...live.model.nodes.values()].filter((node) => node.scope === live.model.processId);
  return nodes.flatMap((node): Starter[] => {
    if (node.kind === 'startEvent' || (node.instantiates === true && node.kind === 'receiveTask')) return [{ node }];
    if (node.instantiates !== true) return live.model.scopes.get(node.scope)?.starts.includes(node.id) === true ? [{ node }] : [];
    return behind(live, node).map((arm) => ({ node: arm, gate: node }));
  });
}

function behind(live: LiveCase, gate: ProcessNode): readonly ProcessNode[] {
  return gate.outgoing.map((flow) => nodeOf(live.model, live.model.flows.get(flow)?.target ?? ''));
}

/** The first event makes the case; a parallel gateway then waits for the others too (BPMN 2.0.2, 10.6.6). */
function passStartingGate(live: LiveCase, gateNode: ProcessNode, first: ProcessNode, payload: Json | undefined): void {
  const gate: Item = newItem(live, gateNode, 'gate', { parent: live.root });
  note(live, 'entered', gate);
  const others = gateNode.waitsFor === 'all' ? behind(live, gateNode).filter((node) => node !== first) : [];
  for (const other of others) listenBeside(live, other, gate);
  noteDone(live, gate);
  const token = newItem(live, first, 'busy', { host: gate });
  passGate(live, gate, token, payload);
}
