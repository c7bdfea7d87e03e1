// What an officer does with stuck work that belongs to no case: a return of money, a letter, an export.
import { permitOfficer, type Actor } from '../domain/permission.ts';
import { Problem } from '../domain/problem.ts';
import { reviveEffect } from '../store/outbox.ts';
import type { Corridor } from './corridor.ts';

/** The other side is asked first whether it was done; only then is it tried again. Refuses `effect-not-failed`. */
export async function retryLooseEffect(
  corridor: Corridor,
  tenantId: number,
  { actor, key }: { readonly actor: Actor; readonly key: string },
): Promise<void> {
  permitOfficer(actor);
  const at = corridor.clock.now().toISOString();
  if (!(await corridor.db.withTenant(tenantId, (trx) => reviveEffect(trx, tenantId, key, at))))
    throw new Problem('conflict', 'effect-not-failed');
  corridor.poke();
}
