// The proof of a run: its items walked through once more, the chain of hashes, and the same sums asked from the ledger by another way.
import { Problem } from '../../domain/problem.ts';
import type { Transaction } from '../../store/database.ts';
import { ledgerOfRun, prescribedItems } from '../../store/fee-run-items.ts';
import { runById, type RunRow } from '../../store/fee-runs.ts';
import type { Corridor } from '../corridor.ts';
import { linkOf } from './chain.ts';

const PAGE = 5_000;

export interface RunProof {
  /** Items that were prescribed, and their sum in haléře. */
  readonly items: number;
  readonly amount: number;
  /** Last hash of the chain. */
  readonly head: string;
  readonly ledger: {
    readonly prescriptions: number;
    readonly duties: number;
    /** Sum of the first entries of these prescriptions. */
    readonly prescribed: number;
    /** What is left of it after corrections and storno. */
    readonly balance: number;
  };
  /** Empty when all agrees. */
  readonly disagreements: readonly ('chain' | 'count' | 'amount' | 'twice')[];
}

/** Reads all items; 30,000 in about a second. */
export async function proveRun(trx: Transaction, tenantId: number, run: Pick<RunRow, 'id' | 'head'>): Promise<RunProof> {
  let head = '';
  let items = 0;
  let amount = 0;
  let isWhole = true;
  for (let after = 0; ;) {
    const page = await prescribedItems(trx, tenantId, run.id, { after, limit: PAGE, states: ['prescribed', 'undone'] });
    for (const item of page) {
      head = linkOf(head, item);
      isWhole &&= head === item.proof;
      items += 1;
      amount += item.amount;
    }
    if (page.length < PAGE) break;
    after = page.at(-1)?.place ?? after;
  }
  const ledger = await ledgerOfRun(trx, tenantId, run.id);
  return {
    items,
    amount,
    head,
    ledger,
    disagreements: [
      ...(isWhole && head === run.head ? [] : (['chain'] as const)),
      ...(ledger.prescriptions === items ? [] : (['count'] as const)),
      ...(ledger.prescribed === amount ? [] : (['amount'] as const)),
      ...(ledger.duties === ledger.prescriptions ? [] : (['twice'] as const)),
    ],
  };
}

/** The proof as it comes out now. Refuses `run-not-found`. */
export function proveNow(corridor: Corridor, tenantId: number, runId: string): Promise<RunProof & { readonly at: string }> {
  return corridor.db.withTenant(tenantId, async (trx) => {
    const run = await runById(trx, tenantId, runId);
    if (!run) throw new Problem('not-found', 'run-not-found');
    return { ...(await proveRun(trx, tenantId, run)), at: corridor.clock.now().toISOString() };
  });
}
