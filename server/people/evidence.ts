// The paper behind a representation as a file: attached once, seen by both sides and by officers who work with citizens' papers.
import { Problem } from '../domain/problem.ts';
import { newId } from '../platform/ids.ts';
import { evidenceFile, insertEvidence, tieEvidence, type EvidenceFile, type EvidenceOwner } from '../store/evidence.ts';
import { invitationById } from '../store/invitations.ts';
import { representationById } from '../store/representations.ts';
import type { Scene } from './mandates.ts';

/** Whoever stands on one of these sides; an officer on any. */
export type Sides = readonly string[] | 'any';

interface Holder {
  readonly owner: EvidenceOwner;
  readonly evidenceId: string | null;
}

/** Refuses `representation-not-found` and `evidence-already-there`: what proves a representation is not exchanged. */
export async function attachEvidence(
  scene: Scene,
  id: string,
  { file, by, sides }: { readonly file: EvidenceFile; readonly by: string; readonly sides: Sides },
): Promise<void> {
  const { trx, tenantId, now } = scene;
  const holder = await holderOf(scene, id, sides, 'attach');
  const evidenceId = newId(now);
  await insertEvidence(trx, tenantId, { ...file, id: evidenceId, addedBy: by, addedAt: now.toISOString() });
  // The file that was just written goes with the refused transaction.
  if (!(await tieEvidence(trx, tenantId, holder.owner, { id, evidenceId }))) throw new Problem('conflict', 'evidence-already-there');
}

/** Refuses `representation-not-found` and `evidence-not-found`. */
export async function readEvidence(scene: Scene, id: string, sides: Sides): Promise<EvidenceFile> {
  const { evidenceId } = await holderOf(scene, id, sides, 'read');
  const file = evidenceId === null ? undefined : await evidenceFile(scene.trx, scene.tenantId, evidenceId);
  if (!file) throw new Problem('not-found', 'evidence-not-found');
  return file;
}

/** Who gives the right attaches its proof; both sides may read it. An offer belongs to who made it until it is accepted. */
async function holderOf({ trx, tenantId, now }: Scene, id: string, sides: Sides, what: 'attach' | 'read'): Promise<Holder> {
  const isSide = (personId: string): boolean => sides === 'any' || sides.includes(personId);
  const row = await representationById(trx, tenantId, id);
  if (row && (isSide(row.principalId) || (what === 'read' && isSide(row.representativeId))))
    return { owner: 'representation', evidenceId: row.evidenceId };
  const offered = row ? undefined : await invitationById(trx, tenantId, id);
  const isOpen = offered?.usedAt === null && offered.withdrawnAt === null && offered.expiresAt > now.toISOString();
  if (!offered || !isSide(offered.principalId) || (what === 'attach' && !isOpen))
    throw new Problem('not-found', 'representation-not-found');
  return { owner: 'representation_invitation', evidenceId: offered.evidenceId };
}
