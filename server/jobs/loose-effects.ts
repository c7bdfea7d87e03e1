// Answers of effects that belong to no case: the effect ends and its listener is told, in one transaction and under the lease.
import { Overtaken } from '../cases/changes.ts';
import type { EffectAnswer, Json } from '../engine/types.ts';
import { OutsideFailure } from '../integrations/connector.ts';
import { isOvertaken, type Transaction } from '../store/database.ts';
import { writeNow } from '../store/lane.ts';
import { finishPart, type ClaimedEffect } from '../store/outbox.ts';
import type { Listener, Told } from './listener.ts';
import type { Workshop } from './workshop.ts';

/** Throws `Overtaken` when the lease was lost: somebody else answers for it now. */
export async function recordLooseAnswer(workshop: Workshop, tenantId: number, claimed: ClaimedEffect, answer: EffectAnswer): Promise<void> {
  const { corridor } = workshop;
  const listener = listenerOf(workshop, claimed);
  const told = toldOf(claimed, corridor.clock.now().toISOString());
  try {
    await corridor.db.withTenant(tenantId, async (trx) => {
      const refused = 'refused' in answer ? answer.refused : undefined;
      const kept = { state: refused ? 'refused' : 'done', answer: (refused ?? ('done' in answer ? answer.done : null)) as Json } as const;
      await writeNow(trx, [finishPart(tenantId, claimed, { ...kept, at: told.at })]);
      await listener?.answered(trx, tenantId, told, answer);
    });
  } catch (error) {
    throw isOvertaken(error) ? new Overtaken(error.message) : error;
  }
}

/** Inside the transaction that puts the effect to the dead letters. */
export async function tellGivenUp(
  { trx, tenantId, listeners }: Pick<Workshop, 'listeners'> & { readonly trx: Transaction; readonly tenantId: number },
  claimed: ClaimedEffect,
  failure: { readonly error: string; readonly at: string },
): Promise<void> {
  if (claimed.listener !== null) await listeners[claimed.listener]?.gaveUp?.(trx, tenantId, toldOf(claimed, failure.at), failure.error);
}

/** Asked before the work is begun: what nobody could be told of is not done. */
export function listenerOf({ listeners }: Pick<Workshop, 'listeners'>, { listener }: ClaimedEffect): Listener | undefined {
  if (listener === null) return undefined;
  const found = listeners[listener];
  if (!found) throw new OutsideFailure('no-such-listener', `Výsledek by neměl kdo převzít („${listener}“).`, { retryable: false });
  return found;
}

function toldOf({ key, effect, subject, input }: ClaimedEffect, at: string): Told {
  return { key, effect, subject, input, at };
}
