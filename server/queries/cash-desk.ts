// The cash desk as the cashier sees it: desks, his shift with its receipts, closed shifts, and overpayments that may be paid out.
import type { CashShift, CashState, ClosedShift, PaymentLine, ReceiptLine, ReceiptRow } from '../contract/money.ts';
import { receiptNumber } from '../domain/money/cash.ts';
import { Problem } from '../domain/problem.ts';
import { receiptsOfShift, shiftTotals, type ReceiptRow as StoredReceipt } from '../store/cash.ts';
import type { Transaction } from '../store/database.ts';
import { accountBalance } from '../store/ledger.ts';
import { fromRow } from '../store/row.ts';
import { PAYMENT } from './payer-account.ts';
import { payerIds } from './payers.ts';
import { inTurn, type Reader } from './reader.ts';

export function cashState(reader: Reader, tenantId: number, officerId: string): Promise<CashState> {
  return reader.db.withTenant(tenantId, async (trx) => {
    const desks: readonly { readonly code: string; readonly name: string; readonly held_by: string | null }[] = await trx('cash_desk as d')
      .leftJoin('cash_shift as s', (on) => on.on('s.tenant_id', 'd.tenant_id').andOn('s.desk', 'd.code').andOnNull('s.closed_at'))
      .leftJoin('officer as o', (on) => on.on('o.tenant_id', 's.tenant_id').andOn('o.id', 's.officer_id'))
      .where('d.tenant_id', tenantId)
      .orderBy('d.name')
      .select('d.code', 'd.name', 'o.name as held_by');
    const mine = await trx('cash_shift').where({ tenant_id: tenantId, officer_id: officerId }).whereNull('closed_at').first('id');
    return {
      desks: await inTurn(desks, async (desk) => ({
        code: desk.code,
        name: desk.name,
        heldBy: desk.held_by,
        balance: await accountBalance(trx, tenantId, `cash:${desk.code}`),
      })),
      shift: mine === undefined ? null : await shiftView(trx, tenantId, mine.id as string),
      closed: await closedShifts(trx, tenantId),
    };
  });
}

async function shiftView(trx: Transaction, tenantId: number, id: string): Promise<CashShift> {
  const shift = await trx('cash_shift as s')
    .join('cash_desk as d', (on) => on.on('d.tenant_id', 's.tenant_id').andOn('d.code', 's.desk'))
    .where({ 's.tenant_id': tenantId, 's.id': id })
    .first('s.id', 's.desk', 'd.name', 's.opened_at', 's.opening');
  const receipts = await receiptsOfShift(trx, tenantId, id);
  const { cash, card } = await shiftTotals(trx, tenantId, id);
  const out = receipts.filter((receipt) => receipt.kind === 'out').reduce((sum, { amount }) => sum - amount, 0);
  return {
    id,
    desk: shift.desk as string,
    deskName: shift.name as string,
    openedAt: (shift.opened_at as Date).toISOString(),
    opening: Number(shift.opening),
    cashIn: cash + out,
    cashOut: out,
    card,
    expected: Number(shift.opening) + cash,
    receipts: receipts.map((receipt) => receiptView(receipt, receipts)),
  };
}

/** A receipt for people; `others` are where its storno is looked for. */
export function receiptView(receipt: StoredReceipt, others: readonly StoredReceipt[]): ReceiptRow {
  const storno = others.find(({ reverses }) => reverses === receipt.id);
  return {
    id: receipt.id,
    number: receiptNumber(receipt),
    kind: receipt.kind,
    way: receipt.way,
    amount: receipt.amount,
    given: receipt.given,
    name: receipt.name,
    issuedAt: receipt.issuedAt,
    lines: receipt.lines as unknown as readonly ReceiptLine[],
    reason: receipt.reason,
    reversedBy: storno === undefined ? null : receiptNumber(storno),
  };
}

