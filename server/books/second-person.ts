// The gate of four eyes: an act above the town's limit passes only with an approval that was given for exactly this.
import { fourEyesAbove, needsSecond } from '../domain/money/four-eyes.ts';
import { Problem } from '../domain/problem.ts';
import type { Transaction } from '../store/database.ts';
import { lockApproval, settingsOf } from '../store/approvals.ts';
import type { By } from './booking.ts';

export interface Weighed {
  readonly kind: string;
  readonly subject: string;
  /** Haléře that are decided about. */
  readonly amount: number;
  readonly by: By;
  /** Id of a decided approval. */
  readonly approval?: string | undefined;
}
/** Who approved it, for the entries; undefined when one person is enough. Refuses `needs-second-person` and `approval-does-not-fit`. */
export async function secondPerson(trx: Transaction, tenantId: number, act: Weighed): Promise<string | undefined> {
  if (act.approval === undefined) {
    const limit = fourEyesAbove(await settingsOf(trx, tenantId));
    if (needsSecond(act.by, act.amount, limit)) throw new Problem('forbidden', 'needs-second-person', { limit, amount: act.amount });
    return undefined;
  }
  const found = await lockApproval(trx, tenantId, act.approval);
  const fits = found?.verdict === 'approved' && found.kind === act.kind && found.subject === act.subject && found.amount === act.amount;
  if (!fits || found.decidedBy === null) throw new Problem('forbidden', 'approval-does-not-fit');
  return `officer:${found.decidedBy}`;
}

/** Names the act's transaction: an approval serves once, whatever is tried with it. */
export const keyOf = (kind: string, id: string, approval: string | undefined): string =>
  approval === undefined ? `${kind}:${id}` : `approved:${approval}`;

export function mustBeNew(booked: ReadonlySet<string>, id: string): void {
  if (!booked.has(id)) throw new Problem('conflict', 'approval-used-before');
}
