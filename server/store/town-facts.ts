// Who the town is, as administrators said it revision by revision, and which account took payments since when. Both only grow.
import type { Transaction } from './database.ts';
import type { Json } from './json.ts';
import { ask } from './lane.ts';

export type FactsRevision = {
  readonly revision: number;
  readonly facts: Readonly<Record<string, Json>>;
  readonly takenFrom: number | null;
  readonly changedBy: string;
  readonly changedAt: Date;
};
export type AccountSince = { readonly since: Date; readonly account: string };

const HISTORY = 50;

/** The newest first. */
export const factsRevisions = (trx: Transaction, tenantId: number, limit = HISTORY): Promise<readonly FactsRevision[]> =>
  ask<FactsRevision>(trx, {
    text: `select revision, facts, taken_from as "takenFrom", changed_by as "changedBy", changed_at as "changedAt"
             from town_facts where tenant_id = $1 order by revision desc limit $2`,
    values: [tenantId, limit],
  });

/** False when somebody else has saved this revision meanwhile. */
export async function insertFacts(trx: Transaction, tenantId: number, row: FactsRevision): Promise<boolean> {
  const { revision, facts, takenFrom, changedBy, changedAt } = row;
  const inserted = await ask(trx, {
    text: `insert into town_facts (tenant_id, revision, facts, taken_from, changed_by, changed_at)
           values ($1, $2, $3, $4, $5, $6) on conflict do nothing returning revision`,
    values: [tenantId, revision, JSON.stringify(facts), takenFrom, changedBy, changedAt.toISOString()],
  });
  return inserted.length > 0;
}

/** The oldest first. */
export const accountsSince = (trx: Transaction, tenantId: number): Promise<readonly AccountSince[]> =>
  ask<AccountSince>(trx, { text: 'select since, account from town_account where tenant_id = $1 order by since', values: [tenantId] });

/** Nothing happens when it is the account that holds already. */
export async function noteAccount(trx: Transaction, tenantId: number, account: string, since: string): Promise<void> {
  await ask(trx, {
    text: `insert into town_account (tenant_id, since, account)
           select $1, $2, $3 where (select account from town_account where tenant_id = $1 order by since desc limit 1) is distinct from $3
           on conflict do nothing returning since`,
    values: [tenantId, since, account],
  });
}
