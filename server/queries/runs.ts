// Yearly runs for people: the preview with its sums, how far the work is, and the proof.
import type { RunCard, RunItems, RunKind, RunList, RunProofView, RunView } from '../contract/runs.ts';
import { dayOf } from '../domain/calendar.ts';
import { mayHandleMoney, type Actor } from '../domain/permission.ts';
import { Problem } from '../domain/problem.ts';
import { lockApproval } from '../store/approvals.ts';
import type { Transaction } from '../store/database.ts';
import { letterSums } from '../store/fee-run-letters.ts';
import { itemsFor, planTotals, sumsByAmount, sumsByDifference, sumsByRule, sumsByState, type ItemFilter } from '../store/fee-run-sums.ts';
import { dutyCounts, listRuns, movesOfRun, runById, type RunRow } from '../store/fee-runs.ts';
import { newestVersions, versionById } from '../store/situations.ts';
import { inTurn, situationOf, type Reader } from './reader.ts';

const PAGE_SIZE = 100;
const NEWEST = 30;
type Officer = Extract<Actor, { kind: 'officer' }>;

export function readRuns(reader: Reader, tenantId: number, actor: Officer): Promise<RunList> {
  return reader.db.withTenant(tenantId, async (trx) => {
    const thisYear = Number(dayOf(reader.now().toISOString()).slice(0, 4));
    const runs = await listRuns(trx, tenantId, NEWEST);
    return {
      runs: await inTurn(runs, (run) => card(trx, tenantId, run)),
      kinds: await kindsOf(reader, trx, tenantId),
      years: [thisYear, thisYear + 1, thisYear - 1],
      mayOrder: mayHandleMoney(actor),
    };
  });
}

async function kindsOf(reader: Reader, trx: Transaction, tenantId: number): Promise<readonly RunKind[]> {
  const counts = await dutyCounts(trx, tenantId, dayOf(reader.now().toISOString()));
  const kinds: RunKind[] = [];
  for (const version of await newestVersions(trx, tenantId)) {
    const { sheet, decisions } = await situationOf(reader, trx, tenantId, version.id);
    const { duty } = sheet;
    if (!duty) continue;
    kinds.push({
      situation: sheet.id,
      kind: duty.kind,
      title: duty.title.cs,
      ordinance: decisions.decisions.get(duty.decision)?.ordinance ?? '',
      law: duty.law,
      caution: duty.caution ?? null,
      duties: counts.get(duty.kind) ?? 0,
    });
  }
  return kinds.toSorted((a, b) => a.title.localeCompare(b.title, 'cs'));
}

/** Refuses `run-not-found`. */
export function readRun(reader: Reader, tenantId: number, actor: Officer, id: string): Promise<RunView> {
  return reader.db.withTenant(tenantId, async (trx) => {
    const run = await runById(trx, tenantId, id);
    if (!run) throw new Problem('not-found', 'run-not-found');
    const states = await sumsByState(trx, tenantId, id);
    const totals = await planTotals(trx, tenantId, id);
    const version = await versionById(trx, tenantId, run.versionId);
    const situation = await situationOf(reader, trx, tenantId, run.versionId);
    const problems = await itemsFor(trx, tenantId, id, { isProblem: true }, { offset: 0, limit: 1 });
    const letters = await letterSums(trx, tenantId, id);
    const moves = await movesOfRun(trx, tenantId, id);
    const proof = run.proof as unknown as RunProofView | null;
    return {
      ...(await card(trx, tenantId, run)),
      ordinance: run.ordinance,
      version: version?.number ?? 0,
      dueDate: run.dueDate,
      caution: situation.sheet.duty?.caution ?? null,
      progress: progressOf(run, states, letters, (await dutyCounts(trx, tenantId, null)).get(run.kind) ?? 0),
      totals: { items: totals.planned, amount: totals.amount, payers: totals.payers, previous: totals.previous },
      states,
      rules: await sumsByRule(trx, tenantId, id),
      amounts: await sumsByAmount(trx, tenantId, id),
      differences: await sumsByDifference(trx, tenantId, id),
      problems: problems.total,
      approval: await approvalOf(trx, tenantId, run, actor),
      proof,
      letters,
      moves: await inTurn(moves, async ({ toState, actor: who, reason, at }) => ({
        state: toState,
        who: await nameOf(trx, tenantId, who),
        reason,
        at,
      })),
    };
  });
}

type Counted = { readonly state: string; readonly items: number };
function progressOf(
  run: RunRow,
  states: readonly Counted[],
  letters: readonly { readonly channel: string; readonly state: string; readonly letters: number }[],
  duties: number,
): { readonly done: number; readonly of: number } {
  const count = (...of: readonly string[]): number =>
    states.filter(({ state }) => of.includes(state)).reduce((sum, { items }) => sum + items, 0);
  switch (run.state) {
    case 'planning':
      return { done: count(...states.map(({ state }) => state)), of: duties };
    case 'undoing':
    case 'undoing-paused':
      return { done: count('undone'), of: count('undone', 'prescribed') };
    case 'sending':
    case 'sending-paused': {
      const mine = letters.filter(({ channel }) => channel === 'data-box' || channel === 'e-mail');
      const sum = (list: typeof mine): number => list.reduce((total, one) => total + one.letters, 0);
      return { done: sum(mine.filter(({ state }) => state !== 'waiting')), of: sum(mine) };
    }
    default:
      return { done: count('prescribed', 'undone', 'held'), of: count('planned', 'prescribed', 'undone', 'held') };
  }
}

async function approvalOf(trx: Transaction, tenantId: number, run: RunRow, actor: Officer): Promise<RunView['approval']> {
  if ((run.state !== 'asked' && run.state !== 'undo-asked') || run.approvalId === null) return null;
  const approval = await lockApproval(trx, tenantId, run.approvalId);
  if (!approval) return null;
  const { question } = approval.what as { readonly question: 'start' | 'undo' };
  return {
    question,
    askedBy: await nameOf(trx, tenantId, `officer:${approval.askedBy}`),
    isMine: approval.askedBy === actor.id,
    reason: approval.reason,
  };
}

/** Refuses `run-not-found`. */
export function readRunItems(
  reader: Reader,
  tenantId: number,
  id: string,
  asked: ItemFilter & { readonly page: number },
): Promise<RunItems> {
  return reader.db.withTenant(tenantId, async (trx) => {
    if (!(await runById(trx, tenantId, id))) throw new Problem('not-found', 'run-not-found');
    const { page, ...filter } = asked;
    const found = await itemsFor(trx, tenantId, id, filter, { offset: (page - 1) * PAGE_SIZE, limit: PAGE_SIZE });
    return { page, pageSize: PAGE_SIZE, ...found };
  });
}

async function card(trx: Transaction, tenantId: number, run: RunRow): Promise<RunCard> {
  const { id, title, kind, year, state, createdAt } = run;
  return { id, title, kind, year, state, createdAt, askedBy: await nameOf(trx, tenantId, `officer:${run.askedBy}`) };
}

/** The officer's name; empty for the run itself and the clock. */
async function nameOf(trx: Transaction, tenantId: number, actor: string): Promise<string> {
  const id = /^officer:(.+)$/.exec(actor)?.[1];
  if (id === undefined) return '';
  const row = await trx('officer').where({ tenant_id: tenantId, id }).first('name');
  return (row?.['name'] as string | undefined) ?? '';
}
