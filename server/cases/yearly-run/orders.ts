// What officers do with a yearly run: prepare it, ask a second person, stop it and let it go on, take it back, send its letters. Jobs do the work.
import { askApproval } from '../../books/index.ts';
import { dayOf } from '../../domain/calendar.ts';
import { permitMoney } from '../../domain/permission.ts';
import { permitRunMove, type RunState } from '../../domain/money/run-life.ts';
import { Problem } from '../../domain/problem.ts';
import type { Json } from '../../engine/types.ts';
import { newId } from '../../platform/ids.ts';
import { earlierAnswer, rememberAnswer, requestHash, withCommandId } from '../../store/commands.ts';
import type { Transaction } from '../../store/database.ts';
import { staleCount } from '../../store/fee-run-items.ts';
import { planTotals, type PlanTotals } from '../../store/fee-run-sums.ts';
import { insertRun, moveRun, openRunOf, updateRun, type RunRow } from '../../store/fee-runs.ts';
import { newestVersion } from '../../store/situations.ts';
import type { Corridor } from '../corridor.ts';
import { dueDayOf, titleOf } from '../duties/prescribe-year.ts';
import { dutySheetOf } from '../duties/reckon.ts';
import { compiledVersion } from '../duties/reprice.ts';
import type { Asked, Question } from './asked.ts';
import { foundRun } from './decided.ts';

/** Refuses `situation-not-found`, `duty-not-of-situation`, `run-year-wrong` and `run-open-already` (id). Returns the run's id; the preview is reckoned by a job. */
export function prepareRun(
  corridor: Corridor,
  tenantId: number,
  asked: Asked & { readonly situation: string; readonly year: number },
): Promise<string> {
  const { situation: name, year } = asked;
  return ordered(corridor, tenantId, asked, ['prepare-run', name, year], async (trx, at) => {
    const version = await newestVersion(trx, tenantId, name);
    if (!version) throw new Problem('not-found', 'situation-not-found');
    const situation = await compiledVersion(trx, tenantId, version.id);
    const sheet = dutySheetOf(situation);
    const thisYear = Number(dayOf(at).slice(0, 4));
    if (year < thisYear - 1 || year > thisYear + 1) throw new Problem('invalid', 'run-year-wrong', { thisYear });
    const open = await openRunOf(trx, tenantId, sheet.kind, year);
    if (open) throw new Problem('conflict', 'run-open-already', { id: open.id });
    const id = newId(new Date(at));
    const run = {
      id,
      kind: sheet.kind,
      year,
      situation: name,
      versionId: version.id,
      ordinance: situation.decisions.decisions.get(sheet.decision)?.ordinance ?? sheet.law,
      title: titleOf(situation, year),
      dueDate: dueDayOf(situation, year, dayOf(at)),
      askedBy: asked.actor.id,
      createdAt: at,
    };
    await insertRun(trx, tenantId, run, { actor: `officer:${asked.actor.id}`, reason: '', at });
    return id;
  });
}

/**
 * Asks a second person to let the run start, or to take it back. Refuses `run-not-so-far`, `run-out-of-date` (count of duties that changed since the
 * preview: prepare it anew), `run-empty`. Returns the approval's id.
 */
export function askForRun(
  corridor: Corridor,
  tenantId: number,
  asked: Asked & { readonly runId: string; readonly question: Question; readonly reason: string },
): Promise<string> {
  const { runId, question, reason } = asked;
  return ordered(corridor, tenantId, asked, ['ask-for-run', runId, question, reason], async (trx, at) => {
    const run = await foundRun(trx, tenantId, runId);
    const to: RunState = question === 'start' ? 'asked' : 'undo-asked';
    permitRunMove(run.state, to);
    const totals = question === 'start' ? await freshTotals(trx, tenantId, run) : (run.totals as unknown as PlanTotals);
    const approvalId = await askApproval(trx, tenantId, {
      kind: 'run',
      subject: runId,
      amount: totals.amount,
      what: { runId, question, items: totals.planned, amount: totals.amount, title: run.title },
      reason,
      officerId: asked.actor.id,
      now: at,
    });
    await updateRun(trx, tenantId, runId, { approvalId, totals: totals as unknown as Json });
    await moveRun(trx, tenantId, run, to, { actor: `officer:${asked.actor.id}`, reason, at }, false);
    return approvalId;
  });
}

async function freshTotals(trx: Transaction, tenantId: number, run: RunRow): Promise<PlanTotals> {
  const stale = await staleCount(trx, tenantId, run.id);
  if (stale > 0) throw new Problem('conflict', 'run-out-of-date', { count: stale });
  const totals = await planTotals(trx, tenantId, run.id);
  if (totals.planned === 0) throw new Problem('conflict', 'run-empty');
  return totals;
}

const steps = {
  pause: { prescribing: 'prescribing-paused', undoing: 'undoing-paused', sending: 'sending-paused' },
  resume: { 'prescribing-paused': 'prescribing', 'undoing-paused': 'undoing', 'sending-paused': 'sending' },
  send: { prescribed: 'sending' },
  discard: { planning: 'discarded', planned: 'discarded' },
} as const satisfies Record<string, Partial<Record<RunState, RunState>>>;
export type Step = keyof typeof steps;

/** Refuses `run-not-found` and `run-not-so-far`. */
export function steerRun(
  corridor: Corridor,
  tenantId: number,
  asked: Asked & { readonly runId: string; readonly step: Step; readonly reason: string },
): Promise<string> {
  const { runId, step, reason } = asked;
  return ordered(corridor, tenantId, asked, ['steer-run', runId, step], async (trx, at) => {
    const run = await foundRun(trx, tenantId, runId);
    const to = (steps[step] as Partial<Record<RunState, RunState>>)[run.state];
    if (to === undefined) throw new Problem('conflict', 'run-not-so-far', { from: run.state, to: step });
    permitRunMove(run.state, to);
    const isNewPhase = step === 'send' || step === 'discard';
    await moveRun(trx, tenantId, run, to, { actor: `officer:${asked.actor.id}`, reason, at }, isNewPhase);
    return runId;
  });
}

/** The same order twice is one order. */
async function ordered(
  corridor: Corridor,
  tenantId: number,
  { commandId, actor }: Asked,
  order: readonly [name: string, ...rest: readonly unknown[]],
  work: (trx: Transaction, at: string) => Promise<string>,
): Promise<string> {
  permitMoney(actor);
  const hash = requestHash(order[0], [actor.id, ...order]);
  const ordering = corridor.db.withTenant(tenantId, async (trx) => {
    const earlier = await earlierAnswer(trx, tenantId, commandId, hash);
    if (earlier) return (earlier.result as { readonly id: string }).id;
    const at = corridor.clock.now().toISOString();
    const id = await work(trx, at);
    rememberAnswer(trx, tenantId, { id: commandId, name: order[0], caseId: null, requestHash: hash, at }, { id });
    return id;
  });
  const id = await withCommandId(ordering);
  corridor.poke();
  return id;
}
