// Prescriptions, payments and allocations. Whole haléře; nothing is ever deleted.
import type { Json } from './json.ts';
import type { Transaction } from './database.ts';
import { ask } from './lane.ts';
import { fromRow } from './row.ts';

export interface PrescriptionRow {
  readonly id: string;
  readonly caseId: string;
  readonly executionId: string;
  readonly payerId: string | null;
  readonly title: string;
  readonly amount: number;
  readonly variableSymbol: string;
  readonly dueDate: string;
  /** Deadline of law that moves the due day; null when it is fixed. */
  readonly dueDeadline: string | null;
  readonly legalBasis: string;
  readonly decision: Json;
  readonly createdAt: string;
  readonly cancelledAt: string | null;
  readonly cancelReason: string | null;
  /** Sum of allocations. */
  readonly paid: number;
}
export type NewPrescription = Omit<PrescriptionRow, 'paid' | 'cancelledAt' | 'cancelReason'>;

const WITH_PAID = `select p.*, coalesce((select sum(a.amount) from allocation a where a.tenant_id = p.tenant_id and a.prescription_id = p.id), 0)::bigint as paid from prescription p`;

export async function insertPrescription(trx: Transaction, tenantId: number, p: NewPrescription): Promise<void> {
  await trx('prescription').insert({
    tenant_id: tenantId,
    id: p.id,
    case_id: p.caseId,
    execution_id: p.executionId,
    payer_id: p.payerId,
    title: p.title,
    amount: p.amount,
    variable_symbol: p.variableSymbol,
    due_date: p.dueDate,
    due_deadline: p.dueDeadline,
    legal_basis: p.legalBasis,
    decision: p.decision === null ? null : JSON.stringify(p.decision),
    created_at: p.createdAt,
  });
}
export async function prescriptionsOf(trx: Transaction, tenantId: number, caseId: string): Promise<readonly PrescriptionRow[]> {
  const { rows } = await trx.raw<{ rows: object[] }>(`${WITH_PAID} where p.tenant_id = ? and p.case_id = ? order by p.created_at`, [
    tenantId,
    caseId,
  ]);
  return rows.map(prescriptionRow);
}
export async function prescriptionBySymbol(
  trx: Transaction,
  tenantId: number,
  variableSymbol: string,
): Promise<PrescriptionRow | undefined> {
  const { rows } = await trx.raw<{ rows: object[] }>(`${WITH_PAID} where p.tenant_id = ? and p.variable_symbol = ?`, [
    tenantId,
    variableSymbol,
  ]);
  return rows[0] && prescriptionRow(rows[0]);
}
export async function prescriptionById(trx: Transaction, tenantId: number, id: string): Promise<PrescriptionRow | undefined> {
  const { rows } = await trx.raw<{ rows: object[] }>(`${WITH_PAID} where p.tenant_id = ? and p.id = ?`, [tenantId, id]);
  return rows[0] && prescriptionRow(rows[0]);
}
/** Cancels prescriptions; what had been paid on them in part becomes unmatched money again. */
export async function cancelPrescriptions(
  trx: Transaction,
  tenantId: number,
  ids: readonly string[],
  reason: string,
  at: string,
): Promise<void> {
  await trx('prescription')
    .where({ tenant_id: tenantId })
    .whereIn('id', [...ids])
    .whereNull('cancelled_at')
    .update({ cancelled_at: at, cancel_reason: reason });
  await trx('payment')
    .where({ tenant_id: tenantId })
    .whereIn(
      'id',
      trx('allocation')
        .where({ tenant_id: tenantId })
        .whereIn('prescription_id', [...ids])
        .select('payment_id'),
    )
    .update({ unmatched_reason: 'prescription-cancelled' });
}
const prescriptionRow = (row: object): PrescriptionRow => fromRow<PrescriptionRow>(row);

