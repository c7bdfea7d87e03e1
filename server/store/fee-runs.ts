// Yearly runs, their life and their items. The state of a run is its last move.
import type { RunState } from '../domain/money/run-life.ts';
import type { Transaction } from './database.ts';
import type { Json } from './json.ts';
import { fromRow } from './row.ts';

export interface RunRow {
  readonly id: string;
  readonly kind: string;
  readonly year: number;
  readonly situation: string;
  readonly versionId: string;
  readonly ordinance: string;
  readonly title: string;
  readonly dueDate: string;
  /** How far the present phase has come; null at its beginning. */
  readonly cursor: Json;
  readonly head: string;
  readonly totals: Json;
  readonly proof: Json;
  readonly askedBy: string;
  readonly approvalId: string | null;
  readonly createdAt: string;
  readonly state: RunState;
  /** Number of the last move. */
  readonly moves: number;
}
export type NewRun = Omit<RunRow, 'cursor' | 'head' | 'totals' | 'proof' | 'approvalId' | 'state' | 'moves'>;
export interface Moved {
  readonly actor: string;
  readonly reason: string;
  readonly at: string;
}

const WITH_STATE = `select r.*, m.to_state as state, m.seq as moves from fee_run r
  cross join lateral (select to_state, seq from fee_run_move m where m.tenant_id = r.tenant_id and m.run_id = r.id order by seq desc limit 1) m`;

export async function insertRun(trx: Transaction, tenantId: number, run: NewRun, moved: Moved): Promise<void> {
  await trx('fee_run').insert({
    tenant_id: tenantId,
    id: run.id,
    kind: run.kind,
    year: run.year,
    situation: run.situation,
    version_id: run.versionId,
    ordinance: run.ordinance,
    title: run.title,
    due_date: run.dueDate,
    asked_by: run.askedBy,
    created_at: run.createdAt,
  });
  await trx('fee_run_move').insert({ tenant_id: tenantId, run_id: run.id, seq: 1, to_state: 'planning', ...moved });
}

export async function runById(trx: Transaction, tenantId: number, id: string): Promise<RunRow | undefined> {
  const { rows } = await trx.raw<{ rows: object[] }>(`${WITH_STATE} where r.tenant_id = ? and r.id = ?`, [tenantId, id]);
  return rows[0] && fromRow<RunRow>(rows[0]);
}

/** The lock first and the state after it: whoever waited for the lock must see the move that was made meanwhile. */
export async function lockRun(trx: Transaction, tenantId: number, id: string): Promise<RunRow | undefined> {
  await trx.raw('select id from fee_run where tenant_id = ? and id = ? for update', [tenantId, id]);
  return runById(trx, tenantId, id);
}

export async function listRuns(trx: Transaction, tenantId: number, limit: number): Promise<readonly RunRow[]> {
  const { rows } = await trx.raw<{ rows: object[] }>(`${WITH_STATE} where r.tenant_id = ? order by r.created_at desc, r.id desc limit ?`, [
    tenantId,
    limit,
  ]);
  return rows.map((row) => fromRow<RunRow>(row));
}

/** The oldest run in this state that no other worker holds, locked. */
export async function takeRun(trx: Transaction, tenantId: number, state: RunState): Promise<RunRow | undefined> {
  const { rows } = await trx.raw<{ rows: { id: string }[] }>(
    `select r.id from fee_run r where r.tenant_id = ?
        and (select m.to_state from fee_run_move m where m.tenant_id = r.tenant_id and m.run_id = r.id order by m.seq desc limit 1) = ?
      order by r.created_at limit 1 for update of r skip locked`,
    [tenantId, state],
  );
  const run = rows[0] && (await runById(trx, tenantId, rows[0].id));
  return run?.state === state ? run : undefined;
}

