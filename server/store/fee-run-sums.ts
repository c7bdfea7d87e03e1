// Sums over a run's items and letters, for its preview and its progress.
import type { Transaction } from './database.ts';
import type { Difference, ItemState } from './fee-run-items.ts';

export interface PlanTotals {
  /** Items that will be prescribed, and what they come to in haléře. */
  readonly planned: number;
  readonly amount: number;
  readonly payers: number;
  readonly previous: number;
}
export async function planTotals(trx: Transaction, tenantId: number, runId: string): Promise<PlanTotals> {
  const { rows } = await trx.raw<{ rows: PlanTotals[] }>(
    `select count(*) filter (where state in ('planned', 'held', 'prescribed', 'undone'))::int as planned,
            coalesce(sum(amount) filter (where state in ('planned', 'held', 'prescribed', 'undone')), 0)::bigint as amount,
            count(distinct payer_id) filter (where state in ('planned', 'held', 'prescribed', 'undone'))::int as payers,
            coalesce(sum(previous), 0)::bigint as previous
       from fee_run_item where tenant_id = ? and run_id = ?`,
    [tenantId, runId],
  );
  return rows[0] ?? { planned: 0, amount: 0, payers: 0, previous: 0 };
}

export interface Sum {
  readonly items: number;
  readonly amount: number;
}
export async function sumsByState(
  trx: Transaction,
  tenantId: number,
  runId: string,
): Promise<readonly ({ readonly state: ItemState } & Sum)[]> {
  return sums(trx, tenantId, runId, 'state');
}
export async function sumsByRule(trx: Transaction, tenantId: number, runId: string): Promise<readonly ({ readonly rule: string } & Sum)[]> {
  return sums(trx, tenantId, runId, 'rule', `and state in ('planned', 'held', 'prescribed', 'undone', 'free', 'already')`);
}
/** By the amount of one item; the most frequent first. */
export async function sumsByAmount(
  trx: Transaction,
  tenantId: number,
  runId: string,
): Promise<readonly ({ readonly each: number } & Sum)[]> {
  return sums(trx, tenantId, runId, 'amount as each', `and state in ('planned', 'held', 'prescribed', 'undone')`);
}
export async function sumsByDifference(
  trx: Transaction,
  tenantId: number,
  runId: string,
): Promise<readonly ({ readonly difference: Difference; readonly previous: number } & Sum)[]> {
  const { rows } = await trx.raw<{ rows: ({ difference: Difference; previous: number } & Sum)[] }>(
    `select difference, count(*)::int as items, coalesce(sum(amount), 0)::bigint as amount, coalesce(sum(previous), 0)::bigint as previous
       from fee_run_item where tenant_id = ? and run_id = ? group by difference order by difference`,
    [tenantId, runId],
  );
  return rows;
}

/** `column` and `where` are ours, never what somebody sent. */
async function sums<Row>(trx: Transaction, tenantId: number, runId: string, column: string, where = ''): Promise<readonly (Row & Sum)[]> {
  const { rows } = await trx.raw<{ rows: (Row & Sum)[] }>(
    `select ${column}, count(*)::int as items, coalesce(sum(amount), 0)::bigint as amount
       from fee_run_item where tenant_id = ? and run_id = ? ${where} group by ${column.split(' ')[0]} order by items desc, 1 limit 100`,
    [tenantId, runId],
  );
  return rows;
}

export interface ItemView {
  readonly place: number;
  readonly payer: string;
  readonly payerId: string;
  readonly subject: string;
  readonly state: ItemState;
  readonly amount: number;
  readonly previous: number;
  readonly difference: Difference;
  readonly rule: string;
  readonly problem: string | null;
  readonly variableSymbol: string | null;
  readonly proof: string | null;
}
export interface ItemFilter {
  readonly state?: ItemState | undefined;
  readonly difference?: Difference | undefined;
  readonly rule?: string | undefined;
  readonly amount?: number | undefined;
  /** Only items about which something must be said. */
  readonly isProblem?: boolean | undefined;
}
export async function itemsFor(
  trx: Transaction,
  tenantId: number,
  runId: string,
  filter: ItemFilter,
  page: { readonly offset: number; readonly limit: number },
): Promise<{ readonly items: readonly ItemView[]; readonly total: number }> {
  const chosen = trx('fee_run_item as i').where({ 'i.tenant_id': tenantId, 'i.run_id': runId });
  if (filter.state !== undefined) void chosen.where('i.state', filter.state);
  if (filter.difference !== undefined) void chosen.where('i.difference', filter.difference);
  if (filter.rule !== undefined) void chosen.where('i.rule', filter.rule);
  if (filter.amount !== undefined) void chosen.where('i.amount', filter.amount);
  if (filter.isProblem) void chosen.where((either) => either.whereNotNull('i.problem').orWhere('i.state', 'held'));
  const count = await chosen.clone().count('* as n').first();
  const rows = await chosen
    .join('fee_duty as d', (on) => on.on('d.tenant_id', 'i.tenant_id').andOn('d.id', 'i.duty_id'))
    .join('payer as p', (on) => on.on('p.tenant_id', 'i.tenant_id').andOn('p.id', 'i.payer_id'))
    .orderBy('i.place')
    .offset(page.offset)
    .limit(page.limit)
    .select(
      'i.place',
      'p.name as payer',
      'i.payer_id as payerId',
      'd.subject',
      'i.state',
      'i.amount',
      'i.previous',
      'i.difference',
      'i.rule',
      'i.problem',
    )
    .select('i.variable_symbol as variableSymbol', 'i.proof');
  return { items: rows as ItemView[], total: Number(count?.['n'] ?? 0) };
}
