// How the last synchronisation with the directory of officers ended: one row for a town.
import type { Transaction } from './database.ts';
import { ask } from './lane.ts';

export type SyncOutcome = 'done' | 'failed' | 'refused';

export interface SyncState {
  /** Real time, whatever the demo's clock says. */
  readonly triedAt: Date;
  readonly succeededAt: Date | null;
  readonly outcome: SyncOutcome;
  /** Why it failed or was refused; '' when it did not. */
  readonly code: string;
  readonly about: string;
  readonly officers: number;
  /** Who left in it, or who would have left when it was refused. */
  readonly leavers: number;
  readonly failingSince: Date | null;
  readonly toldAt: Date | null;
  readonly allowedLeavers: number | null;
}

/**
 * Is it time to look, and is it us who looks? Pokes wake the loop far more often. By the database's own clock, which no demo moves. Makes the row at the
 * first time.
 */
export async function claimSync(trx: Transaction, tenantId: number, everyMs: number): Promise<boolean> {
  const rows = await ask(trx, {
    text: `insert into directory_sync as s (tenant_id, tried_at, outcome) values ($1, clock_timestamp(), 'done')
           on conflict (tenant_id) do update set tried_at = clock_timestamp() where s.tried_at < clock_timestamp() - $2 * interval '1 millisecond'
           returning tenant_id`,
    values: [tenantId, everyMs],
  });
  return rows.length === 1;
}

/** With `lock`: whoever takes over holds it. */
export async function readSync(trx: Transaction, tenantId: number, lock = false): Promise<SyncState | undefined> {
  const query = trx('directory_sync').where({ tenant_id: tenantId });
  const row = await (lock ? query.forUpdate() : query).first();
  return (
    row && {
      triedAt: row.tried_at,
      succeededAt: row.succeeded_at,
      outcome: row.outcome,
      code: row.code,
      about: row.about,
      officers: row.officers,
      leavers: row.leavers,
      failingSince: row.failing_since,
      toldAt: row.told_at,
      allowedLeavers: row.allowed_leavers,
    }
  );
}

/** A success forgets the trouble before it and the permission that it used. */
export async function saveSuccess(
  trx: Transaction,
  tenantId: number,
  said: { readonly officers: number; readonly leavers: number; readonly at: Date },
): Promise<void> {
  const { officers, leavers, at } = said;
  const cleared = { code: '', about: '', failing_since: null, told_at: null, allowed_leavers: null, allowed_by: null };
  await trx('directory_sync')
    .where({ tenant_id: tenantId })
    .update({ succeeded_at: at, outcome: 'done', officers, leavers, ...cleared });
}

export interface SyncTrouble {
  readonly outcome: 'failed' | 'refused';
  readonly code: string;
  readonly about: string;
  readonly leavers: number;
  readonly at: Date;
  readonly told: boolean;
}

export async function saveTrouble(trx: Transaction, tenantId: number, trouble: SyncTrouble): Promise<void> {
  const { outcome, code, about, leavers, at, told } = trouble;
  await trx('directory_sync')
    .where({ tenant_id: tenantId })
    .update({
      outcome,
      code,
      about,
      leavers,
      failing_since: trx.raw('coalesce(failing_since, ?)', [at]),
      ...(told ? { told_at: at } : {}),
    });
}

/** An administrator believes the directory. False when there is nothing refused, or by now another number would leave. */
export async function allowLeavers(
  trx: Transaction,
  tenantId: number,
  said: { readonly leavers: number; readonly officerId: string },
): Promise<boolean> {
  const changed = await trx('directory_sync')
    .where({ tenant_id: tenantId, outcome: 'refused', leavers: said.leavers })
    .update({ allowed_leavers: said.leavers, allowed_by: said.officerId });
  return changed === 1;
}
