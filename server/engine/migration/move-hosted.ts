// Events that listen beside the flow go over with what they listen for: boundary events, arms of an event gateway, event sub-processes.
import { nodeOf } from '../process-model.ts';
import type { ProcessNode } from '../process-model.ts';
import { misfit } from './fits.ts';
import type { Move } from './move.ts';
import { targetOf } from './plan.ts';

export function moveHosted(move: Move): void {
  for (const item of move.old.items.values()) {
    if (item.h === undefined || !move.items.has(item.h)) continue;
    const fresh = imageOf(move, nodeOf(move.from, item.e), item.h);
    if (fresh === undefined) {
      move.changes.push({ kind: 'disarmed', from: item.e });
      continue;
    }
    move.items.set(item.x, { ...item, e: fresh.id });
    if (fresh.id !== item.e) move.changes.push({ kind: 'moved', from: item.e, to: fresh.id });
  }
}

/** The event of the new version that stands for the old one on this host; undefined when there is none that listens for the same. */
export function imageOf(move: Move, old: ProcessNode, host: string): ProcessNode | undefined {
  const target = targetOf(move.from, move.to, move.plan, old.id);
  const fresh = move.to.nodes.get(target?.to ?? '');
  if (fresh === undefined || misfit(old, fresh) !== undefined) return undefined;
  return listensOn(move, fresh, host) ? fresh : undefined;
}

function listensOn({ to, items }: Move, fresh: ProcessNode, host: string): boolean {
  const item = items.get(host);
  if (item === undefined) return false;
  if (fresh.kind === 'boundaryEvent') return fresh.attachedTo === item.e;
  if (fresh.kind === 'startEvent') return (to.scopes.get(item.e)?.eventSubProcesses ?? []).includes(fresh.scope);
  return fresh.incoming.some((flow) => to.flows.get(flow)?.source === item.e);
}
