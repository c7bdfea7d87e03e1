// Tokens that wait at a join go over by their flows: a flow is the same by its id, or by where it comes from and where it leads.
import type { Item } from '../live-case.ts';
import type { ProcessNode } from '../process-model.ts';
import { refuse, type Move, type Moved } from './move.ts';
import { targetOf } from './plan.ts';

/** Refuses and gives nothing when a flow that has brought a token leads there no more. */
export function moveJoin(move: Move, join: Item, fresh: ProcessNode): Moved | undefined {
  const tokens: Record<string, number> = {};
  for (const [flow, count] of join.tokens ?? []) {
    const moved = flowInto(move, flow, fresh);
    if (moved === undefined) return refuse(move, 'flow-missing', join.e) as undefined;
    tokens[moved] = (tokens[moved] ?? 0) + count;
  }
  const first = join.first?.flatMap((flow) => flowInto(move, flow, fresh) ?? []);
  return { e: fresh.id, tokens, ...(first ? { first } : {}) };
}

function flowInto(move: Move, flow: string, fresh: ProcessNode): string | undefined {
  const moved = flowTarget(move, flow);
  return moved !== undefined && move.to.flows.get(moved)?.target === fresh.id ? moved : undefined;
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
