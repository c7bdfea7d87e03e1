// Money over the counter: taken for prescriptions, taken back the same shift, an overpayment paid out. Each act leaves a receipt of a series without gaps.
import { changeFor, CASH_LIMIT, receiptNumber } from '../../domain/money/cash.ts';
import { permitCash } from '../../domain/permission.ts';
import { Problem } from '../../domain/problem.ts';
import { newId } from '../../platform/ids.ts';
import { insertReceipt, lockOpenShift, receiptById, stornoOf, type ReceiptRow, type ShiftRow } from '../../store/cash.ts';
import type { Transaction } from '../../store/database.ts';
import { nextNumber } from '../../store/documents.ts';
import { accountBalance } from '../../store/ledger.ts';
import { lockPayments } from '../../store/payments.ts';
import { lockPrescriptions, type PrescriptionNow } from '../../store/prescriptions.ts';
import { noteReturned, orderReturn, receive, reversePayment } from '../index.ts';
import { today } from '../booking.ts';
import { cashAccount, terminalAccount } from './cash-shift.ts';
import { once, type Asked, type Desk } from './once.ts';

export interface Issued {
  readonly receiptId: string;
  readonly number: string;
}
type Share = { readonly prescriptionId: string; readonly amount: number };

/** Refuses `cash-shift-missing`, `already-paid`, `more-than-owed`, `prescription-not-found`, and what `changeFor` refuses. */
export function takeMoney(
  desk: Desk,
  asked: Asked<{ readonly way: 'cash' | 'card'; readonly shares: readonly Share[]; readonly given: number | null; readonly name: string }>,
): Promise<Issued> {
  permitCash(asked.actor);
  const { way, shares, given, name } = asked.data;
  const amount = shares.reduce((sum, share) => sum + share.amount, 0);
  if (way === 'cash') changeFor(amount, given ?? amount);
  return once(desk, 'cash-take', asked, async (trx, { now }) => {
    const { tenantId } = desk;
    const shift = await ownShift(trx, tenantId, asked.actor.id);
    const rows = await owed(trx, tenantId, shares);
    const receiptId = newId(new Date(now));
    const received = await receive(
      trx,
      tenantId,
      {
        source: way === 'cash' ? 'cash' : 'terminal',
        sourceId: receiptId,
        account: way === 'cash' ? cashAccount(shift.desk) : terminalAccount(shift.desk),
        amount,
        variableSymbol: rows[0]?.variableSymbol ?? '',
        counterAccount: '',
        payerName: name,
        message: '',
        receivedOn: today({ now }),
        wish: shares,
      },
      { now },
    );
    const lines = shares.map((share, at) => ({
      text: rows[at]?.title ?? '',
      variableSymbol: rows[at]?.variableSymbol ?? '',
      amount: share.amount,
    }));
    return issue(trx, tenantId, shift, {
      id: receiptId,
      series: 'PPD',
      kind: 'in',
      way,
      amount,
      given: way === 'cash' ? given : null,
      name,
      lines,
      paymentId: received.paymentId,
      now,
    });
  });
}

/** The prescriptions in the order of the shares; each owes at least what is taken for it. */
async function owed(trx: Transaction, tenantId: number, shares: readonly Share[]): Promise<readonly PrescriptionNow[]> {
  const rows = await lockPrescriptions(trx, tenantId, [...new Set(shares.map(({ prescriptionId }) => prescriptionId))].toSorted());
  if (rows.size < shares.length) throw new Problem('not-found', 'prescription-not-found');
  return shares.map(({ prescriptionId, amount }) => {
    const row = rows.get(prescriptionId);
    if (!row) throw new Problem('not-found', 'prescription-not-found');
    if (row.open <= 0) throw new Problem('conflict', 'already-paid');
    if (amount > row.open) throw new Problem('conflict', 'more-than-owed', { open: row.open });
    return row;
  });
}

