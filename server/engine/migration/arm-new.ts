// Events of the new version that had no forerunner on their host begin to listen. One that had one and listens no more has had its turn.
import { arm, armHosted } from '../arm.ts';
import { newExecution, ROOT } from '../live-case.ts';
import type { Item, LiveCase } from '../live-case.ts';
import { nodeOf } from '../process-model.ts';
import type { ProcessNode } from '../process-model.ts';
import { imageOf } from './move-hosted.ts';
import type { Move } from './move.ts';

export function armNew(move: Move, live: LiveCase): void {
  for (const [x, item] of move.items) {
    const old = move.old.items.get(x);
    if (item.h !== undefined || old === undefined) continue;
    if (item.k === 'gate') armArms(move, live, item, old);
    else if (x !== ROOT) armBoundaries(move, live, item, old);
    if (item.k === 'scope' && !item.i) armSubProcesses(move, live, item, old);
  }
}

function armBoundaries(move: Move, live: LiveCase, item: Item, old: Item): void {
  const known = images(move, nodeOf(move.from, old.e).boundaries, item.x);
  for (const id of nodeOf(move.to, item.e).boundaries)
    if (!known.has(id)) listen(move, live, nodeOf(move.to, id), (node) => armHosted(live, node, item.x, item.s ?? ROOT));
}

function armSubProcesses(move: Move, live: LiveCase, item: Item, old: Item): void {
  const startsOf = (model: Move['to'], scope: string): readonly string[] =>
    (model.scopes.get(scope)?.eventSubProcesses ?? []).flatMap((id) => model.scopes.get(id)?.starts.slice(0, 1) ?? []);
  const known = images(move, startsOf(move.from, old.e), item.x);
  for (const id of startsOf(move.to, item.e))
    if (!known.has(id)) listen(move, live, nodeOf(move.to, id), (node) => armHosted(live, node, item.x, item.x));
}

function armArms(move: Move, live: LiveCase, gate: Item, old: Item): void {
  const behind = (model: Move['to'], id: string): readonly string[] =>
    nodeOf(model, id).outgoing.flatMap((flow) => model.flows.get(flow)?.target ?? []);
  const known = images(move, behind(move.from, old.e), gate.x);
  for (const id of behind(move.to, gate.e))
    if (!known.has(id))
      listen(move, live, nodeOf(move.to, id), (node) =>
        arm(live, node, { x: newExecution(live, id), e: node.id, s: gate.s ?? ROOT, h: gate.x }),
      );
}

const images = (move: Move, ids: readonly string[], host: string): ReadonlySet<string> =>
  new Set(ids.flatMap((id) => imageOf(move, nodeOf(move.from, id), host)?.id ?? []));

function listen(move: Move, live: LiveCase, node: ProcessNode, begin: (node: ProcessNode) => void): void {
  const before = live.items.size;
  begin(node);
  if (live.items.size > before) move.changes.push({ kind: 'armed', to: node.id });
}
