// Events of the new version that had no forerunner on their host begin to listen. One that had one and listens no more has had its turn.
import { listenBeside } from '../listen.ts';
import { isInstance } from '../live-case.ts';
import type { Item, LiveCase } from '../live-case.ts';
import { nodeOf } from '../process-model.ts';
import type { ProcessModel } from '../process-model.ts';
import { imageOf } from './move-hosted.ts';
import { isCalled, type Move } from './move.ts';

/** `live`: the case as it stands under the new version. */
export function armNew(move: Move, live: LiveCase): void {
  for (const old of move.items.keys()) {
    const item = live.items.get(old.x);
    if (!item || old.host || isCalled(move, old)) continue;
    if (old.k === 'gate') arm(move, live, old, item, behind);
    else if (old.node && !isInstance(old)) arm(move, live, old, item, boundariesOf);
    if (old.k === 'scope' && !old.calls && !old.isInterrupted) arm(move, live, old, item, startsOf);
  }
}

type Listeners = (model: ProcessModel, element: string) => readonly string[];
const boundariesOf: Listeners = (model, id) => nodeOf(model, id).boundaries;
const startsOf: Listeners = (model, scope) =>
  (model.scopes.get(scope)?.eventSubProcesses ?? []).flatMap((id) => model.scopes.get(id)?.starts.slice(0, 1) ?? []);
const behind: Listeners = (model, id) => nodeOf(model, id).outgoing.flatMap((flow) => model.flows.get(flow)?.target ?? []);

function arm(move: Move, live: LiveCase, old: Item, item: Item, listeners: Listeners): void {
  const known = new Set(listeners(move.from, old.e).flatMap((id) => imageOf(move, nodeOf(move.from, id), old)?.id ?? []));
  for (const id of listeners(move.to, item.e)) {
    if (known.has(id)) continue;
    const before = live.items.size;
    listenBeside(live, nodeOf(move.to, id), item);
    if (live.items.size > before) move.changes.push({ kind: 'armed', to: id });
  }
}