/** Only what this shift took, and once. Refuses `receipt-not-found`, `cash-storno-late`, `cash-storno-out`, `cash-storno-before`, `payment-returned`. */
export function takeBackReceipt(desk: Desk, asked: Asked<{ readonly receiptId: string; readonly reason: string }>): Promise<Issued> {
  permitCash(asked.actor);
  const { receiptId, reason } = asked.data;
  return once(desk, 'cash-storno', asked, async (trx, { now, by }) => {
    const { tenantId } = desk;
    const shift = await ownShift(trx, tenantId, asked.actor.id);
    const receipt = await receiptById(trx, tenantId, receiptId);
    if (!receipt) throw new Problem('not-found', 'receipt-not-found');
    if (receipt.kind !== 'in' || receipt.paymentId === null) throw new Problem('conflict', 'cash-storno-out');
    if (receipt.shiftId !== shift.id || today({ now }) !== today({ now: receipt.issuedAt }))
      throw new Problem('conflict', 'cash-storno-late');
    if (await stornoOf(trx, tenantId, receiptId)) throw new Problem('conflict', 'cash-storno-before');
    await reversePayment(trx, tenantId, {
      paymentId: receipt.paymentId,
      reason,
      by,
      now,
      source: `storno dokladu ${receiptNumber(receipt)}`,
    });
    const { way, name, lines, paymentId } = receipt;
    return issue(trx, tenantId, shift, {
      series: 'PPD',
      kind: 'storno',
      way,
      amount: -receipt.amount,
      given: null,
      name,
      lines,
      paymentId,
      reverses: receiptId,
      reason,
      now,
    });
  });
}

/** Refuses `payment-not-found`, `not-enough-free`, `cash-limit`, `cash-not-enough` {balance}, and above the town's limit `needs-second-person`. */
export function payOut(
  desk: Desk,
  asked: Asked<{ readonly paymentId: string; readonly amount: number; readonly reason: string }>,
): Promise<Issued> {
  permitCash(asked.actor);
  const { paymentId, amount, reason } = asked.data;
  if (amount % 100 !== 0) throw new Problem('invalid', 'cash-whole-crowns');
  if (amount > CASH_LIMIT) throw new Problem('invalid', 'cash-limit', { limit: CASH_LIMIT });
  return once(desk, 'cash-payout', asked, async (trx, { now, by }) => {
    const { tenantId } = desk;
    const shift = await ownShift(trx, tenantId, asked.actor.id);
    const account = cashAccount(shift.desk);
    const balance = await accountBalance(trx, tenantId, account);
    if (amount > balance) throw new Problem('conflict', 'cash-not-enough', { balance });
    const payment = (await lockPayments(trx, tenantId, [paymentId])).get(paymentId);
    if (!payment) throw new Problem('not-found', 'payment-not-found');
    const name = await nameOf(trx, tenantId, payment.payerId, payment.payerName);
    const refundId = await orderReturn(trx, tenantId, { paymentId, amount, to: '', name, reason, by, now, way: 'cash' });
    await noteReturned(trx, tenantId, { refundId, bookedOn: today({ now }), by, now, way: 'cash', account, reason });
    const lines = [{ text: reason, variableSymbol: payment.variableSymbol, amount: -amount }];
    return issue(trx, tenantId, shift, {
      series: 'VPD',
      kind: 'out',
      way: 'cash',
      amount: -amount,
      given: null,
      name,
      lines,
      paymentId,
      refundId,
      reason,
      now,
    });
  });
}

async function nameOf(trx: Transaction, tenantId: number, payerId: string | null, otherwise: string): Promise<string> {
  if (payerId === null) return otherwise;
  const row = await trx('payer').where({ tenant_id: tenantId, id: payerId }).first('name');
  return (row?.name as string | undefined) ?? otherwise;
}

async function ownShift(trx: Transaction, tenantId: number, officerId: string): Promise<ShiftRow> {
  const shift = await lockOpenShift(trx, tenantId, officerId);
  if (!shift) throw new Problem('conflict', 'cash-shift-missing');
  return shift;
}

type NewReceipt = Pick<ReceiptRow, 'series' | 'kind' | 'way' | 'amount' | 'given' | 'name' | 'lines' | 'paymentId'> & {
  readonly id?: string;
  readonly refundId?: string;
  readonly reverses?: string;
  readonly reason?: string;
  readonly now: string;
};
/** The number is taken in the transaction that uses it, so the series has no gaps. */
async function issue(trx: Transaction, tenantId: number, shift: ShiftRow, given: NewReceipt): Promise<Issued> {
  const { now, series } = given;
  const year = Number(today({ now }).slice(0, 4));
  const number = await nextNumber(trx, tenantId, `${series}:${shift.desk}`, year);
  const receipt: ReceiptRow = {
    id: given.id ?? newId(new Date(now)),
    shiftId: shift.id,
    desk: shift.desk,
    series,
    year,
    number,
    kind: given.kind,
    way: given.way,
    amount: given.amount,
    given: given.given,
    name: given.name,
    lines: given.lines,
    paymentId: given.paymentId,
    refundId: given.refundId ?? null,
    reverses: given.reverses ?? null,
    reason: given.reason ?? '',
    officerId: shift.officerId,
    issuedAt: now,
  };
  await insertReceipt(trx, tenantId, receipt);
  return { receiptId: receipt.id, number: receiptNumber(receipt) };
}