/** Another run of this kind and year that is not over. */
export async function openRunOf(trx: Transaction, tenantId: number, kind: string, year: number): Promise<RunRow | undefined> {
  const { rows } = await trx.raw<{ rows: object[] }>(
    `${WITH_STATE} where r.tenant_id = ? and r.kind = ? and r.year = ? and m.to_state not in ('undone', 'sent', 'discarded', 'prescribed', 'sending', 'sending-paused') limit 1`,
    [tenantId, kind, year],
  );
  return rows[0] && fromRow<RunRow>(rows[0]);
}

/** The cursor begins anew with each phase. The run must be locked; a move made by somebody else meanwhile is refused by the key. */
export async function moveRun(
  trx: Transaction,
  tenantId: number,
  run: RunRow,
  to: RunState,
  moved: Moved,
  isNewPhase = true,
): Promise<RunRow> {
  await trx('fee_run_move').insert({
    tenant_id: tenantId,
    run_id: run.id,
    seq: run.moves + 1,
    from_state: run.state,
    to_state: to,
    ...moved,
  });
  if (isNewPhase) await trx('fee_run').where({ tenant_id: tenantId, id: run.id }).update({ cursor: null });
  return { ...run, state: to, moves: run.moves + 1, ...(isNewPhase ? { cursor: null } : {}) };
}

export async function updateRun(
  trx: Transaction,
  tenantId: number,
  id: string,
  change: {
    readonly cursor?: Json;
    readonly head?: string;
    readonly totals?: Json;
    readonly proof?: Json;
    readonly approvalId?: string | null;
  },
): Promise<void> {
  const columns: Record<string, unknown> = {};
  if (change.cursor !== undefined) columns['cursor'] = JSON.stringify(change.cursor);
  if (change.totals !== undefined) columns['totals'] = JSON.stringify(change.totals);
  if (change.proof !== undefined) columns['proof'] = JSON.stringify(change.proof);
  if (change.head !== undefined) columns['head'] = change.head;
  if (change.approvalId !== undefined) columns['approval_id'] = change.approvalId;
  await trx('fee_run').where({ tenant_id: tenantId, id }).update(columns);
}

export interface RunMoveRow {
  readonly seq: number;
  readonly fromState: RunState | null;
  readonly toState: RunState;
  readonly actor: string;
  readonly reason: string;
  readonly at: string;
}
export async function movesOfRun(trx: Transaction, tenantId: number, runId: string): Promise<readonly RunMoveRow[]> {
  const rows = await trx('fee_run_move').where({ tenant_id: tenantId, run_id: runId }).orderBy('seq');
  return rows.map((row: object) => fromRow<RunMoveRow>(row));
}

/** Runs that stand at the question although the answer was given and was no. */
export async function runsWithWord(
  trx: Transaction,
  tenantId: number,
): Promise<readonly { readonly id: string; readonly decidedBy: string; readonly reason: string }[]> {
  const { rows } = await trx.raw<{ rows: { id: string; decidedBy: string; reason: string }[] }>(
    `select r.id, a.decided_by as "decidedBy", a.verdict_reason as reason from fee_run r
       join money_approval a on a.tenant_id = r.tenant_id and a.id = r.approval_id and a.verdict in ('refused', 'taken-back')
      where r.tenant_id = ? and (select m.to_state from fee_run_move m where m.tenant_id = r.tenant_id and m.run_id = r.id order by m.seq desc limit 1) in ('asked', 'undo-asked')`,
    [tenantId],
  );
  return rows;
}

/** Duties by kind; those that hold on the day, or all of them when it is null. */
export async function dutyCounts(trx: Transaction, tenantId: number, day: string | null): Promise<ReadonlyMap<string, number>> {
  const { rows } = await trx.raw<{ rows: { kind: string; n: number }[] }>(
    `select kind, count(*)::int as n from fee_duty
      where tenant_id = :tenantId and (cast(:day as date) is null or (valid_from <= cast(:day as date) and (valid_to is null or valid_to >= cast(:day as date)))) group by kind`,
    { tenantId, day },
  );
  return new Map(rows.map(({ kind, n }) => [kind, n]));
}
