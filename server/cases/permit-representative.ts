// Whoever acts for the applicant must be allowed to at this very moment: the door has looked when the request came, the corridor looks again in the
// transaction that changes the case, so that what was revoked a moment ago does nothing any more.
import { dayOf } from '../domain/calendar.ts';
import type { Actor } from '../domain/permission.ts';
import { Problem } from '../domain/problem.ts';
import { permitAct, permitTerm } from '../domain/representation.ts';
import type { Transaction } from '../store/database.ts';
import { representationById } from '../store/representations.ts';
import type { Corridor } from './corridor.ts';

/** Refuses `representation-ended` (also for one that never was) and `outside-representation`. Everybody who acts for himself passes. */
export async function permitRepresentative(
  corridor: Corridor,
  trx: Transaction,
  tenantId: number,
  { actor, situation }: { readonly actor: Actor; readonly situation: string },
): Promise<void> {
  if (actor.kind !== 'citizen' || !actor.by) return;
  const row = await representationById(trx, tenantId, actor.by.representationId);
  if (row?.representativeId !== actor.by.personId || row.principalId !== actor.id) throw new Problem('forbidden', 'representation-ended');
  permitTerm(row, dayOf(corridor.clock.now().toISOString()));
  permitAct(row, 'file', situation);
}
