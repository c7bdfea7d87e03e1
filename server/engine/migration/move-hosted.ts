// Events that listen beside the flow go over with what they listen for: boundary events, arms of an event gateway, event sub-processes.
import type { Item } from '../live-case.ts';
import { nodeOf } from '../process-model.ts';
import type { ProcessNode } from '../process-model.ts';
import { misfit } from './fits.ts';
import { isCalled, type Move } from './move.ts';
import { targetOf } from './plan.ts';

export function moveHosted(move: Move): void {
  for (const item of move.old.items.values()) {
    const { host } = item;
    const moved = host && move.items.get(host);
    if (!moved) continue;
    if (isCalled(move, item) || host.k === 'any') {
      move.items.set(item, { e: isCalled(move, item) ? item.e : moved.e });
      continue;
    }
    const fresh = imageOf(move, nodeOf(move.from, item.e), host);
    if (fresh === undefined) {
      move.changes.push({ kind: 'disarmed', from: item.e });
      continue;
    }
    move.items.set(item, { e: fresh.id });
    if (fresh.id !== item.e) move.changes.push({ kind: 'moved', from: item.e, to: fresh.id });
  }
}

/** The event of the new version that stands for the old one on this host; undefined when there is none that listens for the same. */
export function imageOf(move: Move, old: ProcessNode, host: Item): ProcessNode | undefined {
  const target = targetOf(move.from, move.to, move.plan, old.id);
  const fresh = move.to.nodes.get(target?.to ?? '');
  if (fresh === undefined || misfit(old, fresh) !== undefined) return undefined;
  return listensOn(move, fresh, host) ? fresh : undefined;
}

function listensOn({ to, items }: Move, fresh: ProcessNode, host: Item): boolean {
  const moved = items.get(host);
  if (moved === undefined) return false;
  if (fresh.kind === 'boundaryEvent') return fresh.attachedTo === moved.e;
  if (fresh.kind === 'startEvent') return (to.scopes.get(moved.e)?.eventSubProcesses ?? []).includes(fresh.scope);
  return fresh.incoming.some((flow) => to.flows.get(flow)?.source === moved.e);
}
