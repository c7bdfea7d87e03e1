// Dunning as rows: a batch of one stage and a step for each prescription in it. The primary key says that a stage is done once.
import type { Transaction } from './database.ts';

export interface NewBatch {
  readonly id: string;
  readonly stage: 'reminder' | 'assessment' | 'enforcement';
  readonly way: 'letters' | 'list' | 'file';
  readonly officerId: string;
  readonly times: number;
  readonly at: string;
}
export interface NewStep {
  readonly prescriptionId: string;
  readonly amount: number;
  readonly letterId: string | null;
  readonly channel: 'data-box' | 'email' | 'print' | 'notice-board' | 'file';
  readonly increaseId: string | null;
  readonly deliveredOn: string | null;
}

/** Fails on the key `dunning_step_pkey` when the stage was done about one of them. */
export async function insertDunning(
  trx: Transaction,
  tenantId: number,
  batch: NewBatch,
  madeOn: string,
  steps: readonly NewStep[],
): Promise<void> {
  await trx('dunning_batch').insert({
    tenant_id: tenantId,
    id: batch.id,
    stage: batch.stage,
    way: batch.way,
    officer_id: batch.officerId,
    settings: JSON.stringify({ times: batch.times }),
    created_at: batch.at,
  });
  await trx('dunning_step').insert(
    steps.map((step) => ({
      tenant_id: tenantId,
      prescription_id: step.prescriptionId,
      stage: batch.stage,
      batch_id: batch.id,
      amount: step.amount,
      made_on: madeOn,
      letter_id: step.letterId,
      channel: step.channel,
      increase_id: step.increaseId,
      delivered_on: step.deliveredOn,
    })),
  );
}

/** How many got the day now; those that had one keep it. `ids` empty = the whole batch. */
export async function noteDelivered(
  trx: Transaction,
  tenantId: number,
  batchId: string,
  ids: readonly string[],
  on: string,
): Promise<number> {
  const steps = trx('dunning_step').where({ tenant_id: tenantId, batch_id: batchId }).whereNull('delivered_on').where('made_on', '<=', on);
  return (ids.length === 0 ? steps : steps.whereIn('prescription_id', [...ids])).update({ delivered_on: on });
}