async function closedShifts(trx: Transaction, tenantId: number): Promise<readonly ClosedShift[]> {
  const rows = await trx('cash_shift as s')
    .join('cash_desk as d', (on) => on.on('d.tenant_id', 's.tenant_id').andOn('d.code', 's.desk'))
    .join('officer as o', (on) => on.on('o.tenant_id', 's.tenant_id').andOn('o.id', 's.officer_id'))
    .where('s.tenant_id', tenantId)
    .whereNotNull('s.closed_at')
    .orderBy('s.closed_at', 'desc')
    .limit(20)
    .select('s.id', 'd.name as desk_name', 'o.name as officer', 's.opened_at', 's.closed_at', 's.expected', 's.counted', 's.handed_over');
  return rows.map((row: object) => fromRow<ClosedShift>(row));
}

/** Payments with something left over that may be paid out in cash: of the payers whom the words mean. */
export function findOverpaid(reader: Reader, tenantId: number, q: string): Promise<readonly PaymentLine[]> {
  return reader.db.withTenant(tenantId, async (trx) => {
    const ids = await payerIds(trx, tenantId, q, 50);
    if (ids.length === 0) return [];
    const { rows } = await trx.raw<{ rows: object[] }>(
      `select * from (select ${PAYMENT} from payment m where m.tenant_id = :town and m.payer_id = any(:ids)) x
        where x.free > 0 and x.state in ('unmatched', 'part-allocated') order by x.received_on limit 50`,
      { town: tenantId, ids },
    );
    return rows.map((row) => fromRow<PaymentLine>(row));
  });
}

/** What the paper of a receipt needs. Refuses `receipt-not-found`. */
export function receiptPaper(
  reader: Reader,
  tenantId: number,
  id: string,
): Promise<{ readonly receipt: ReceiptRow; readonly officer: string; readonly desk: string }> {
  return reader.db.withTenant(tenantId, async (trx) => {
    const row = await trx('cash_receipt as r')
      .join('officer as o', (on) => on.on('o.tenant_id', 'r.tenant_id').andOn('o.id', 'r.officer_id'))
      .join('cash_desk as d', (on) => on.on('d.tenant_id', 'r.tenant_id').andOn('d.code', 'r.desk'))
      .where({ 'r.tenant_id': tenantId, 'r.id': id })
      .first('r.*', 'o.name as officer_name', 'd.name as desk_name');
    if (!row) throw new Problem('not-found', 'receipt-not-found');
    const storno = await trx('cash_receipt').where({ tenant_id: tenantId, reverses: id });
    const receipt = receiptView(
      fromRow<StoredReceipt>(row),
      storno.map((one: object) => fromRow<StoredReceipt>(one)),
    );
    return { receipt, officer: row.officer_name as string, desk: row.desk_name as string };
  });
}

export interface ShiftPaper extends ClosedShift {
  readonly opening: number;
  readonly cardTotal: number;
  readonly denominations: Readonly<Record<string, number>>;
  readonly differenceReason: string;
  readonly receipts: readonly ReceiptRow[];
}
/** What the closing protocol needs. Refuses `shift-not-found` also while the shift is open. */
export function shiftPaper(reader: Reader, tenantId: number, id: string): Promise<ShiftPaper> {
  return reader.db.withTenant(tenantId, async (trx) => {
    const row = await trx('cash_shift as s')
      .join('cash_desk as d', (on) => on.on('d.tenant_id', 's.tenant_id').andOn('d.code', 's.desk'))
      .join('officer as o', (on) => on.on('o.tenant_id', 's.tenant_id').andOn('o.id', 's.officer_id'))
      .where({ 's.tenant_id': tenantId, 's.id': id })
      .whereNotNull('s.closed_at')
      .first('s.*', 'd.name as desk_name', 'o.name as officer');
    if (!row) throw new Problem('not-found', 'shift-not-found');
    const receipts = await receiptsOfShift(trx, tenantId, id);
    const shift = fromRow<Omit<ShiftPaper, 'receipts'>>(row);
    return { ...shift, receipts: [...receipts].reverse().map((receipt) => receiptView(receipt, receipts)) };
  });
}
