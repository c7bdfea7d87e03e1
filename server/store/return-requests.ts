// Requests of payers for their overpayments back. An officer settles each of them: a return is ordered, or refused with a reason.
import type { Transaction } from './database.ts';

export interface FreeMoney {
  readonly payerId: string | null;
  /** Haléře of the payment that lie on no prescription. */
  readonly free: number;
  /** It paid something that the tax code governs: what is over is an overpayment of a fee. */
  readonly isOfFees: boolean;
  /** What the payer owes of such fees and is late with. */
  readonly overdueFees: number;
}
/** Locks the payment, so that two requests do not ask for the same money. */
export async function freeMoney(trx: Transaction, tenantId: number, paymentId: string, today: string): Promise<FreeMoney | undefined> {
  const locked = await trx('payment').where({ tenant_id: tenantId, id: paymentId }).forUpdate().first('id');
  if (!locked) return undefined;
  const { rows } = await trx.raw<{ rows: FreeMoney[] }>(
    `select p.payer_id as "payerId", b.free,
            exists (select from live_allocation a join prescription d on d.tenant_id = a.tenant_id and d.id = a.prescription_id
                     where a.tenant_id = p.tenant_id and a.payment_id = p.id and d.regime = 'dr') as "isOfFees",
            coalesce((select sum(o.open) from prescription d join prescription_balance o on o.tenant_id = d.tenant_id and o.id = d.id
                       where d.tenant_id = p.tenant_id and d.debtor_id = p.payer_id and d.regime = 'dr' and d.due_date < :today and d.cancelled_at is null), 0)::bigint as "overdueFees"
       from payment p join payment_balance b on b.tenant_id = p.tenant_id and b.id = p.id where p.tenant_id = :t and p.id = :payment`,
    { t: tenantId, payment: paymentId, today },
  );
  return rows[0];
}

export interface ReturnRequest {
  readonly id: string;
  readonly paymentId: string;
  readonly payerId: string;
  readonly personId: string;
  readonly amount: number;
  readonly account: string;
  readonly name: string;
  readonly askedAt: string;
  /** Last day for sending the money. */
  readonly dueOn: string;
}
/** Throws a violation of `return_request_open` when one waits already. */
export async function insertRequest(trx: Transaction, tenantId: number, request: ReturnRequest): Promise<void> {
  await trx('return_request').insert({
    tenant_id: tenantId,
    id: request.id,
    payment_id: request.paymentId,
    payer_id: request.payerId,
    person_id: request.personId,
    amount: request.amount,
    to_account: request.account,
    to_name: request.name,
    asked_at: request.askedAt,
    due_on: request.dueOn,
  });
}

/** The payment of a request that waits; undefined when it was settled or never was. */
export async function paymentOfRequest(trx: Transaction, tenantId: number, id: string): Promise<string | undefined> {
  const row = await trx('return_request')
    .where({ tenant_id: tenantId, id })
    .whereNull('verdict')
    .first<{ payment_id: string } | undefined>('payment_id');
  return row?.payment_id;
}

export async function takeBackRequest(
  trx: Transaction,
  tenantId: number,
  { id, personId, at }: { readonly id: string; readonly personId: string; readonly at: string },
): Promise<boolean> {
  const changed = await trx('return_request')
    .where({ tenant_id: tenantId, id, person_id: personId })
    .whereNull('verdict')
    .update({ verdict: 'taken-back', settled_at: at, settled_by: `citizen:${personId}` });
  return changed === 1;
}

/** An officer's decision: a return of its payment was ordered (`refundId`), or it is refused. False when nothing waits for one. */
export async function settleRequest(
  trx: Transaction,
  tenantId: number,
  which: { readonly id: string } | { readonly paymentId: string },
  decided: { readonly by: string; readonly at: string } & ({ readonly refundId: string } | { readonly refusedFor: string }),
): Promise<boolean> {
  const verdict =
    'refundId' in decided
      ? { verdict: 'ordered', refund_id: decided.refundId }
      : { verdict: 'refused', verdict_reason: decided.refusedFor };
  const changed = await trx('return_request')
    .where({ tenant_id: tenantId, ...('id' in which ? { id: which.id } : { payment_id: which.paymentId }) })
    .whereNull('verdict')
    .update({ ...verdict, settled_at: decided.at, settled_by: decided.by });
  return changed === 1;
}
