// Cash desks, their shifts and receipts. Receipts are only added; a closed shift takes no more (PostgreSQL refuses, VY005).
import type { Transaction } from './database.ts';
import type { Json } from './json.ts';
import { fromRow } from './row.ts';

export interface ShiftRow {
  readonly id: string;
  readonly desk: string;
  readonly officerId: string;
  readonly openedAt: string;
  readonly opening: number;
  readonly closedAt: string | null;
  readonly expected: number | null;
  readonly counted: number | null;
  readonly denominations: Json;
  readonly differenceReason: string;
  readonly handedOver: number | null;
  readonly cardTotal: number | null;
}
export interface ReceiptRow {
  readonly id: string;
  readonly shiftId: string;
  readonly desk: string;
  readonly series: 'PPD' | 'VPD';
  readonly year: number;
  readonly number: number;
  readonly kind: 'in' | 'out' | 'storno';
  readonly way: 'cash' | 'card';
  /** Negative for what left the desk. */
  readonly amount: number;
  readonly given: number | null;
  readonly name: string;
  readonly lines: Json;
  readonly paymentId: string | null;
  readonly refundId: string | null;
  readonly reverses: string | null;
  readonly reason: string;
  readonly officerId: string;
  readonly issuedAt: string;
}

export async function saveDesk(trx: Transaction, tenantId: number, desk: { readonly code: string; readonly name: string }): Promise<void> {
  await trx('cash_desk')
    .insert({ tenant_id: tenantId, ...desk })
    .onConflict(['tenant_id', 'code'])
    .merge(['name']);
}
/** Locked, so that two who open it at once come one after the other. */
export async function lockDesk(trx: Transaction, tenantId: number, code: string): Promise<boolean> {
  return (await trx('cash_desk').where({ tenant_id: tenantId, code }).forUpdate().first('code')) !== undefined;
}

export async function insertShift(
  trx: Transaction,
  tenantId: number,
  shift: Pick<ShiftRow, 'id' | 'desk' | 'officerId' | 'openedAt' | 'opening'>,
): Promise<void> {
  await trx('cash_shift').insert({
    tenant_id: tenantId,
    id: shift.id,
    desk: shift.desk,
    officer_id: shift.officerId,
    opened_at: shift.openedAt,
    opening: shift.opening,
  });
}
/** The open shift of an officer, locked until the transaction ends: closing waits for whoever is taking money, and the other way round. */
export async function lockOpenShift(trx: Transaction, tenantId: number, officerId: string): Promise<ShiftRow | undefined> {
  const row = await trx('cash_shift').where({ tenant_id: tenantId, officer_id: officerId }).whereNull('closed_at').forUpdate().first();
  return row && shiftRow(row);
}
/** Who sits at the desk now. */
export async function openShiftAt(trx: Transaction, tenantId: number, desk: string): Promise<{ readonly officer: string } | undefined> {
  return trx('cash_shift as s')
    .join('officer as o', (on) => on.on('o.tenant_id', 's.tenant_id').andOn('o.id', 's.officer_id'))
    .where({ 's.tenant_id': tenantId, 's.desk': desk })
    .whereNull('s.closed_at')
    .first('o.name as officer');
}
/** True when a shift opened in this month (`YYYY-MM`, Europe/Prague) or before is still open. */
export async function openShiftsUntil(trx: Transaction, tenantId: number, month: string): Promise<boolean> {
  const row = await trx('cash_shift')
    .where({ tenant_id: tenantId })
    .whereNull('closed_at')
    .whereRaw(`to_char(opened_at at time zone 'Europe/Prague', 'YYYY-MM') <= ?`, [month])
    .first('id');
  return row !== undefined;
}
export async function hasHadShift(trx: Transaction, tenantId: number, desk: string): Promise<boolean> {
  return (await trx('cash_shift').where({ tenant_id: tenantId, desk }).first('id')) !== undefined;
}
export async function closeShiftRow(
  trx: Transaction,
  tenantId: number,
  id: string,
  end: {
    readonly closedAt: string;
    readonly expected: number;
    readonly counted: number;
    readonly denominations: Json;
    readonly reason: string;
    readonly handedOver: number;
    readonly cardTotal: number;
  },
): Promise<void> {
  await trx('cash_shift')
    .where({ tenant_id: tenantId, id })
    .update({
      closed_at: end.closedAt,
      expected: end.expected,
      counted: end.counted,
      denominations: JSON.stringify(end.denominations),
      difference_reason: end.reason,
      handed_over: end.handedOver,
      card_total: end.cardTotal,
    });
}

export async function insertReceipt(trx: Transaction, tenantId: number, receipt: ReceiptRow): Promise<void> {
  await trx('cash_receipt').insert({
    tenant_id: tenantId,
    id: receipt.id,
    shift_id: receipt.shiftId,
    desk: receipt.desk,
    series: receipt.series,
    year: receipt.year,
    number: receipt.number,
    kind: receipt.kind,
    way: receipt.way,
    amount: receipt.amount,
    given: receipt.given,
    name: receipt.name,
    lines: JSON.stringify(receipt.lines),
    payment_id: receipt.paymentId,
    refund_id: receipt.refundId,
    reverses: receipt.reverses,
    reason: receipt.reason,
    officer_id: receipt.officerId,
    issued_at: receipt.issuedAt,
  });
}
export async function receiptById(trx: Transaction, tenantId: number, id: string): Promise<ReceiptRow | undefined> {
  const row = await trx('cash_receipt').where({ tenant_id: tenantId, id }).first();
  return row && receiptRow(row);
}
export async function stornoOf(trx: Transaction, tenantId: number, id: string): Promise<ReceiptRow | undefined> {
  const row = await trx('cash_receipt').where({ tenant_id: tenantId, reverses: id }).first();
  return row && receiptRow(row);
}
export async function receiptsOfShift(trx: Transaction, tenantId: number, shiftId: string): Promise<readonly ReceiptRow[]> {
  const rows = await trx('cash_receipt')
    .where({ tenant_id: tenantId, shift_id: shiftId })
    .orderBy('issued_at', 'desc')
    .orderBy('number', 'desc');
  return rows.map(receiptRow);
}
/** Haléře by way; a storno counts against what it takes back. */
export async function shiftTotals(
  trx: Transaction,
  tenantId: number,
  shiftId: string,
): Promise<{ readonly cash: number; readonly card: number }> {
  const { rows } = await trx.raw<{ rows: { cash: number; card: number }[] }>(
    `select coalesce(sum(amount) filter (where way = 'cash'), 0)::bigint as cash, coalesce(sum(amount) filter (where way = 'card'), 0)::bigint as card
       from cash_receipt where tenant_id = ? and shift_id = ?`,
    [tenantId, shiftId],
  );
  return rows[0] ?? { cash: 0, card: 0 };
}
const shiftRow = (row: object): ShiftRow => fromRow<ShiftRow>(row);
const receiptRow = (row: object): ReceiptRow => fromRow<ReceiptRow>(row);
