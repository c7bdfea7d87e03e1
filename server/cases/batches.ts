// Ordering an act on many cases. The order is only written down here; a job carries it out, case by case (carry-item.ts).
import { permitMigration, permitOfficer, type Actor } from '../domain/permission.ts';
import { Problem } from '../domain/problem.ts';
import type { MigrationPlan } from '../engine/index.ts';
import type { Json } from '../engine/types.ts';
import { newId } from '../platform/ids.ts';
import { batchById, doneCases, insertBatch, setBatchState, stopBatch, type BatchRow } from '../store/batches.ts';
import { earlierAnswer, rememberAnswer, requestHash, withCommandId } from '../store/commands.ts';
import type { Transaction } from '../store/database.ts';
import { openIncidents, type IncidentFilter } from '../store/incidents.ts';
import { casesToMove } from '../store/migrations-of-cases.ts';
import { versionsOf } from '../store/situations.ts';
import type { Corridor } from './corridor.ts';
import { soundReason } from './reason.ts';

/** More cases than this are done in several batches. */
export const MAX_CASES = 20_000;

type Officer = Extract<Actor, { kind: 'officer' }>;
interface Asked {
  readonly commandId: string;
  readonly actor: Officer;
  readonly reason: string;
}
export interface MigrationAsked extends Asked {
  readonly situation: string;
  readonly from: number;
  readonly to: number;
  readonly plan: MigrationPlan;
  readonly filter: {
    readonly elements: readonly string[];
    readonly groups: readonly string[];
    readonly filedBefore: string | null;
    readonly marks: readonly string[];
  };
  readonly rehearsal: boolean;
}

/** Refuses `version-not-found`, `marks-unknown` (marks) and `no-cases`. */
export async function orderMigration(corridor: Corridor, tenantId: number, asked: MigrationAsked): Promise<string> {
  permitMigration(asked.actor);
  const reason = asked.rehearsal ? asked.reason.trim() : soundReason(asked.reason);
  return ordered(corridor, tenantId, asked, 'order-migration', async (trx) => {
    const versions = await versionsOf(trx, tenantId, asked.situation);
    const from = versions.find((version) => version.number === asked.from);
    const to = versions.find((version) => version.number === asked.to);
    if (!from || !to || from.id === to.id) throw new Problem('not-found', 'version-not-found');
    const { elements, groups, filedBefore, marks } = asked.filter;
    const caseIds = await casesMarked(trx, tenantId, marks);
    const filter = { situation: asked.situation, versionId: from.id, elements, groups, filedBefore, caseIds };
    const found = await casesToMove(trx, tenantId, filter, MAX_CASES);
    if (found.length === 0) throw new Problem('conflict', 'no-cases');
    return {
      batch: {
        kind: 'migrate',
        rehearsal: asked.rehearsal,
        situation: asked.situation,
        fromVersion: from.id,
        toVersion: to.id,
        plan: asked.plan as unknown as Json,
        reason,
      },
      items: found.map((caseId) => ({ caseId, subject: null })),
    };
  });
}

async function casesMarked(trx: Transaction, tenantId: number, marks: readonly string[]): Promise<readonly string[]> {
  if (marks.length === 0) return [];
  const rows = await trx('cases')
    .where({ tenant_id: tenantId })
    .whereIn('mark', [...marks])
    .select('id', 'mark');
  const known = new Set(rows.map((row) => row['mark'] as string));
  const unknown = marks.filter((mark) => !known.has(mark));
  if (unknown.length > 0) throw new Problem('invalid', 'marks-unknown', { marks: unknown });
  return rows.map((row) => row['id'] as string);
}

/** Takes back what a batch has done. Refuses `batch-not-found` and `nothing-to-revert`. */
export async function orderRevert(corridor: Corridor, tenantId: number, asked: Asked & { readonly batchId: string }): Promise<string> {
  permitMigration(asked.actor);
  const reason = soundReason(asked.reason);
  return ordered(corridor, tenantId, asked, 'order-revert', async (trx) => {
    const done = await batchById(trx, tenantId, asked.batchId);
    if (!done) throw new Problem('not-found', 'batch-not-found');
    if (done.kind !== 'migrate' || done.rehearsal) throw new Problem('conflict', 'nothing-to-revert');
    const cases = await doneCases(trx, tenantId, done.id);
    if (cases.length === 0) throw new Problem('conflict', 'nothing-to-revert');
    return {
      batch: {
        kind: 'revert',
        rehearsal: false,
        situation: done.situation,
        fromVersion: done.toVersion,
        toVersion: done.fromVersion,
        plan: null,
        reason,
      },
      items: cases.map((caseId) => ({ caseId, subject: null })),
    };
  });
}

/** Tries again all incidents that were chosen, or all of one step and cause. Refuses `incident-not-found`. */
export async function orderRetry(
  corridor: Corridor,
  tenantId: number,
  asked: Omit<Asked, 'reason'> & { readonly which: IncidentFilter },
): Promise<string> {
  permitOfficer(asked.actor);
  return ordered(corridor, tenantId, { ...asked, reason: '' }, 'order-retry', async (trx) => {
    const found = await openIncidents(trx, tenantId, asked.which, MAX_CASES);
    if (found.length === 0) throw new Problem('not-found', 'incident-not-found');
    return {
      batch: { kind: 'retry', rehearsal: false, situation: null, fromVersion: null, toVersion: null, plan: null, reason: '' },
      items: found.map((incident) => ({ caseId: incident.caseId, subject: incident.id })),
    };
  });
}

interface Order {
  readonly batch: Pick<BatchRow, 'kind' | 'rehearsal' | 'situation' | 'fromVersion' | 'toVersion' | 'plan' | 'reason'>;
  readonly items: readonly { readonly caseId: string; readonly subject: string | null }[];
}

/** The same order twice is one batch. */
async function ordered<A extends Asked>(
  corridor: Corridor,
  tenantId: number,
  asked: A,
  name: string,
  make: (trx: Transaction) => Promise<Order>,
): Promise<string> {
  const { commandId, actor, ...data } = asked;
  const hash = requestHash(name, data);
  const ordering = corridor.db.withTenant(tenantId, async (trx) => {
    const earlier = await earlierAnswer(trx, tenantId, commandId, hash);
    if (earlier) return (earlier.result as { readonly id: string }).id;
    const { batch, items } = await make(trx);
    const now = corridor.clock.now();
    const row = { ...batch, id: newId(now), officerId: actor.id, officerGroups: actor.groups, createdAt: now.toISOString() };
    await insertBatch(trx, tenantId, row, items);
    rememberAnswer(trx, tenantId, { id: commandId, name, caseId: null, requestHash: hash, at: row.createdAt }, { id: row.id });
    return row.id;
  });
  const id = await withCommandId(ordering);
  corridor.poke();
  return id;
}

/** Pause, go on, or give up what has not been done yet. Refuses `batch-not-found`, `batch-ended`. */
export async function steerBatch(
  corridor: Corridor,
  tenantId: number,
  actor: Officer,
  id: string,
  to: 'paused' | 'running' | 'stopped',
): Promise<void> {
  await corridor.db.withTenant(tenantId, async (trx) => {
    const batch = await batchById(trx, tenantId, id);
    if (!batch) throw new Problem('not-found', 'batch-not-found');
    if (batch.kind !== 'retry') permitMigration(actor);
    const at = corridor.clock.now().toISOString();
    const isSteered = to === 'stopped' ? await stopBatch(trx, tenantId, id, at) : await setBatchState(trx, tenantId, id, to);
    if (!isSteered) throw new Problem('conflict', 'batch-ended');
  });
  corridor.poke();
}
