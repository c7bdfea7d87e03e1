// A plan proposed from what two versions have in common: ids first, then names, neighbours and what a step does.
import type { ProcessModel, ProcessNode } from '../process-model.ts';
import { depthOf, isPlace, misfit } from './fits.ts';

/** One element of the old version and where it seems to go on. */
export interface Proposal {
  readonly from: string;
  readonly to: string | null;
  /** `same`: same id and kind of wait · `guess`: probably renamed, somebody should look · `none`: nothing fits. */
  readonly basis: 'same' | 'guess' | 'none';
}

/** Less than this many signs is no resemblance. */
const ENOUGH = 3;

/** Every element that a case can rest at, outer ones first. An element of the new version is proposed once. */
export function proposePlan(from: ProcessModel, to: ProcessModel): readonly Proposal[] {
  const places = [...from.nodes.values()].filter(isPlace);
  const ordered = places.map((node) => ({ node, depth: depthOf(from, node) })).sort((a, b) => a.depth - b.depth);
  const found = new Map<string, Proposal>();
  const taken = new Set<string>();
  for (const { node } of ordered) {
    const fresh = to.nodes.get(node.id);
    if (!fresh || misfit(node, fresh) !== undefined || !sameScope(found, from, to, node, fresh)) continue;
    found.set(node.id, { from: node.id, to: fresh.id, basis: 'same' });
    taken.add(fresh.id);
  }
  for (const { node } of ordered) {
    if (found.has(node.id)) continue;
    const guess = bestOf(from, to, node, found, taken);
    if (guess !== undefined) taken.add(guess);
    found.set(node.id, { from: node.id, to: guess ?? null, basis: guess === undefined ? 'none' : 'guess' });
  }
  return ordered.flatMap(({ node }) => found.get(node.id) ?? []);
}

function bestOf(
  from: ProcessModel,
  to: ProcessModel,
  node: ProcessNode,
  found: ReadonlyMap<string, Proposal>,
  taken: ReadonlySet<string>,
): string | undefined {
  const [best] = [...to.nodes.values()]
    .filter(
      (fresh) =>
        !taken.has(fresh.id) && !from.nodes.has(fresh.id) && misfit(node, fresh) === undefined && sameScope(found, from, to, node, fresh),
    )
    .map((fresh) => ({ id: fresh.id, signs: resemblance(from, to, node, fresh) }))
    .filter(({ signs }) => signs >= ENOUGH)
    .sort((a, b) => b.signs - a.signs);
  return best?.id;
}

function sameScope(
  found: ReadonlyMap<string, Proposal>,
  from: ProcessModel,
  to: ProcessModel,
  node: ProcessNode,
  fresh: ProcessNode,
): boolean {
  if (node.attachedTo !== undefined && (found.get(node.attachedTo)?.to ?? node.attachedTo) !== fresh.attachedTo) return false;
  const scope = node.scope === from.processId ? to.processId : (found.get(node.scope)?.to ?? node.scope);
  return scope === fresh.scope;
}

/** Signs of being the same step: a name weighs most, then what it does, then what stands around it. */
function resemblance(from: ProcessModel, to: ProcessModel, node: ProcessNode, fresh: ProcessNode): number {
  const alike = (a: string | undefined, b: string | undefined, weight: number): number =>
    a !== undefined && a !== '' && a === b ? weight : 0;
  return (
    alike(plain(node.name), plain(fresh.name), 3) +
    alike(node.form, fresh.form, 1) +
    alike(node.role, fresh.role, 1) +
    alike(node.effect, fresh.effect, 1) +
    alike(node.decision, fresh.decision, 2) +
    alike(node.messageName, fresh.messageName, 1) +
    alike(node.attachedTo, fresh.attachedTo, 1) +
    (shares(neighbours(from, node, 'incoming'), neighbours(to, fresh, 'incoming')) ? 1 : 0) +
    (shares(neighbours(from, node, 'outgoing'), neighbours(to, fresh, 'outgoing')) ? 1 : 0)
  );
}

const plain = (name: string): string => name.trim().toLowerCase().normalize('NFD').replaceAll(/\p{M}/gu, '');

function neighbours(model: ProcessModel, node: ProcessNode, side: 'incoming' | 'outgoing'): readonly string[] {
  return node[side].flatMap((id) => {
    const flow = model.flows.get(id);
    return flow === undefined ? [] : [side === 'incoming' ? flow.source : flow.target];
  });
}
const shares = (a: readonly string[], b: readonly string[]): boolean => a.some((id) => b.includes(id));
