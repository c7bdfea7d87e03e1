// Answers of effects that belong to no case: the effect ends and its listener is told, in one transaction and under the lease.
import { Overtaken } from '../cases/changes.ts';
import type { EffectAnswer, Json } from '../engine/types.ts';
import { OutsideFailure } from '../integrations/connector.ts';
import { isOvertaken, type Transaction } from '../store/database.ts';
import { writeNow } from '../store/lane.ts';
import { finishPart, type ClaimedEffect } from '../store/outbox.ts';
import { endStuckWork } from '../store/stuck-work.ts';
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

/**
 * An officer has found out how stuck work ended: its listener is told as if the other side had said so. `done` is what the other side would have
 * answered, as far as anybody knows. False when it is not stuck (any more).
 */
export async function decideStuckWork(
  { corridor, listeners }: Workshop,
  tenantId: number,
  said: { readonly key: string; readonly isDone: boolean; readonly reason: string; readonly officerId: string },
): Promise<boolean> {
  const at = corridor.clock.now().toISOString();
  const { key, isDone, reason, officerId } = said;
  const answer: EffectAnswer = isDone ? { done: { skipped: true, officerId, reason } } : { refused: { code: 'officer-decided', reason } };
  const found = await corridor.db.withTenant(tenantId, async (trx) => {
    const kept = ('done' in answer ? answer.done : { ...answer.refused, officerId }) as Json;
    const stuck = await endStuckWork(trx, tenantId, key, { state: isDone ? 'done' : 'refused', answer: kept, at });
    if (stuck?.listener) {
      const { effect, subject, input } = stuck;
      await listeners[stuck.listener]?.answered(trx, tenantId, { key, effect, subject, input, at }, answer);
    }
    return stuck !== undefined;
  });
  if (found) corridor.poke();
  return found;
}