export interface PaymentRow {
  readonly id: string;
  readonly source: string;
  readonly sourceId: string;
  readonly amount: number;
  readonly variableSymbol: string;
  readonly counterAccount: string;
  readonly payerName: string;
  readonly message: string;
  readonly receivedOn: string;
  readonly recordedAt: string;
  /** Why money, or a part of it, belongs to no prescription; null when all of it is allocated. */
  readonly unmatchedReason: string | null;
}
/** False when the item was credited before: a statement may be read twice, money counts once. */
export async function insertPayment(trx: Transaction, tenantId: number, p: PaymentRow): Promise<boolean> {
  const rows = await trx('payment')
    .insert({
      tenant_id: tenantId,
      id: p.id,
      source: p.source,
      source_id: p.sourceId,
      amount: p.amount,
      variable_symbol: p.variableSymbol,
      counter_account: p.counterAccount,
      payer_name: p.payerName,
      message: p.message,
      received_on: p.receivedOn,
      recorded_at: p.recordedAt,
      unmatched_reason: p.unmatchedReason,
    })
    .onConflict(['tenant_id', 'source', 'source_id'])
    .ignore()
    .returning('id');
  return rows.length === 1;
}
export async function paymentById(
  trx: Transaction,
  tenantId: number,
  id: string,
): Promise<(PaymentRow & { readonly allocated: number; readonly returnRequestedAt: string | null }) | undefined> {
  const { rows } = await trx.raw<{ rows: object[] }>(
    `select p.*, coalesce((select sum(a.amount) from allocation a where a.tenant_id = p.tenant_id and a.payment_id = p.id), 0)::bigint as allocated
       from payment p where p.tenant_id = ? and p.id = ? for update of p`,
    [tenantId, id],
  );
  return rows[0] && fromRow<PaymentRow & { readonly allocated: number; readonly returnRequestedAt: string | null }>(rows[0]);
}
export async function setUnmatched(trx: Transaction, tenantId: number, paymentId: string, reason: string | null): Promise<void> {
  await trx('payment').where({ tenant_id: tenantId, id: paymentId }).update({ unmatched_reason: reason });
}
export async function requestReturn(trx: Transaction, tenantId: number, paymentId: string, note: string, at: string): Promise<void> {
  await trx('payment').where({ tenant_id: tenantId, id: paymentId }).update({ return_requested_at: at, return_note: note });
}

export interface NewAllocation {
  readonly id: string;
  readonly paymentId: string;
  readonly prescriptionId: string;
  readonly amount: number;
  readonly at: string;
  readonly by: string;
}
export async function insertAllocation(trx: Transaction, tenantId: number, a: NewAllocation): Promise<void> {
  await trx('allocation').insert({
    tenant_id: tenantId,
    id: a.id,
    payment_id: a.paymentId,
    prescription_id: a.prescriptionId,
    amount: a.amount,
    at: a.at,
    allocated_by: a.by,
  });
}

export interface CardPaymentRow {
  readonly id: string;
  readonly caseId: string;
  readonly prescriptionId: string;
  readonly amount: number;
  readonly effectKey: string;
  readonly remoteId: string | null;
  readonly gatewayUrl: string | null;
  /** The gateway's own state, or null before it answered. */
  readonly remoteState: string | null;
  readonly failure: string | null;
  readonly createdAt: string;
}
export async function insertCardPayment(trx: Transaction, tenantId: number, c: CardPaymentRow): Promise<void> {
  await trx('card_payment').insert({
    tenant_id: tenantId,
    id: c.id,
    case_id: c.caseId,
    prescription_id: c.prescriptionId,
    amount: c.amount,
    effect_key: c.effectKey,
    created_at: c.createdAt,
    updated_at: c.createdAt,
  });
}
export async function updateCardPayment(
  trx: Transaction,
  tenantId: number,
  id: string,
  change: Partial<Pick<CardPaymentRow, 'remoteId' | 'gatewayUrl' | 'remoteState' | 'failure'>>,
  at: string,
): Promise<void> {
  const columns: Record<string, unknown> = { updated_at: at };
  if (change.remoteId !== undefined) columns['remote_id'] = change.remoteId;
  if (change.gatewayUrl !== undefined) columns['gateway_url'] = change.gatewayUrl;
  if (change.remoteState !== undefined) columns['remote_state'] = change.remoteState;
  if (change.failure !== undefined) columns['failure'] = change.failure;
  await trx('card_payment').where({ tenant_id: tenantId, id }).update(columns);
}
export async function cardPaymentBy(
  trx: Transaction,
  tenantId: number,
  by: { readonly id: string } | { readonly remote_id: string } | { readonly effect_key: string },
): Promise<CardPaymentRow | undefined> {
  const row = await trx('card_payment')
    .where({ tenant_id: tenantId, ...by })
    .first();
  return row && cardPaymentRow(row);
}
export async function cardPaymentOfEffect(trx: Transaction, tenantId: number, key: string): Promise<CardPaymentRow | undefined> {
  const [row] = await ask(trx, { text: 'select * from card_payment where tenant_id = $1 and effect_key = $2', values: [tenantId, key] });
  return row && cardPaymentRow(row);
}
/** Card payments whose end we do not know; the gateway is asked about them when no notification came. */
export async function openCardPayments(
  trx: Transaction,
  tenantId: number,
  olderThan: string,
  limit: number,
): Promise<readonly CardPaymentRow[]> {
  const rows = await trx('card_payment')
    .where({ tenant_id: tenantId })
    .whereNotNull('remote_id')
    .whereIn('remote_state', ['CREATED', 'PAYMENT_METHOD_CHOSEN', 'AUTHORIZED'])
    .where('updated_at', '<', olderThan)
    .orderBy('updated_at')
    .limit(limit);
  return rows.map(cardPaymentRow);
}
const cardPaymentRow = (row: object): CardPaymentRow => fromRow<CardPaymentRow>(row);
