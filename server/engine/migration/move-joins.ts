// Tokens that wait at a join go over by their flows: a flow is the same by its id, or by where it comes from and where it leads.
import type { Join } from '../live-case.ts';
import { nodeOf } from '../process-model.ts';
import { misfit } from './fits.ts';
import { refuse, scopeElement, type Move } from './move.ts';
import { targetOf } from './plan.ts';

export function moveJoins(move: Move): Map<string, Join> {
  const joins = new Map<string, Join>();
  for (const join of move.old.joins.values()) {
    if (move.gone.has(join.scope)) continue;
    const moved = moveJoin(move, join);
    if (moved) joins.set(`${moved.scope} ${moved.node}`, moved);
  }
  return joins;
}

function moveJoin(move: Move, join: Join): Join | undefined {
  const target = targetOf(move.from, move.to, move.plan, join.node);
  const fresh = move.to.nodes.get(target?.to ?? '');
  if (target === undefined || fresh === undefined) return refused(move, 'no-target', join);
  if (misfit(nodeOf(move.from, join.node), fresh) !== undefined || target.how === 'restart') return refused(move, 'kind-differs', join);
  if (fresh.scope !== scopeElement(move, join.scope)) return refused(move, 'scope-differs', join);
  const tokens = new Map<string, number>();
  for (const [flow, count] of join.tokens) {
    const moved = flowTarget(move, flow);
    if (moved === undefined || move.to.flows.get(moved)?.target !== fresh.id) return refused(move, 'flow-missing', join);
    tokens.set(moved, (tokens.get(moved) ?? 0) + count);
  }
  move.changes.push({ kind: fresh.id === join.node ? 'kept' : 'moved', from: join.node, to: fresh.id });
  return { ...join, node: fresh.id, tokens };
}

function refused(move: Move, code: Parameters<typeof refuse>[1], join: Join): undefined {
  refuse(move, code, join.node);
  return undefined;
}

/** The flow with the same id between the same elements, else the one that joins their targets. */
export function flowTarget({ from, to, plan }: Move, id: string): string | undefined {
  const flow = from.flows.get(id);
  if (flow === undefined) return undefined;
  const end = (element: string): string => targetOf(from, to, plan, element)?.to ?? element;
  const target = end(flow.target);
  const same = to.flows.get(id);
  if (same?.target === target) return id;
  const alike = [...to.flows.values()].filter((candidate) => candidate.target === target && candidate.source === end(flow.source));
  return alike.length === 1 ? alike[0]?.id : undefined;
}
