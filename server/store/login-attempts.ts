// Wrong passwords in a row, by name. Counted before the password is tried, so that a hundred tries at once are not one.
import type { Transaction } from './database.ts';
import { ask } from './lane.ts';

export interface AttemptRule {
  /** Wrong ones before a name has to wait. */
  readonly free: number;
  /** Milliseconds of the first wait; each further wrong one doubles it, up to `longestMs`. */
  readonly firstMs: number;
  readonly longestMs: number;
  /** Milliseconds after which wrong ones are forgotten. */
  readonly forgetMs: number;
}

/** Counts the try as wrong in advance. Until when the name must wait; undefined = the password may be tried. */
export async function beginAttempt(
  trx: Transaction,
  tenantId: number,
  accountHash: string,
  { at, rule }: { readonly at: Date; readonly rule: AttemptRule },
): Promise<Date | undefined> {
  const { free, firstMs, longestMs, forgetMs } = rule;
  const forgotten = new Date(at.getTime() - forgetMs);
  await ask(trx, { text: 'delete from login_attempt where tenant_id = $1 and last_at < $2', values: [tenantId, forgotten] });
  const [row] = await ask<{ failures: number; blocked_until: Date | null }>(trx, {
    text: `insert into login_attempt as a (tenant_id, account_hash, failures, last_at) values ($1, $2, 1, $3)
           on conflict (tenant_id, account_hash) do update set
             failures = case when a.blocked_until > $3 then a.failures else a.failures + 1 end, last_at = $3
           returning failures, blocked_until`,
    values: [tenantId, accountHash, at],
  });
  if (row?.blocked_until && new Date(row.blocked_until) > at) return new Date(row.blocked_until);
  const over = (row?.failures ?? 0) - free;
  if (over >= 0) {
    const until = new Date(at.getTime() + Math.min(firstMs * 2 ** Math.min(over, 20), longestMs));
    await ask(trx, {
      text: 'update login_attempt set blocked_until = $3 where tenant_id = $1 and account_hash = $2',
      values: [tenantId, accountHash, until],
    });
  }
  return undefined;
}

/** The password was right. */
export async function forgetAttempts(trx: Transaction, tenantId: number, accountHash: string): Promise<void> {
  await trx('login_attempt').where({ tenant_id: tenantId, account_hash: accountHash }).delete();
}

/** Nobody could say whether it was right: it does not count, and the name need not wait for it. */
export async function takeBackAttempt(trx: Transaction, tenantId: number, accountHash: string): Promise<void> {
  await trx('login_attempt')
    .where({ tenant_id: tenantId, account_hash: accountHash })
    .update({ failures: trx.raw('greatest(failures - 1, 0)'), blocked_until: null });
}
